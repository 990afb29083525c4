import * as nodeModule from "node:module";

// The program of the command line begins here: what Node.js has compiled of it once serves the next run, which halves the time until it
// begins to work. Versions of Node.js before 22.8 have no such cache; where it cannot be written the program just starts without.
const { enableCompileCache } = nodeModule as Partial<Pick<typeof nodeModule, "enableCompileCache">>;
enableCompileCache?.();
void import("./main.ts");
