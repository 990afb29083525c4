import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The limits that every contender categorizes with: the defaults, in days. */
export const LIMITS = { install: 7, used: 30, unused: 90 } as const;

/** Days of silence after which a device counts as one that stopped reporting. */
export const REPORTING_DAYS = 30;

/** The day of the sync as SQL and people write it. */
export const AS_OF_DATE = "2026-11-04";

/** Places of the twelve outcomes in every list of counts, as in the JSON of our command line. */
export const OUTCOME = {
	used: 0,
	rarelyUsed: 1,
	unused: 2,
	usageStopped: 3,
	invalidUsageDate: 4,
	recentlyInstalled: 5,
	invalidInstallDate: 6,
	noProductUsage: 7,
	noDeviceUsage: 8,
	inventoryTooOld: 9,
	invalidInventoryDate: 10,
	noInventoryDate: 11,
} as const;

const OUTCOMES = 12;

/** How many installations of a product have an outcome. */
export type CountRow = readonly [product: string, outcome: number, count: number];

/** What the process was started with: the folder of the data, and the file that its counts belong in. */
export function readArguments(): { readonly fileOf: (name: string) => string; readonly outFile: string } {
	const [folder, outFile] = process.argv.slice(2);
	if (folder === undefined || outFile === undefined) throw new Error("Arguments: the folder of the data, and the file for the counts.");
	return { fileOf: (name) => join(folder, name), outFile };
}

/** Writes counts in the form that our command line writes them in. */
export function writeCounts(outFile: string, rows: Iterable<CountRow>): void {
	const byProduct = new Map<string, number[]>();
	for (const [product, outcome, count] of rows) {
		let counts = byProduct.get(product);
		if (counts === undefined) {
			counts = new Array<number>(OUTCOMES).fill(0);
			byProduct.set(product, counts);
		}
		counts[outcome]! += count;
	}
	writeFileSync(outFile, JSON.stringify({ byProduct: [...byProduct].map(([product, counts]) => ({ product, counts })) }));
}

/** Text as a SQL literal. */
export function sqlText(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
