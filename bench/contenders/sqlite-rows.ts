import Database from "better-sqlite3";
import { AS_OF_DATE, readArguments, writeCounts } from "./contender.ts";
import { createPlainScript, toDay } from "./plain-script.ts";

// The same script with rows from SQLite, read one by one as arrays; days are remembered by their text.
const { fileOf, outFile } = readArguments();
const script = createPlainScript(toDay(AS_OF_DATE)!);
const database = new Database(fileOf("estate.db"), { readonly: true });
const days = new Map<string | null, number | null>();

for (const [device, seen] of rowsOf("SELECT ResourceID, LastHardwareScan FROM devices")) script.addDevice(device!, dayOf(seen!));
for (const [device, product, installed, used] of rowsOf("SELECT ResourceID, Product, Installed, LastUsed FROM installs")) {
	script.addInstallation(device!, product!, dayOf(installed!), dayOf(used!));
}
database.close();
writeCounts(outFile, script.count());

function rowsOf(sql: string): Iterable<readonly string[]> {
	return database.prepare(sql).raw(true).iterate() as Iterable<readonly string[]>;
}

function dayOf(text: string | null): number | null {
	let day = days.get(text);
	if (day === undefined) {
		day = toDay(text);
		days.set(text, day);
	}
	return day;
}
