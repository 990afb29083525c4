import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { makeFolder, ROOT, runCli } from "./cli-support.ts";

// One machine's packages with epoch seconds: `atime` is the last use, `ctime` about the time of the installation.
const REAL = path.join(ROOT, "..", "shared", "data", "popcon");

const INSTANCE = `kind: instance
name: One machine
project: none.usage.yaml
asOf: 2013-12-18T00:00:00Z
usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }
dataSources:
  - { name: machine, provides: devices, type: csv, path: devices.csv, dateFormat: epochSeconds, columns: { device: ID, inventoryDate: TIME } }
  - name: packages
    provides: installations
    type: csv
    path: installs.csv
    dateFormat: epochSeconds
    columns: { device: ID, product: package, lastUsageDate: atime, installDate: ctime }
`;

describe("a real machine's packages", function () {
	this.timeout(120_000);

	it("an invented list of the same shape", () => checkMachine(inventMachine()));

	if (existsSync(REAL)) {
		it("the popularity contest of 2013", async () => {
			const read = (name: string) => readFileSync(path.join(REAL, name), "utf8");
			const totals = await checkMachine({ "devices.csv": read("devices.csv"), "installs.csv": read("installs.csv") });
			assert.equal(
				totals.reduce((sum, { count }) => sum + count, 0),
				2897,
			);
		});
	}
});

/** Compares the product's totals with a count that knows only what matters on one machine that has just reported. */
async function checkMachine(files: Readonly<Record<string, string>>) {
	const { folder, remove } = makeFolder({ ...files, "machine.usage.yaml": INSTANCE });
	try {
		const { exitCode, stdout, stderr } = await runCli(["categorize", "machine.usage.yaml", "--format", "json"], folder);
		assert.equal(exitCode, 0, stderr);
		const result = JSON.parse(stdout) as {
			totals: { category: string; reason: string | null; count: number }[];
			endOfSync: string;
			problemCount: number;
		};
		const expected = countPlainly(files["installs.csv"]!);
		assert.equal(result.endOfSync, "2013-12-17");
		assert.equal(result.problemCount, 0);
		assert.deepEqual(
			Object.fromEntries(result.totals.flatMap(({ category, reason, count }) => (count === 0 ? [] : [[reason ?? category, count]]))),
			expected,
		);
		assert.ok(Object.keys(expected).length >= 4, "the list shows several outcomes");
		return result.totals;
	} finally {
		remove();
	}
}

function countPlainly(csv: string): Readonly<Record<string, number>> {
	const syncDay = Date.UTC(2013, 11, 17) / 86_400_000;
	const latest = new Map<string, number>();
	for (const line of csv.trim().split("\n").slice(1)) {
		const [, product, atime] = line.split(",");
		latest.set(product!, Math.max(latest.get(product!) ?? -1, atime === "" ? -1 : Math.floor(Number(atime) / 86_400)));
	}
	const counts: Record<string, number> = {};
	for (const day of latest.values()) {
		const age = syncDay - day;
		const outcome = day === -1 ? "No Product Usage" : age <= 30 ? "Used" : age >= 90 ? "Unused" : "Rarely Used";
		counts[outcome] = (counts[outcome] ?? 0) + 1;
	}
	return counts;
}

function inventMachine(): Readonly<Record<string, string>> {
	const reported = Date.UTC(2013, 11, 17, 15, 56, 53) / 1000;
	const rows = Array.from({ length: 300 }, (_, index) => {
		const used = index % 7 === 0 ? "" : String(reported - index * 50_000);
		return `m1,package-${index},${used},${reported - 40_000_000},/usr/bin/p${index}`;
	});
	return { "devices.csv": `ID,TIME\nm1,${reported}\n`, "installs.csv": `ID,package,atime,ctime,program\n${rows.join("\n")}\n` };
}
