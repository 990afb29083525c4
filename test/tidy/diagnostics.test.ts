import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, it } from "mocha";
import { DIAGNOSTIC_CODES } from "../../core/config/diagnostic-codes.ts";
import { parseConfig } from "../../workspace/yaml/parse-config.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const CODE = /["'`]((?:yaml|schema|limits|instance|reference|source|subscription|policy|allow)\/[a-z0-9-]+)["'`]/g;

/** What the parser holds to be impossible: no text is known that brings it about, so its example is a guess. */
const UNREACHABLE = "yaml/impossible";

/** The texts that examples only sketch, being too long to print. */
const SKETCHED: Readonly<Record<string, string>> = {
	"yaml/alias-bomb": [
		"a: &a0 [x, x]",
		...Array.from({ length: 30 }, (_, index) => `a${index}: &a${index + 1} [*a${index}, *a${index}]`),
	].join("\n"),
	"yaml/key-over-1024-chars": `${"long ".repeat(300)}: value`,
	"yaml/nested-too-deeply": `title: ${"[".repeat(1000)}${"]".repeat(1000)}`,
};

/** One section of docs/diagnostics.md. */
interface Section {
	readonly anchor: string;
	readonly code: string;
	readonly severity: string;
	readonly language: string;
	readonly example: string;
	readonly wayOut: string;
}

describe("diagnostic codes", () => {
	const listed = DIAGNOSTIC_CODES.map(({ code }) => code);
	const sections = readSections();

	it("are listed once each", () => assert.deepEqual(listed, [...new Set(listed)]));

	it("are those that the product can report", () => assert.deepEqual(emittedCodes(), listed.toSorted()));

	it("are documented in the order of the list, with severity, example and way out", () => {
		assert.deepEqual(
			sections.map(({ anchor, code, severity }) => [anchor, code, severity]),
			DIAGNOSTIC_CODES.map(({ code, severity }) => [code.replace("/", "-"), code, severity]),
		);
		for (const { code, example, wayOut } of sections) assert.ok(example.trim() !== "" && wayOut.trim() !== "", code);
	});

	it("have no other section in the documentation", () => {
		const headings = [...readText("docs/diagnostics.md").matchAll(/^### (.*)$/gm)].map((match) => match[1]!);
		assert.deepEqual(headings, listed);
	});

	for (const { code, language, example } of sections) {
		if (language !== "yaml" || code === UNREACHABLE) continue;
		it(`${code} has an example that ${code.startsWith("yaml/") ? "shows it" : "is YAML"}`, () => {
			const codes = parseConfig(SKETCHED[code] ?? example.replaceAll("→", "\t")).problems.map((problem) => problem.code);
			assert.deepEqual([...new Set(codes)], code.startsWith("yaml/") ? [code] : []);
		});
	}

	it("are each shown by a faulty sample, or expected by a test; of YAML, by the example", () => {
		const shown = globSync("samples/faulty/*.yaml", { cwd: ROOT }).map(readText).join("\n");
		const tests = globSync("test/**/*.test.ts", { cwd: ROOT, exclude: (name) => name === "tidy" }).map(readText);
		const covered = new Set([
			...[...shown.matchAll(/^# ?(?: *\^+|<-*|expect:) ([a-z]+\/[a-z0-9-]+)$/gm)].map((match) => match[1]!),
			...tests.flatMap((text) => [...text.matchAll(CODE)].map((match) => match[1]!)),
		]);
		assert.deepEqual(
			listed.filter((code) => !covered.has(code) && !code.startsWith("yaml/")),
			[],
		);
	});
});

/** Codes as the product's own text has them; the syntax problems of YAML leave out their family. */
function emittedCodes(): readonly string[] {
	const files = globSync("{core,workspace,server,cli}/**/*.ts", { cwd: ROOT }).filter((file) => !file.endsWith("diagnostic-codes.ts"));
	const literals = files.flatMap((file) => [...withoutComments(readText(file)).matchAll(CODE)].map((match) => match[1]!));
	const syntax = withoutComments(readText("workspace/yaml/syntax-problems.ts"));
	const made = [...syntax.matchAll(/\bmake\(\s*"([a-z0-9-]+)"/g)].map((match) => `yaml/${match[1]}`);
	return [...new Set([...literals, ...made])].toSorted();
}

function readSections(): readonly Section[] {
	const pattern = /^<a id="([^"]*)"><\/a>\n\n### (\S+)\n\n_(\w+)\._ [\s\S]*?\n\n```(\w+)\n([\s\S]*?)```\n\n\*\*Way out\.\*\* (.*)$/gm;
	return [...readText("docs/diagnostics.md").matchAll(pattern)].map(([, anchor, code, severity, language, example, wayOut]) => ({
		anchor: anchor!,
		code: code!,
		severity: severity!.toLowerCase(),
		language: language!,
		example: example!,
		wayOut: wayOut!,
	}));
}

function withoutComments(text: string): string {
	return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

function readText(file: string): string {
	return readFileSync(resolve(ROOT, file), "utf8");
}
