import assert from "node:assert/strict";
import { toGithubLines } from "../../cli/formats/github.ts";
import { createLineIndex } from "../../cli/formats/line-index.ts";
import { createPaint } from "../../cli/text/paint.ts";
import { DIAGNOSTIC_CODES } from "../../core/config/diagnostic-codes.ts";
import { makeFolder, runCli, SMALL_CLIENT } from "./cli-support.ts";

// One error with a place in another file, in a folder whose name needs escaping in a URI.
const FILES = {
	"a b/corvane.usage.yaml": SMALL_CLIENT["corvane.usage.yaml"]!,
	"a b/log.csv": SMALL_CLIENT["log.csv"]!,
	"a b/bare.usage.yaml": "kind: instance\nname: Bare\nproject: corvane.usage.yaml\n",
};

describe("formats of check", () => {
	it("json", async () => {
		const result = JSON.parse((await checkFolder("json")).stdout) as { files: { file: string; problems: Record<string, unknown>[] }[] };
		assert.deepEqual(Object.keys(result), ["files", "errors", "warnings", "information", "hints", "allowed"]);
		assert.deepEqual(
			result.files.map(({ file }) => file),
			["a b/bare.usage.yaml", "a b/corvane.usage.yaml"],
		);
		const problem = result.files[0]!.problems.find(({ code }) => code === "instance/no-limits")!;
		assert.deepEqual(Object.keys(problem), ["code", "severity", "message", "range", "related"]);
		assert.equal(problem["severity"], "error");
		assert.deepEqual(problem["range"], { start: { line: 1, column: 1 }, end: { line: 1, column: 5 } });
		assert.deepEqual(
			(problem["related"] as { file: string; range: unknown }[]).map(({ file, range }) => [file, range]),
			[["a b/corvane.usage.yaml", { start: { line: 3, column: 1 }, end: { line: 3, column: 14 } }]],
		);
	});

	it("text: one line per problem, related places below it, a summary", async () => {
		const { stdout, exitCode } = await checkFolder("text");
		assert.equal(exitCode, 1);
		assert.match(stdout, /^a b\/bare\.usage\.yaml:1:1 error instance\/no-limits [^\n]+\n {4}a b\/corvane\.usage\.yaml:3:1 [^\n]+\n/);
		assert.match(stdout, /\n2 files checked: 1 error[^\n]*\.\n$/);
	});

	it("sarif", async () => {
		const { stdout, exitCode } = await checkFolder("sarif");
		assert.equal(exitCode, 1);
		const log = JSON.parse(stdout);
		assert.equal(log.version, "2.1.0");
		const [run] = log.runs;
		assert.equal(run.columnKind, "utf16CodeUnits");
		assert.deepEqual(
			run.artifacts.map((artifact: { location: { uri: string } }) => artifact.location.uri),
			["a%20b/bare.usage.yaml", "a%20b/corvane.usage.yaml"],
		);
		const result = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === "instance/no-limits");
		assert.equal(run.tool.driver.rules[result.ruleIndex].id, "instance/no-limits");
		assert.equal(
			run.tool.driver.rules[result.ruleIndex].shortDescription.text,
			DIAGNOSTIC_CODES.find(({ code }) => code === "instance/no-limits")?.summary,
		);
		assert.equal(result.level, "error");
		assert.deepEqual(result.locations[0].physicalLocation, {
			artifactLocation: { uri: "a%20b/bare.usage.yaml" },
			region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 5 },
		});
		assert.equal(result.relatedLocations[0].physicalLocation.artifactLocation.uri, "a%20b/corvane.usage.yaml");
	});

	it("github", async () => {
		const { stdout, exitCode } = await checkFolder("github");
		assert.equal(exitCode, 1);
		assert.match(stdout, /^::error file=a b\/bare\.usage\.yaml,line=1,col=1,endLine=1,endColumn=5,title=instance\/no-limits::[^\n]+\n/);
	});

	it("github: what its syntax uses is escaped", () => {
		const range = { start: { line: 1, column: 2 }, end: { line: 3, column: 4 } };
		const problem = { code: "a/b", severity: "hint", message: "50%\r\nof: it, all", range, related: [] } as const;
		const result = {
			files: [{ file: "x:y,z%.usage.yaml", problems: [problem], allowed: [] }],
			errors: 0,
			warnings: 0,
			information: 0,
			hints: 1,
			allowed: 0,
		};
		assert.deepEqual(
			[...toGithubLines(result)],
			["::notice file=x%3Ay%2Cz%25.usage.yaml,line=1,col=2,endLine=3,endColumn=4,title=a/b::50%25%0D%0Aof: it, all\n"],
		);
	});

	describe("what a comment allows", () => {
		const narrow = SMALL_CLIENT["corvane.usage.yaml"]!.replace(
			"usageCategory:",
			"# usage-report: allow limits/narrow-band -- as agreed\nusageCategory:",
		).replace("UnusedCategoryLimit: 90", "UnusedCategoryLimit: 31");
		const check = (format: string) => checkFolder(format, { ...FILES, "a b/corvane.usage.yaml": narrow, "a b/bare.usage.yaml": narrow });

		it("json", async () => {
			const result = JSON.parse((await check("json")).stdout);
			const { problems, allowed } = result.files[1];
			assert.ok(!problems.some(({ code }: { code: string }) => code.startsWith("allow/") || code === "limits/narrow-band"));
			assert.deepEqual(
				allowed.map(({ code, severity, reason, range }: Record<string, unknown>) => ({ code, severity, reason, range })),
				[
					{
						code: "limits/narrow-band",
						severity: "warning",
						reason: "as agreed",
						range: { start: { line: 4, column: 89 }, end: { line: 4, column: 91 } },
					},
				],
			);
			assert.equal(result.allowed, 2);
			assert.equal(
				result.warnings,
				result.files.flatMap((file: { problems: { severity: string }[] }) => file.problems.filter(({ severity }) => severity === "warning"))
					.length,
			);
		});

		it("sarif", async () => {
			const { results } = JSON.parse((await check("sarif")).stdout).runs[0];
			const suppressed = results.filter(({ ruleId }: { ruleId: string }) => ruleId === "limits/narrow-band");
			assert.deepEqual(
				suppressed.map(({ level, suppressions }: Record<string, unknown>) => ({ level, suppressions })),
				[1, 2].map(() => ({ level: "warning", suppressions: [{ kind: "inSource", status: "accepted", justification: "as agreed" }] })),
			);
			assert.ok(results.every(({ suppressions }: { suppressions: unknown }) => Array.isArray(suppressions)));
		});

		it("text and github", async () => {
			const text = (await check("text")).stdout;
			assert.match(text, /\. 2 problems allowed by comments\.\n$/);
			assert.doesNotMatch(text, /narrow-band/);
			assert.doesNotMatch((await check("github")).stdout, /narrow-band/);
		});
	});

	describe("line and column of an offset", () => {
		const cases: readonly (readonly [string, number, number, number])[] = [
			["", 0, 1, 1],
			["abc", 0, 1, 1],
			["abc", 3, 1, 4],
			["a\nb", 2, 2, 1],
			["a\r\nb", 1, 1, 2],
			["a\r\nb", 3, 2, 1],
			["a\rb", 2, 2, 1],
			["a\n\nb", 2, 2, 1],
			["a\n\nb", 3, 3, 1],
			["😀x\n", 2, 1, 3],
			["a\n", 2, 2, 1],
		];
		for (const [text, offset, line, column] of cases) {
			it(`${JSON.stringify(text)} at ${offset} → ${line}:${column}`, () =>
				assert.deepEqual(createLineIndex(text)(offset), { line, column }));
		}
	});

	it("colours only where they are wanted", () => {
		const output = { write: async () => true, failure: () => null, columns: 80 };
		assert.equal(createPaint({ ...output, colours: false })("error", "x"), "x");
		assert.equal(createPaint({ ...output, colours: true })("error", "x"), "\u001B[31mx\u001B[39m");
	});
});

async function checkFolder(format: string, files: Readonly<Record<string, string>> = FILES) {
	const { folder, remove } = makeFolder(files);
	try {
		return await runCli(["check", "--format", format], folder);
	} finally {
		remove();
	}
}
