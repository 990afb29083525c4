import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { AS_OF_DATE, readArguments, writeCounts } from "./contender.ts";
import { createPlainScript, toDay } from "./plain-script.ts";

// What a consultant would write for the day, with the most used CSV package: a stream of one object per row.
const { fileOf, outFile } = readArguments();
const script = createPlainScript(toDay(AS_OF_DATE)!);

for await (const row of rowsOf("devices.csv")) script.addDevice(row["ResourceID"]!, toDay(row["LastHardwareScan"]));
for await (const row of rowsOf("installs.csv")) {
	script.addInstallation(row["ResourceID"]!, row["Product"]!, toDay(row["Installed"]), toDay(row["LastUsed"]));
}
writeCounts(outFile, script.count());

function rowsOf(name: string): AsyncIterable<Readonly<Record<string, string>>> {
	return createReadStream(fileOf(name)).pipe(parse({ columns: true, bom: true }));
}
