import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readModel } from "../../../core/config/read-model.ts";
import { type LoadFaults, toConfigProblems } from "../../../core/config/source-problems.ts";

const SOURCES =
	readModel({
		kind: "instance",
		dataSources: [
			{},
			{ name: "devices", provides: "devices", type: "csv", path: "d.csv" },
			{ name: "installs", provides: "installations", type: "csv", path: "i.csv", dateFormat: "dd/MM/yyyy" },
			{ name: "live", provides: "installations", type: "postgres", connection: "LIVE", table: "t" },
			{ name: "both", provides: "installations", type: "sqlite", path: "b.db", table: "t", query: "SELECT 1" },
		],
	})?.dataSources ?? [];
const LOG_SOURCES =
	readModel({ kind: "project", dataSources: [{ name: "log", provides: "usageLog", type: "csv", path: "l.csv" }] })?.dataSources ?? [];
const NOTHING: LoadFaults = { failures: [], problems: [], counts: [] };

type Shown = readonly [severity: string, code: string, path: string, message: string];

function checkProblems(faults: Partial<LoadFaults>, expected: readonly Shown[], sources = SOURCES): void {
	const problems = toConfigProblems(sources, { ...NOTHING, ...faults });
	assert.deepEqual(
		problems.map((problem) => [problem.severity, problem.code, problem.path.join("."), problem.message]),
		expected,
	);
}

