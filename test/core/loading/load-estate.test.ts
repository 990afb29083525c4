import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { dayAt } from "../../../core/columns/day-column.ts";
import { nameAt, nameCount, namesOf } from "../../../core/columns/name-table.ts";
import type { DataSource } from "../../../core/config/model.ts";
import { formatDay, NO_DAY } from "../../../core/dates/day-number.ts";
import { type EstateOptions, loadEstate } from "../../../core/loading/load-estate.ts";
import type { SourceLoad } from "../../../core/loading/load-source.ts";
import type { Loaded, LoadProgress } from "../../../core/loading/loaded.ts";
import type { DatedColumn, Estate } from "../../../core/usage/estate.ts";
import { deviceOf, installationCount, originOf } from "../../../core/usage/estate-lookups.ts";
import { createFolder, type Folder, makeSource } from "../connectors/source-fixture.ts";

describe("load estate", function () {
	// Some files are of several megabytes.
	this.timeout(120_000);

	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	const load = (sources: readonly DataSource[], options: Partial<EstateOptions> = {}) =>
		loadEstate(sources, { resolvePath: (path) => folder.file(path), signal: new AbortController().signal, ...options });

	/** Sources with their index and a file of their own name. */
	function makeSources(...entries: readonly (readonly [Partial<DataSource>, string])[]): readonly DataSource[] {
		return entries.map(([values, content], index) => {
			const path = `source-${index}.csv`;
			folder.write(path, content);
			return makeSource({ index, name: `s${index}`, path, ...values });
		});
	}

	/** Devices and installations as sorted lines; dates of a zone other than UTC say which. */
	async function checkEstate(
		sources: readonly DataSource[],
		devices: readonly string[],
		installations: readonly string[],
		problems: readonly string[] = [],
	) {
		const loaded = await load(sources);
		assert.deepEqual(loaded.failures, []);
		assert.deepEqual(describeEstate(loaded.value!), { devices: devices.toSorted(), installations: installations.toSorted() });
		assert.deepEqual(describeProblems(loaded), problems);
	}

	const D: Partial<DataSource> = { provides: "devices" };
	const I: Partial<DataSource> = { provides: "installations" };

	it("reads devices and installations", () =>
		checkEstate(
			makeSources(
				[D, "device,inventoryDate\nPC1,2026-11-03\nPC2,\n"],
				[I, "Device,Product,Install Date,last_usage_date\nPC1,Visio,2026-01-02,2026-10-01T23:59:59\nPC3,Word,NULL,\n"],
			),
			["PC1 2026-11-03", "PC2 -", "PC3 -"],
			["PC1 Visio 2026-01-02 2026-10-01", "PC3 Word - -"],
		));

	it("keeps the latest date of all sources and trims keys", () =>
		checkEstate(
			makeSources(
				[D, "device,inventoryDate\nPC1,2026-11-01\n PC1 ,2026-11-03\nPC1,2026-11-02\n"],
				[I, "device,product,installDate,lastUsageDate\nPC1,Visio,2026-01-02,2026-10-01\n"],
				[
					{ ...I, dateFormat: "dd/MM/yyyy", delimiter: ";" },
					"device;product;installDate;lastUsageDate\n PC1;Visio ;03/02/2026;01/09/2026\n",
				],
			),
			["PC1 2026-11-03"],
			["PC1 Visio 2026-02-03 2026-10-01"],
		));

	it("compares keys exactly, in their case", () =>
		checkEstate(makeSources([I, "device,product\npc1,Visio\nPC1,visio\n"]), ["pc1 -", "PC1 -"], ["pc1 Visio - -", "PC1 visio - -"]));

	it("reads days in the source's time zone, and remembers it", () =>
		checkEstate(
			makeSources(
				[{ ...D, timeZone: "Pacific/Auckland" }, "device,inventoryDate\nPC1,2026-11-05\nPC2,2026-11-04T20:00:00Z\n"],
				[I, "device,product,installDate,lastUsageDate\nPC1,Visio,2026-11-05,2026-11-04\n"],
				[{ ...I, timeZone: "Asia/Tokyo" }, "device,product,installDate,lastUsageDate\nPC1,Visio,2026-11-04,2026-11-04\n"],
			),
			["PC1 2026-11-05 Pacific/Auckland", "PC2 2026-11-05 Pacific/Auckland"],
			["PC1 Visio 2026-11-05 2026-11-04 Asia/Tokyo+UTC"],
		));

	it("keeps the columns that only views show, where there are some", async () => {
		const sources = makeSources(
			[{ ...D, columns: { deviceName: "Host" } }, "device,Host\nPC1,Front desk\nPC2, \n"],
			[I, "device,product,Publisher,version\nPC1,Visio,Microsoft, 16 \nPC2,Word,NULL,\n"],
		);
		const { value } = await load(sources);
		const shown = (column: Estate["publisher"]) =>
			column === null ? null : Array.from(column.indices, (index) => (index === 0 ? null : nameAt(column.names, index - 1)));
		assert.deepEqual([value!.deviceName, value!.publisher, value!.version].map(shown), [
			["Front desk", null],
			["Microsoft", null],
			["16", null],
		]);
		const { value: other } = await load(makeSources([D, "device\nPC1\n"], [I, "device,product\nPC1,Visio\n"]));
		assert.deepEqual([other!.deviceName, other!.publisher, other!.version], [null, null, null]);
	});

	it("knows neither devices nor products of rows that are left out", () =>
		checkEstate(
			makeSources([I, "device,product\nPC1,\n,Visio\nPC2,Word\n"]),
			["PC2 -"],
			["PC2 Word - -"],
			[
				"source/missing-key s0 2 product: The product is empty; the row is left out.",
				"source/missing-key s0 3 device: The device is empty; the row is left out.",
			],
		));

	it("knows the row that an installation comes from", async () => {
		const sources = makeSources([I, "device,product\nPC1,A\n\n,B\nPC1,C\n"], [I, "device,product\nPC1,C\nPC1,D\n"]);
		const { value } = await load(sources);
		const origins = Array.from({ length: installationCount(value!) }, (_, installation) => originOf(value!, installation));
		assert.deepEqual(
			origins.map(({ sourceIndex, row }) => [sourceIndex, row]),
			[
				[0, 2],
				[0, 5],
				[1, 3],
			],
		);
	});

	it("reads a header-only source as no rows", () =>
		checkEstate(makeSources([D, "device,inventoryDate\n"], [I, "device,product\n"]), [], []));
	it("answers an empty estate without sources", () => checkEstate([], [], []));
	it("passes over what is no estate", () =>
		checkEstate(makeSources([{ provides: "settings" }, "x\n"], [{ provides: "usageLog" }, "x\n"]), [], []));

	it("reads numbers and bytes from SQLite", async () => {
		const database = new Database(folder.file("estate.db"));
		database.exec(`
			CREATE TABLE installs (device, product, installDate, lastUsageDate);
			INSERT INTO installs VALUES (16777219, X'566973696F', 1767312000, 1790812800.5), (16777219.0, 'Word', '1767312000', NULL), (9007199254740993, 7, '', ' NULL ');
		`);
		database.close();
		const source = makeSource({ ...I, type: "sqlite", path: "estate.db", table: "installs", dateFormat: "epochSeconds" });
		await checkEstate(
			[source],
			["16777219 -", "9007199254740993 -"],
			["16777219 Visio 2026-01-02 2026-10-01", "16777219 Word 2026-01-02 -", "9007199254740993 7 - -"],
		);
	});

	it("keeps or leaves out rows with problems, and tells each", () =>
		checkEstate(
			makeSources(
				[D, "device,inventoryDate\n,2026-11-01\nPC1,2026-02-30\nPC2,yesterday\nNULL,never\n"],
				[
					{ ...I, columns: { installDate: "Installed", lastUsageDate: "Used" } },
					'device,product,Installed,Used\nPC1,Visio,2026-13-01,"31/10/2026"\n ,Word,,\nPC1, NULL ,,\n,,,\nPC2,Word,2026-01-02,2026-10-01,x,,y\n',
				],
			),
			["PC1 -", "PC2 -"],
			["PC1 Visio - -", "PC2 Word 2026-01-02 2026-10-01"],
			[
				"source/missing-key s0 2 device: The device is empty; the row is left out.",
				'source/unparseable-date s0 3 inventoryDate: "2026-02-30" is not a date in the format iso; the row is kept without it.',
				'source/unparseable-date s0 4 inventoryDate: "yesterday" is not a date in the format iso; the row is kept without it.',
				"source/missing-key s0 5 device: The device is empty; the row is left out.",
				'source/unparseable-date s1 2 Installed: "2026-13-01" is not a date in the format iso; the row is kept without it.',
				'source/unparseable-date s1 2 Used: "31/10/2026" is not a date in the format iso; the row is kept without it.',
				"source/missing-key s1 3 device: The device is empty; the row is left out.",
				"source/missing-key s1 4 product: The product is empty; the row is left out.",
				"source/missing-key s1 5 device: The device is empty; the row is left out.",
				"source/surplus-cells s1 6 -: 2 cells stand beyond the last column, without effect; check the quotes and the delimiter of this row.",
			],
		));

	const failures: readonly (readonly [string, Partial<DataSource>, string, string, string])[] = [
		[
			"a type that is not read yet",
			{ type: "clickhouse" },
			"source/unsupported-type",
			"type",
			'The type "clickhouse" is not read by this version, which reads csv, excel, sqlite and parquet. Export the table as CSV.',
		],
		[
			"a database server",
			{ type: "postgres", path: null },
			"source/unsupported-type",
			"type",
			'The type "postgres" is not read by this version, which reads csv, excel, sqlite and parquet. Export the table as CSV.',
		],
		[
			"an unknown time zone",
			{ timeZone: "Europe/Londn" },
			"source/unknown-time-zone",
			"timeZone",
			'There is no time zone "Europe/Londn". Did you mean "Europe/London"?',
		],
		[
			"a time zone that is none",
			{ timeZone: "local" },
			"source/unknown-time-zone",
			"timeZone",
			'There is no time zone "local". Use an IANA name such as Europe/London, or UTC.',
		],
		[
			"a missing column",
			{ columns: { device: "Machine" } },
			"source/missing-column",
			"columns",
			'There is no column "Machine" (for "device"). The columns are: "device", "product".',
		],
		["no path", { path: null }, "source/missing-location", "path", 'The source "s1" does not say which file to read. Add "path".'],
		[
			"a missing file",
			{ path: "source-3.csv" },
			"source/missing-file",
			"path",
			'There is no file source-3.csv. Did you mean "source-0.csv"?',
		],
		[
			"an unclosed quote behind good rows",
			{ path: "broken.csv" },
			"source/malformed-csv",
			"path",
			"Row 3 of broken.csv cannot be split into cells: a cell begins with a quote that is never closed. Correct the row or export the file again.",
		],
	];
	for (const [name, values, code, key, message] of failures) {
		it(`has no estate with ${name}, but reads the other sources`, async () => {
			folder.write("broken.csv", 'device,product\nPC1,Visio\nPC2,"Word\n');
			const own = makeSources(
				[D, "device,inventoryDate\nPC1,x\n"],
				[{ ...I, ...values }, "device,product\nPC1,Visio\n"],
				[D, "device,inventoryDate\nPC2,y\n"],
			);
			const loaded = await load(own);
			assert.equal(loaded.value, null);
			// What may be repaired is the matter of column-mapping.
			const told = loaded.failures.map(({ column: _column, repairs: _repairs, ...failure }) => failure);
			assert.deepEqual(told, [{ sourceIndex: 1, sourceName: "s1", code, key, message }]);
			assert.deepEqual(loaded.counts, [
				{ source: "s0", code: "source/unparseable-date", count: 1 },
				{ source: "s2", code: "source/unparseable-date", count: 1 },
			]);
		});
	}

	it("tells how far it is", async () => {
		const steps: LoadProgress[] = [];
		const sources = makeSources([D, "device\nPC1\nPC2\n"], [I, "device,product\nPC1,Visio\n"]);
		await load(sources, { onProgress: (step) => steps.push(step) });
		assert.deepEqual(steps.filter((step) => step.sourceName === "s0").at(-1), { sourceName: "s0", rows: 2, bytes: 15, totalBytes: 15 });
		assert.deepEqual(steps.at(-1), { sourceName: "s1", rows: 1, bytes: 25, totalBytes: 25 });
	});

	it("rejects with the signal's reason when it is cancelled, before and within a source", async () => {
		const sources = makeSources([I, `device,product\n${"PC1,Visio\n".repeat(100_000)}`]);
		await assert.rejects(load(sources, { signal: AbortSignal.abort(new Error("before")) }), new Error("before"));
		const controller = new AbortController();
		const loading = load(sources, { signal: controller.signal, onProgress: () => controller.abort(new Error("within")) });
		await assert.rejects(loading, new Error("within"));
	});

	it("asks for each source whether it is known, and reads what is not", async () => {
		const sources = makeSources([D, "device\nPC1\n"], [I, "device,product\nPC1,Visio\n,x\n"]);
		const known = new Map<string, Promise<SourceLoad>>();
		let reads = 0;
		const readSource: NonNullable<EstateOptions["readSource"]> = (source, read) => {
			const found = known.get(source.name) ?? read();
			if (!known.has(source.name)) reads++;
			known.set(source.name, found);
			return found;
		};
		const first = await load(sources, { readSource });
		assert.equal(reads, 2);
		known.delete("s1");
		folder.write("source-1.csv", "device,product\nPC1,Word\n");
		const second = await load(sources, { readSource });
		assert.equal(reads, 3);
		assert.deepEqual(
			[first, second].map((loaded) => describeEstate(loaded.value!).installations),
			[["PC1 Visio - -"], ["PC1 Word - -"]],
		);
		assert.deepEqual(
			[first, second].map(({ problemCount }) => problemCount),
			[1, 0],
		);
	});

	it("loads the inventory of a real machine", async () => {
		// The real files stand beside the project on some machines; elsewhere an invented one of the same shape does.
		const real = fileURLToPath(new URL("../../../../shared/data/popcon/", import.meta.url));
		const invented = fileURLToPath(new URL("../../fixtures/data/", import.meta.url));
		const isReal = existsSync(real);
		const [devices, installs] = isReal
			? [join(real, "devices.csv"), join(real, "installs.csv")]
			: [join(invented, "popcon-devices.csv"), join(invented, "popcon-installs.csv")];
		const columns = { device: "ID", inventoryDate: "TIME", product: "package", installDate: "ctime", lastUsageDate: "atime" };
		const loaded = await loadEstate(
			[
				makeSource({ ...D, path: devices, dateFormat: "epochSeconds", columns }),
				makeSource({ ...I, index: 1, path: installs, dateFormat: "epochSeconds", columns }),
			],
			{ resolvePath: (path) => path, signal: new AbortController().signal },
		);
		assert.deepEqual(loaded.failures, []);
		assert.deepEqual([loaded.problemCount, loaded.problems], [0, []]);
		assert.equal(installationCount(loaded.value!), isReal ? 2897 : 5);
		assert.equal(nameCount(loaded.value!.devices), 1);
		assert.equal(formatDay(dayAt(loaded.value!.inventoryDay, 0)), "2013-12-17");
	});
});

