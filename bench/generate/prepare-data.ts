import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { needFile } from "./need-file.ts";
import { createSyntheticEstate, GENERATOR_VERSION } from "./synthetic-estate.ts";
import { writeConfigs } from "./write-config.ts";
import { writeDevicesCsv, writeInstallationsCsv, writeShuffledCsv } from "./write-csv.ts";

/** A file format that the estate can be had in. */
export type DataForm = "csv" | "csv-shuffled" | "parquet" | "sqlite";

/**
 * Makes the estate's files below a folder, in the wanted forms, as far as they are not there yet; answers the folder of this
 * size. What another version of the generator made is thrown away.
 */
export async function prepareData(
	dataFolder: string,
	rows: number,
	forms: ReadonlySet<DataForm>,
	say: (line: string) => void,
): Promise<string> {
	const folder = join(dataFolder, `estate-${rows}`);
	const stamp = join(folder, "generator.txt");
	const made = `${GENERATOR_VERSION}\n`;
	if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== made) rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(stamp, made);
	writeConfigs(folder);
	const estate = createSyntheticEstate(rows);

	const need = (name: string, write: (file: string) => void | Promise<void>) => needFile(folder, name, write, say);

	await need("devices.csv", (file) => writeDevicesCsv(estate, file));
	if (forms.has("csv") || forms.has("parquet")) await need("installs.csv", (file) => writeInstallationsCsv(estate, file));
	if (forms.has("csv-shuffled")) await need("installs-shuffled.csv", (file) => writeShuffledCsv(estate, file));
	if (forms.has("sqlite")) {
		const { writeSqlite } = await import("./write-sqlite.ts");
		await need("estate.db", (file) => writeSqlite(estate, file));
	}
	if (forms.has("parquet")) {
		const { writeParquet } = await import("./write-parquet.ts");
		for (const name of ["devices", "installs"]) {
			await need(`${name}.parquet`, (file) => writeParquet(join(folder, `${name}.csv`), file));
		}
	}
	return folder;
}