describe("problems of data sources", () => {
	it("has none for a load without faults", () => checkProblems({}, []));

	it("shows a failure at the key that one would change", () => {
		checkProblems({ failures: [{ sourceIndex: 2, code: "source/missing-file", key: "path", message: "Gone." }] }, [
			["error", "source/missing-file", "dataSources.2.path", "Gone."],
		]);
	});

	// biome-ignore format: a table
	const places: readonly (readonly [name: string, written: object, key: string, column: string | undefined, path: string, anchor: string])[] = [
		["a wrong name at its value",                   { columns: { device: "ID" } },  "columns",   "device",  "columns.device", "value"],
		["a column that nobody named, at the key",      { columns: { device: "ID" } },  "columns",   undefined, "columns",        "key"],
		["a column that nobody named, at the data",     {},                             "columns",   undefined, "path",           "value"],
		["a delimiter that is written",                 { delimiter: ";" },             "delimiter", undefined, "delimiter",      "value"],
		["the default delimiter, at the data",          {},                             "delimiter", undefined, "path",           "value"],
	];
	for (const [name, written, key, column, path, anchor] of places) {
		it(`shows ${name}`, () => {
			const entry = { name: "a", provides: "devices", type: "csv", path: "a.csv", ...written };
			const sources = readModel({ kind: "instance", dataSources: [entry] })!.dataSources;
			const failure = { sourceIndex: 0, code: "source/missing-column", key, ...(column === undefined ? {} : { column }), message: "Gone." };
			const [problem] = toConfigProblems(sources, { ...NOTHING, failures: [failure] });
			assert.deepEqual([problem?.path.slice(2).join("."), problem?.anchor], [path, anchor]);
		});
	}

	it("offers what was meant, and prefers it where it is one thing", () => {
		const repair = (value: string) => ({ title: `Change to "${value}"`, keys: ["columns", value], value });
		const fixes = (...values: readonly string[]) => {
			const failure = { sourceIndex: 1, code: "source/missing-column", key: "columns", message: "Gone.", repairs: values.map(repair) };
			return toConfigProblems(SOURCES, { ...NOTHING, failures: [failure] })[0]?.fixes;
		};
		const fix = (value: string, preferred: boolean) =>
			({ kind: "set", title: `Change to "${value}"`, preferred, path: ["dataSources", 1, "columns", value], value }) as const;
		assert.deepEqual(fixes(), undefined);
		assert.deepEqual(fixes("a"), [fix("a", true)]);
		assert.deepEqual(fixes("a", "b"), [fix("a", false), fix("b", false)]);
	});

	// biome-ignore format: a table
	const leftOut: readonly (readonly [sourceIndex: number, code: string, key: string])[] = [
		[1, "source/missing-location", "path"],
		[4, "source/invalid-query",    "query"],
		[9, "source/missing-file",     "path"],
		[0, "source/missing-file",     "path"],
	];
	for (const [sourceIndex, code, key] of leftOut) {
		it(`leaves ${code} of source ${sourceIndex} to the schema, or to another file`, () => {
			checkProblems({ failures: [{ sourceIndex, code, key, message: "x" }] }, []);
		});
	}

	it("sums data problems up by source and code, with the first three rows", () => {
		const date = (row: number, column: string) => ({ code: "source/unparseable-date", source: "installs", row, column, message: "x" });
		const key = { code: "source/missing-key", source: "installs", row: 4, column: "ID", message: "x" };
		checkProblems(
			{
				problems: [date(2, "Installed"), date(3, "Used"), key, date(1017, "Used"), date(2000, "Used")],
				counts: [
					{ source: "installs", code: "source/unparseable-date", count: 1204 },
					{ source: "installs", code: "source/missing-key", count: 1 },
				],
			},
			[
				[
					"warning",
					"source/unparseable-date",
					"dataSources.2.dateFormat",
					"1,204 cells are not dates in the format dd/MM/yyyy; they count as empty. First: row 2 (Installed), row 3 (Used), row 1,017 (Used).",
				],
				["warning", "source/missing-key", "dataSources.2.path", "1 row has no value in a key column; it is left out. See row 4 (ID)."],
			],
		);
	});

	// biome-ignore format: a table
	const messages: readonly (readonly [code: string, count: number, message: string])[] = [
		["source/unparseable-date",  1, "1 cell is not a date in the format iso; it counts as empty."],
		["source/unparseable-date",  2, "2 cells are not dates in the format iso; they count as empty."],
		["source/missing-key",       1, "1 row has no value in a key column; it is left out."],
		["source/missing-key",       2, "2 rows have no value in a key column; they are left out."],
		["source/surplus-cells",     1, "1 row has more cells than there are columns; the surplus ones are not read."],
		["source/surplus-cells",     2, "2 rows have more cells than there are columns; the surplus ones are not read."],
		["source/unknown-user-type", 1, "1 row names a user type other than Registered, Enterprise and Designer; it is left out."],
		["source/unknown-user-type", 2, "2 rows name a user type other than Registered, Enterprise and Designer; they are left out."],
		["source/future-access",     1, "1 access lies in the future; it does not count."],
		["source/future-access",     2, "2 accesses lie in the future; they do not count."],
		["source/not-a-number",      1, "1 cell is not a whole number from 0; its row is left out."],
		["source/not-a-number",      2, "2 cells are not whole numbers from 0; their rows are left out."],
		["source/of-tomorrow",       1, "1 data problem was found."],
		["source/of-tomorrow",       2, "2 data problems were found."],
	];
	for (const [code, count, message] of messages) {
		it(`says ${code} of ${count}`, () =>
			checkProblems({ counts: [{ source: "devices", code, count }] }, [["warning", code, "dataSources.1.path", message]]));
	}

	it("says that a log without a date is left out", () => {
		const counts = (count: number) => ({ counts: [{ source: "log", code: "source/unparseable-date", count }] });
		const row = (message: string): Shown => ["warning", "source/unparseable-date", "dataSources.0.path", message];
		checkProblems(counts(1), [row("1 cell is not a date in the format iso; its row is left out.")], LOG_SOURCES);
		checkProblems(counts(2), [row("2 cells are not dates in the format iso; their rows are left out.")], LOG_SOURCES);
	});

	it("names all rows when there are few", () => {
		const surplus = (row: number | null) => ({ code: "source/surplus-cells", source: "devices", row, column: null, message: "x" });
		checkProblems(
			{ problems: [surplus(5), surplus(8), surplus(null)], counts: [{ source: "devices", code: "source/surplus-cells", count: 2 }] },
			[
				[
					"warning",
					"source/surplus-cells",
					"dataSources.1.path",
					"2 rows have more cells than there are columns; the surplus ones are not read. See row 5 and row 8.",
				],
			],
		);
	});

	it("shows the data problems of a database at its connection", () => {
		checkProblems({ counts: [{ source: "live", code: "source/missing-key", count: 2 }] }, [
			["warning", "source/missing-key", "dataSources.3.connection", "2 rows have no value in a key column; they are left out."],
		]);
	});

	it("leaves out what belongs to no source of the file", () => {
		checkProblems({ counts: [{ source: "other", code: "source/missing-key", count: 2 }] }, []);
	});
});