function describeEstate(estate: Estate): { readonly devices: readonly string[]; readonly installations: readonly string[] } {
	const show = (column: DatedColumn, index: number) => {
		const day = dayAt(column, index);
		if (day === NO_DAY) return "-";
		const zones = estate.zoneSets[column.zoneSet?.[index] ?? 0]!.filter(() => true).sort();
		return `${formatDay(day)}${zones.join() === "UTC" ? "" : ` ${zones.join("+")}`}`;
	};
	const installations = Array.from({ length: installationCount(estate) }, (_, index) => {
		const names = `${nameAt(estate.devices, deviceOf(estate, index))} ${nameAt(estate.products, estate.productOf[index]!)}`;
		return `${names} ${show(estate.installDay, index)} ${show(estate.lastUsageDay, index)}`;
	});
	return {
		devices: namesOf(estate.devices)
			.map((name, device) => `${name} ${show(estate.inventoryDay, device)}`)
			.sort(),
		installations: installations.sort(),
	};
}

function describeProblems(loaded: Loaded<unknown>): readonly string[] {
	assert.equal(loaded.problemCount, loaded.problems.length);
	return loaded.problems.map(({ code, source, row, column, message }) => `${code} ${source} ${row ?? "-"} ${column ?? "-"}: ${message}`);
}
