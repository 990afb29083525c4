import { openSync, readSync, writeFileSync } from "node:fs";
import { readArguments } from "./contender.ts";

// What no reader can beat: all bytes of the CSV pass through this process, and nothing is done with them.
const { fileOf, outFile } = readArguments();
const buffer = new Uint8Array(256 * 1024);
let bytes = 0;
for (const name of ["devices.csv", "installs.csv"]) {
	const file = openSync(fileOf(name), "r");
	for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) bytes += read;
}
writeFileSync(outFile, JSON.stringify({ bytes }));
