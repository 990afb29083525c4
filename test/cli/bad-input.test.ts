import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import Database from "better-sqlite3";
import { makeFolder, runCli, SMALL_CLIENT } from "./cli-support.ts";

const INSTANCE = SMALL_CLIENT["floor.usage.yaml"]!;
const HEADER = "device,product,installDate,lastUsageDate\n";

/** What stands in place of the small client's instance or installations, and what one is told. */
interface BadInput {
	readonly what: string;
	readonly files: Readonly<Record<string, string | Uint8Array>>;
	readonly check: readonly [exit: number, stdout: RegExp];
	readonly categorize: readonly [exit: number, message: RegExp];
}

describe("bad input", () => {
	const cases: readonly BadInput[] = [
		{
			what: "no such data file",
			files: instance("installs.csv", "instals.csv"),
			check: [1, /floor\.usage\.yaml:8:65 error source\/missing-file .*installs\.csv/],
			categorize: [2, /no file instals\.csv/],
		},
		{
			what: "a folder as data",
			files: { ...instance("installs.csv", "sub"), "sub/x": "" },
			check: [1, /source\/not-a-file/],
			categorize: [2, /sub is a folder/],
		},
		{
			what: "a binary file as CSV",
			files: data(Buffer.from([1, 2, 0, 0, 3, 10, 5])),
			check: [1, /source\/binary-file/],
			categorize: [2, /not a text file/],
		},
		{ what: "an empty file", files: data(""), check: [1, /source\/empty-file/], categorize: [2, /installs\.csv is empty/] },
		{ what: "a header only", files: data(HEADER), check: [0, /no problems/], categorize: [0, /"installations": 0/] },
		{
			what: "10 MB in one line",
			files: data(`${HEADER}D1,${"x".repeat(10_000_000)}\n`),
			check: [1, /source\/row-too-long/],
			categorize: [2, /longer than 1 MiB/],
		},
		{
			what: "a quote that is never closed",
			files: data(`${HEADER}"${"x\n".repeat(5_000_000)}`),
			check: [1, /source\/row-too-long/],
			categorize: [2, /quote that is never closed/],
		},
		{
			what: "invalid UTF-8",
			files: data(Buffer.concat([Buffer.from(`${HEADER}D1,caf`), Buffer.from([0xe9, 0x0a])])),
			check: [1, /source\/invalid-encoding/],
			categorize: [2, /not utf-8 text/],
		},
		{
			what: "dates that do not exist",
			files: data(`${HEADER}D1,Editor,2026-02-30,2026-13-01\n`),
			check: [0, /source\/unparseable-date 2 cells/],
			categorize: [0, /"column": "installDate"[\s\S]*"problemCount": 2/],
		},
		{
			what: "no device in a row",
			files: data(`${HEADER},Editor,,\nD1,Editor,,\n`),
			check: [0, /source\/missing-key 1 row/],
			categorize: [0, /"installations": 1[\s\S]*source\/missing-key/],
		},
		{
			what: "a missing column",
			files: data("device,prodcut\nD1,Editor\n"),
			check: [1, /source\/missing-column/],
			categorize: [2, /no column for "product"/],
		},
		{
			what: "a damaged SQLite file",
			files: sqlite("t", damagedDatabase()),
			check: [1, /source\/damaged-database/],
			categorize: [2, /damaged/],
		},
		{
			what: "text as an SQLite file",
			files: sqlite("t", "hello"),
			check: [1, /source\/damaged-database/],
			categorize: [2, /not a SQLite database/],
		},
		{
			what: "a table that does not exist",
			files: sqlite("instals", database()),
			check: [1, /source\/missing-table/],
			categorize: [2, /installs/],
		},
		{
			what: "YAML that does not parse",
			files: config(`${INSTANCE}  - [oops\n`),
			check: [1, /floor\.usage\.yaml:9:\d+ error yaml\//],
			categorize: [2, /not valid YAML/],
		},
		{ what: "an alias bomb", files: config(aliasBomb()), check: [1, /yaml\/alias-bomb/], categorize: [2, /aliases/] },
		{
			what: "tabs",
			files: config(INSTANCE.replace("  - { name: devices", "\t- { name: devices")),
			check: [1, /floor\.usage\.yaml:7:1 error yaml\/tab-as-indent/],
			categorize: [2, /tab/],
		},
		{
			what: "duplicate keys",
			files: config(`${INSTANCE}name: Other\n`),
			check: [1, /floor\.usage\.yaml:9:1 error yaml\/duplicate-key/],
			categorize: [2, /twice/],
		},
		{
			what: "two documents",
			files: config(`${INSTANCE}---\nkind: project\n`),
			check: [1, /yaml\/multiple-documents/],
			categorize: [2, /one document/],
		},
		{ what: "an empty configuration", files: config(""), check: [1, /error schema\//], categorize: [2, /does not say what it is/] },
		{
			what: "a binary configuration",
			files: config(Buffer.from([0, 1, 2, 255, 254, 0])),
			check: [1, /error/],
			categorize: [2, /floor\.usage\.yaml/],
		},
		{
			what: "no limits",
			files: config(INSTANCE.replace(/usageCategory.*\n/, "")),
			check: [1, /instance\/no-limits/],
			categorize: [0, /has no limits of its own; its project's were taken/],
		},
		{
			what: "a limit as text",
			files: instance("UsedCategoryLimit: 30", 'UsedCategoryLimit: "30"'),
			check: [1, /5:64 error schema\/wrong-type/],
			categorize: [2, /UsedCategoryLimit must be a whole number of days from 0 to 36,500/],
		},
		{
			what: "a limit of 1e9",
			files: instance("UsedCategoryLimit: 30", "UsedCategoryLimit: 1e9"),
			check: [1, /5:64 error schema\/out-of-range/],
			categorize: [2, /UsedCategoryLimit must be a whole number/],
		},
		{
			what: "a limit of -1",
			files: instance("UsedCategoryLimit: 30", "UsedCategoryLimit: -1"),
			check: [1, /5:64 error schema\/out-of-range/],
			categorize: [2, /UsedCategoryLimit must be a whole number/],
		},
		{
			what: "no limits and no project",
			files: { ...config(INSTANCE.replace(/usageCategory.*\n/, "").replace("corvane.usage", "gone.usage")) },
			check: [1, /reference\/missing-project/],
			categorize: [2, /no limits/],
		},
	];
	for (const input of cases) it(input.what, () => checkBadInput(input));

	it("a database that is read keeps no file of its own beside it", async () => {
		const { folder, remove } = makeFolder({ ...SMALL_CLIENT, ...sqlite("installs", database()) });
		try {
			const result = await runCli(["categorize", "floor.usage.yaml", "--format", "ndjson"], folder);
			assert.equal(
				result.stdout,
				'{"device":"D1","product":"Editor","installDate":null,"lastUsageDate":"2026-11-01","category":"Used","reason":null,"rule":7}\n',
			);
			assert.deepEqual(
				readdirSync(folder).filter((name) => name.startsWith("installs")),
				["installs.csv", "installs.db"],
			);
		} finally {
			remove();
		}
	});
});

async function checkBadInput({ files, check, categorize }: BadInput): Promise<void> {
	const { folder, remove } = makeFolder({ ...SMALL_CLIENT, ...files });
	try {
		const checked = await runCli(["check", "floor.usage.yaml"], folder);
		assert.match(checked.stdout, check[1]);
		assert.equal(checked.exitCode, check[0], checked.stderr);
		const categorized = await runCli(["categorize", "floor.usage.yaml", "--format", "json"], folder);
		assert.match(categorized.stdout + categorized.stderr, categorize[1]);
		assert.equal(categorized.exitCode, categorize[0], categorized.stderr);
		for (const { stdout, stderr } of [checked, categorized])
			assert.doesNotMatch(stdout + stderr, /\n\s+at |node:internal|unexpected failure/);
	} finally {
		remove();
	}
}

function config(text: string | Uint8Array): Readonly<Record<string, string | Uint8Array>> {
	return { "floor.usage.yaml": text };
}

function instance(text: string, replacement: string): Readonly<Record<string, string | Uint8Array>> {
	return config(INSTANCE.replace(text, replacement));
}

function data(content: string | Uint8Array): Readonly<Record<string, string | Uint8Array>> {
	return { "installs.csv": content };
}

function sqlite(table: string, content: string | Uint8Array): Readonly<Record<string, string | Uint8Array>> {
	return { ...instance("type: csv, path: installs.csv", `type: sqlite, path: installs.db, table: ${table}`), "installs.db": content };
}

function database(): Uint8Array {
	const memory = new Database(":memory:");
	try {
		memory.exec(
			"CREATE TABLE installs (device TEXT, product TEXT, lastUsageDate TEXT); INSERT INTO installs VALUES ('D1', 'Editor', '2026-11-01')",
		);
		return memory.serialize();
	} finally {
		memory.close();
	}
}

function damagedDatabase(): Uint8Array {
	return Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(5000, 7)]);
}

function aliasBomb(): string {
	const names = ["a", "b", "c", "d", "e", "f", "g"];
	const lines = names.slice(1).map((name, index) => `${name}: &${name} [${Array(9).fill(`*${names[index]}`).join(", ")}]\n`);
	return `kind: instance\na: &a [${Array(9).fill("x").join(", ")}]\n${lines.join("")}`;
}
