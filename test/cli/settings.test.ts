import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { makeFolder, runCli, SMALL_CLIENT } from "./cli-support.ts";

const INSTANCE = SMALL_CLIENT["floor.usage.yaml"]!;

describe("settings", () => {
	const cases: readonly {
		readonly what: string;
		readonly argv: readonly string[];
		readonly instance?: string;
		readonly expected: readonly [exitCode: number, stdout: RegExp, stderr: RegExp];
	}[] = [
		{ what: "all parts", argv: ["floor.usage.yaml"], expected: [0, /Part 1:[\s\S]*Part 2:[\s\S]*Part 3:[\s\S]*\nGO\n$/, /^$/] },
		{ what: "one part", argv: ["floor.usage.yaml", "--part", "compare"], expected: [0, /^(?![\s\S]*Part [13])[\s\S]*Part 2/, /^$/] },
		{ what: "a project", argv: ["corvane.usage.yaml", "--part", "view"], expected: [0, /\[Title\] = N'Corvane'/, /^$/] },
		{
			what: "what is left out is said on standard error",
			argv: ["floor.usage.yaml"],
			instance: INSTANCE.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"),
			expected: [
				0,
				/-- UsedCategoryLimit is left out:\n/,
				/^usage-report: UsedCategoryLimit is left out of the changes\. .*\(limits\/without-advice\)\n$/,
			],
		},
		{
			what: "nothing is left out of parts that change nothing",
			argv: ["floor.usage.yaml", "--part", "view"],
			instance: INSTANCE.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"),
			expected: [0, /Part 1/, /^$/],
		},
		{ what: "no such file", argv: ["nobody.usage.yaml"], expected: [2, /^$/, /There is no file nobody\.usage\.yaml/] },
		{ what: "a folder", argv: ["."], expected: [2, /^$/, /is a folder/] },
		{
			what: "no such part",
			argv: ["floor.usage.yaml", "--part", "run"],
			expected: [2, /^$/, /Allowed choices are all, view, compare, change/],
		},
		{
			what: "a name that is missing",
			argv: ["floor.usage.yaml"],
			instance: INSTANCE.replace("name: Corvane Floor\n", ""),
			expected: [2, /^$/, /has neither a name nor an instanceId/],
		},
		{
			what: "an output that is read",
			argv: ["floor.usage.yaml", "--out", "floor.usage.yaml"],
			expected: [2, /^$/, /is read for this result/],
		},
	];
	for (const { what, argv, instance = INSTANCE, expected } of cases) {
		it(what, async () => {
			const { folder, remove } = makeFolder({ ...SMALL_CLIENT, "floor.usage.yaml": instance });
			try {
				const { exitCode, stdout, stderr } = await runCli(["settings", ...argv], folder);
				assert.equal(exitCode, expected[0], stderr);
				assert.match(stdout, expected[1]);
				assert.match(stderr, expected[2]);
			} finally {
				remove();
			}
		});
	}

	for (const { name, mark } of [
		{ name: "Corvane Floor", mark: "" },
		{ name: "Corvane Größe", mark: "\ufeff" },
	]) {
		it(`writes a file that the tools of SQL Server read right: ${name}`, async () => {
			const { folder, remove } = makeFolder({ ...SMALL_CLIENT, "floor.usage.yaml": INSTANCE.replace("Corvane Floor", name) });
			try {
				const printed = await runCli(["settings", "floor.usage.yaml"], folder);
				const written = await runCli(["settings", "floor.usage.yaml", "--out", "floor.sql"], folder);
				assert.deepEqual(
					[written.exitCode, written.stdout, written.stderr],
					[0, "", "Wrote floor.sql. Review it before somebody runs it.\n"],
				);
				assert.equal(readFileSync(path.join(folder, "floor.sql"), "utf8"), mark + printed.stdout);
			} finally {
				remove();
			}
		});
	}
});
