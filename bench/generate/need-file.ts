import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** Makes a file in a folder where it is not there yet; a file under its own name is complete. */
export async function needFile(
	folder: string,
	name: string,
	write: (file: string) => void | Promise<void>,
	say: (line: string) => void,
): Promise<void> {
	const file = join(folder, name);
	if (existsSync(file)) return;
	const started = performance.now();
	rmSync(`${file}.partial`, { force: true });
	await write(`${file}.partial`);
	renameSync(`${file}.partial`, file);
	const seconds = (performance.now() - started) / 1000;
	say(`made ${name}: ${(statSync(file).size / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s`);
}
