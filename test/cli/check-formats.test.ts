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
		assert.deepEqual(Object.keys(result), ["files", "errors", "warnings", "information", "hints"]);
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
		const result = { files: [{ file: "x:y,z%.usage.yaml", problems: [problem] }], errors: 0, warnings: 0, information: 0, hints: 1 };
		assert.deepEqual(
			[...toGithubLines(result)],
			["::notice file=x%3Ay%2Cz%25.usage.yaml,line=1,col=2,endLine=3,endColumn=4,title=a/b::50%25%0D%0Aof: it, all\n"],
		);
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

async function checkFolder(format: string) {
	const { folder, remove } = makeFolder(FILES);
	try {
		return await runCli(["check", "--format", format], folder);
	} finally {
		remove();
	}
}
