import Database from "better-sqlite3";
import type { SyntheticEstate } from "./synthetic-estate.ts";
import { formatDay } from "./write-csv.ts";

/** Writes the estate as a SQLite database: one table each, dates as text, no index, as exports have them. */
export function writeSqlite(estate: SyntheticEstate, file: string): void {
	const database = new Database(file);
	try {
		database.pragma("journal_mode = OFF");
		database.pragma("synchronous = OFF");
		database.exec(
			`CREATE TABLE devices (ResourceID TEXT, Name TEXT, LastHardwareScan TEXT);
			CREATE TABLE installs (ResourceID TEXT, Product TEXT, Publisher TEXT, Version TEXT, Installed TEXT, LastUsed TEXT);
			BEGIN`,
		);
		const { products, publishers, versions } = estate.vocabulary;
		const addDevice = database.prepare("INSERT INTO devices VALUES (?, ?, ?)");
		const addInstallation = database.prepare("INSERT INTO installs VALUES (?, ?, ?, ?, ?, ?)");
		const dates = new Map<number, string | null>([[0, null]]);
		const dateOf = (day: number) => {
			let text = dates.get(day);
			if (text === undefined) {
				text = formatDay(day);
				dates.set(day, text);
			}
			return text;
		};
		estate.forEachDevice((device) => {
			const name = estate.deviceName(device.index);
			if (device.listed) addDevice.run(name, `${name.toLowerCase()}.corp.example`, dateOf(device.inventoryDay));
			for (let at = 0; at < device.count; at++) {
				const product = device.product[at]!;
				addInstallation.run(
					name,
					products[product]!,
					publishers[product]!,
					versions[product]![device.version[at]!]!,
					dateOf(device.installDay[at]!),
					dateOf(device.lastUsageDay[at]!),
				);
			}
		});
		database.exec("COMMIT");
	} finally {
		database.close();
	}
}
