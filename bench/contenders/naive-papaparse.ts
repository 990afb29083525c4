import { createReadStream } from "node:fs";
import Papa from "papaparse";
import { AS_OF_DATE, readArguments, writeCounts } from "./contender.ts";
import { createPlainScript, toDay } from "./plain-script.ts";

// As naive-csv-parse, with the package that is known from the browser; it calls back for every object.
const { fileOf, outFile } = readArguments();
const script = createPlainScript(toDay(AS_OF_DATE)!);

await forEachRow("devices.csv", (row) => script.addDevice(row["ResourceID"]!, toDay(row["LastHardwareScan"])));
await forEachRow("installs.csv", (row) =>
	script.addInstallation(row["ResourceID"]!, row["Product"]!, toDay(row["Installed"]), toDay(row["LastUsed"])),
);
writeCounts(outFile, script.count());

function forEachRow(name: string, use: (row: Readonly<Record<string, string>>) => void): Promise<void> {
	return new Promise((complete, error) => {
		Papa.parse(createReadStream(fileOf(name), "utf8"), {
			header: true,
			skipEmptyLines: true,
			step: ({ data }) => use(data),
			complete: () => complete(),
			error,
		});
	});
}
