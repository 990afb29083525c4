/** Version of the program; equals the one in package.json, which a bundle has no way to read. */
export const VERSION = "0.1.0";
