import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from "hyparquet";
import { AS_OF_DATE, readArguments, writeCounts } from "./contender.ts";
import { createPlainScript, toDay } from "./plain-script.ts";

// The pure JavaScript reader of Parquet as its documentation shows it, one group of rows after the other.
const { fileOf, outFile } = readArguments();
const script = createPlainScript(toDay(AS_OF_DATE)!);
const MS_PER_DAY = 86_400_000;

await forEachRow("devices.parquet", ["ResourceID", "LastHardwareScan"], (row) => script.addDevice(row[0] as string, dayOf(row[1])));
await forEachRow("installs.parquet", ["ResourceID", "Product", "Installed", "LastUsed"], (row) =>
	script.addInstallation(row[0] as string, row[1] as string, dayOf(row[2]), dayOf(row[3])),
);
writeCounts(outFile, script.count());

async function forEachRow(name: string, columns: readonly string[], use: (row: readonly unknown[]) => void): Promise<void> {
	const file = await asyncBufferFromFile(fileOf(name));
	const metadata = await parquetMetadataAsync(file);
	let rowStart = 0;
	for (const group of metadata.row_groups) {
		const rowEnd = rowStart + Number(group.num_rows);
		await parquetRead({ file, metadata, columns: [...columns], rowStart, rowEnd, onComplete: (rows) => rows.forEach(use) });
		rowStart = rowEnd;
	}
}

function dayOf(cell: unknown): number | null {
	return cell instanceof Date ? cell.getTime() / MS_PER_DAY : null;
}
