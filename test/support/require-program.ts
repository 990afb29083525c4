import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Path of a program that tests need; `npm test` installs it where it can, so that its absence is a failure and not a reason to skip.
 * @param usualPlaces full paths where it stands when it is not on the PATH.
 */
export function requireProgram(name: string, title: string, debianPackage: string, usualPlaces: readonly string[] = []): string {
	const endings = process.platform === "win32" ? [".exe", ".com"] : [""];
	const folders = (process.env["PATH"] ?? "").split(delimiter);
	const candidates = [...folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))), ...usualPlaces];
	const program = candidates.find((candidate) => existsSync(candidate));
	assert.ok(program, `${title} is missing: install it (Debian: ${debianPackage}), then run the tests again.`);
	return program;
}
