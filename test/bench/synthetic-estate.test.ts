import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { prepareData } from "../../bench/generate/prepare-data.ts";
import { AS_OF, createSyntheticEstate, GENERATOR_VERSION } from "../../bench/generate/synthetic-estate.ts";
import { INSTANCES } from "../../bench/generate/write-config.ts";
import { checksumOf } from "../../bench/measure/compare.ts";
import { OUTCOMES } from "../../core/usage/category.ts";
import { ROOT, runCli } from "../cli/cli-support.ts";
import { categorizeByReference, type RawInstallation } from "../support/reference-categorizer.ts";

const ROWS = 1000;

/** The bytes of the installations' file, by version of the generator: other bytes need another version, or old files would be used on. */
const BYTES: Readonly<Record<number, string>> = { 1: "776b110fbca1f95f" };

describe("the benchmark's estate", () => {
	let folder = "";

	before(async () => {
		const temporary = mkdtempSync(join(tmpdir(), "usage-report-bench-test-"));
		folder = await prepareData(temporary, ROWS, new Set(["csv", "csv-shuffled", "sqlite"]), () => {});
	});

	after(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

	it("is the same on every machine", () => {
		const hash = createHash("sha256")
			.update(readFileSync(join(folder, "installs.csv")))
			.digest("hex");
		assert.equal(hash.slice(0, 16), BYTES[GENERATOR_VERSION]);
	});

	it("has the same rows when they are shuffled", () => {
		const [ordered, shuffled] = ["installs.csv", "installs-shuffled.csv"].map((name) =>
			readFileSync(join(folder, name), "utf8").split("\n"),
		);
		assert.notDeepEqual(shuffled, ordered);
		assert.deepEqual(shuffled!.toSorted(), ordered!.toSorted());
	});

	it("has about as many bytes per row as it says", () => {
		const bytes = readFileSync(join(folder, "installs.csv")).length / ROWS;
		assert.ok(bytes > 94 && bytes < 102, String(bytes));
	});

	for (const instance of [INSTANCES.csv, INSTANCES["csv-all-columns"], INSTANCES["csv-shuffled"], INSTANCES.sqlite]) {
		it(`is counted by the command line as by the reference: ${instance}`, async () => {
			const { exitCode, stdout, stderr } = await runCli(["categorize", instance, "--format", "json"], folder);
			assert.equal(exitCode, 0, stderr);
			assert.equal(checksumOf(stdout), checksumOf(countByReference()));
		});
	}

	it("is counted by the script that has no SQL as by the reference", () => {
		const outFile = join(folder, "counts.json");
		const script = join(ROOT, "bench", "contenders", "naive-csv-parse.ts");
		const run = spawnSync(process.execPath, [script, folder, outFile], { encoding: "utf8" });
		assert.equal(run.status, 0, run.stderr);
		assert.equal(checksumOf(readFileSync(outFile, "utf8")), checksumOf(countByReference()));
	});
});

/** Counts in the form of our command line's JSON, from the generator's own figures. */
function countByReference(): string {
	const estate = createSyntheticEstate(ROWS);
	const devices: { device: string; inventoryDay: number | null }[] = [];
	const installations: RawInstallation[] = [];
	estate.forEachDevice((made) => {
		const device = estate.deviceName(made.index);
		if (made.listed) devices.push({ device, inventoryDay: made.inventoryDay || null });
		for (let at = 0; at < made.count; at++) {
			const product = estate.vocabulary.products[made.product[at]!]!;
			installations.push({ device, product, installDay: made.installDay[at]! || null, lastUsageDay: made.lastUsageDay[at]! || null });
		}
	});
	const result = categorizeByReference({
		asOf: Date.parse(AS_OF),
		sources: [{ timeZone: "UTC", devices, installations }],
		bundles: [],
		limits: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 },
	});
	const byProduct = new Map<string, number[]>();
	for (const { product, category, reason } of result.installations) {
		const counts = byProduct.get(product) ?? OUTCOMES.map(() => 0);
		counts[OUTCOMES.findIndex((outcome) => outcome.category === category && outcome.reason === reason)]!++;
		byProduct.set(product, counts);
	}
	return JSON.stringify({ byProduct: [...byProduct].map(([product, counts]) => ({ product, counts })) });
}
