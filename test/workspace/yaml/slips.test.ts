import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { parseConfig } from "../../../workspace/yaml/parse-config.ts";
import { annotate, withoutAnnotations } from "../../support/caret-fixture.ts";

const I = "kind: instance\n";
const BLOCK = `${I}usageCategory:\n  InstallDateCutOffLimit: 7\n`;

/** A file of every sample client. */
const SAMPLES = ["wexcombe-hale/london", "saint-alverne/wards", "granmora-timber/mills"];

describe("a slip of one line", () => {
	const cases: readonly (readonly [name: string, annotated: string, message: RegExp])[] = [
		[
			"a first line that is indented",
			` kind: instance\n#^^^^^^^^^^^^^^ yaml/bad-indent\nname: x\nproject: y\n`,
			/indented further than the lines below/,
		],
		[
			"a key that is indented too far",
			`${BLOCK}   UsedCategoryLimit: 30\n#  ^^^^^^^^^^^^^^^^^^^^^ yaml/bad-indent\n  UnusedCategoryLimit: 90\n`,
			/^Line 4 is indented further than line 3\. Begin both in the same column\.$/,
		],
		[
			"a key that is indented too little",
			`${BLOCK} UsedCategoryLimit: 30\n#^^^^^^^^^^^^^^^^^^^^^ yaml/bad-indent\n  UnusedCategoryLimit: 90\n`,
			/^Line 4 is indented less than line 3\./,
		],
		[
			"the first key of a block that is indented too far",
			`${I}usageCategory:\n    InstallDateCutOffLimit: 7\n#   ^^^^^^^^^^^^^^^^^^^^^^^^^ yaml/bad-indent\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\n`,
			/^Line 3 is indented further than line 4\./,
		],
		[
			"a key under a dash that is indented too little",
			`kind: project\nsubscriptions:\n  - client: x\n   servers: [a]\n#  ^^^^^^^^^^^^ yaml/bad-indent\n    registeredUsers: 4\n`,
			/less than the text behind the dash in line 3/,
		],
		[
			"a dash without its space",
			`${I}bundles:\n  -name: x\n# ^^^^^^^^ yaml/missing-char\n    components: [a]\n  - name: y\n    components: [b]\n`,
			/A space is missing after the dash/,
		],
		[
			"a lost dash",
			`${I}bundles:\n  - name: x\n    components: [a]\n  name: y\n# ^^^^^^^ yaml/missing-char\n    components: [b]\n`,
			/A dash is missing before this/,
		],
		[
			"a lost line with a dash",
			`${I}dataSources:\n  - name: x\n    type: csv\n    path: a\n    type: csv\n#   ^^^^ yaml/duplicate-key\n    path: b\n`,
			/`type` and those below it stand here twice\. Begin a new entry with `- `/,
		],
		[
			"a lost dash before braces",
			`${I}unitPrices:\n  - { price: 1 }\n  { price: 2 }\n# ^^^^^^^^^^^^ yaml/missing-char\n  - { price: 3 }\n`,
			/A dash is missing before this/,
		],
		[
			"a tab",
			`${BLOCK}\tUsedCategoryLimit: 30\n# < yaml/tab-as-indent\n  UnusedCategoryLimit: 90\nname: x\n`,
			/indented with a tab\. Use spaces/,
		],
		[
			"a block without its colon",
			`${I}dataSources\n# <---------- yaml/multiline-implicit-key\n  - name: x\n    type: csv\n  - name: y\n    type: csv\nname: z\n`,
			/A colon is missing after `dataSources`/,
		],
		[
			"a semicolon for a colon",
			`${I}name; x\n# <------ yaml/multiline-implicit-key\nproject: y\n`,
			/After `name` stands `;` in place of a colon/,
		],
		["a colon without its space", `${I}name:x\n# <----- yaml/multiline-implicit-key\nproject: y\n`, /A space is missing after `name:`/],
		[
			"an opened brace",
			`${I}dataSources:\n  - columns: { device: a, product: b\n#            ^^^^^^^^^^^^^^^^^^^^^^^ yaml/bad-indent\n    type: csv\n    name: x\nname: y\n`,
			/The `\{` opened in line 3 is not closed\. Add `\}`/,
		],
		[
			"an opened bracket inside braces",
			`${I}unitPrices:\n  - { products: [a, price: 1 }\n#               ^^^^^^^^^^^^^^ yaml/bad-indent\nname: y\n`,
			/The `\[` opened in line 3 is not closed\. Add `\]`/,
		],
		[
			"brackets over lines that are not closed",
			`${I}dataSources:\n  - columns: {\n      device: a,\n      product: b\n    name: x\n#   ^^^^^^^ yaml/bad-indent\nname: y\n`,
			/opened in line 3, is not closed before this point/,
		],
		[
			"a closed brace",
			`${I}dataSources:\n  - columns: device: a, product: b }\n#                                  ^ yaml/unexpected-token\n    type: csv\nname: y\n`,
			/The `\}` was never opened\. Add `\{`/,
		],
		[
			"a quote inside brackets",
			`${I}bundles:\n  - components: ["a, "b"]\n#                     ^ yaml/missing-char\n    name: x\nname: y\n`,
			/A quote or a comma is missing before this/,
		],
		[
			"two keys that really stand on one line",
			`${I}name: Leeds: North\n#     ^^^^^^^^^^^^ yaml/block-as-implicit-key\nproject: y\n`,
			/This line has two keys/,
		],
		[
			"CRLF lines and a byte-order mark",
			`\uFEFFkind: project\r\n title: x\r\n#^^^^^^^^ yaml/bad-indent\nlimitAdvice: []\r\n`,
			/further than line 1/,
		],
	];
	for (const [name, annotated, message] of cases) it(`is told once, on its line: ${name}`, () => checkSlip(annotated, message));

	it("does not hide another one", () => {
		checkProblems(
			`${BLOCK}   UsedCategoryLimit: 30\n#  ^^^^^^^^^^^^^^^^^^^^^ yaml/bad-indent\n  UnusedCategoryLimit: 90\nbundles:\n  -name: x\n# ^^^^^^^^ yaml/missing-char\n    components: [a]\nname: y\nname: z\n# <--- yaml/duplicate-key\n`,
		);
	});

	const kinds: readonly (readonly [name: string, pattern: RegExp, replacement: string])[] = [
		["one space more", /^/, " "],
		["two spaces more", /^/, "  "],
		["one space less", /^ /, ""],
		["a tab", /^ {2}/, "\t"],
		["no colon", /:( |$)/, "$1"],
		["no space after the colon", /: /, ":"],
		["no dash", /- /, ""],
		["no space after the dash", /- /, "-"],
		["a quote less", /"(?=[^"]*$)/, ""],
		["a closing bracket less", /[\]}](?=[^\]}]*$)/, ""],
		["an opening bracket less", /[[{]/, ""],
	];
	for (const [name, pattern, replacement] of kinds) {
		it(`is told at most once in any line of the samples: ${name}`, () => {
			for (const sample of SAMPLES) checkEveryLine(sample, pattern, replacement);
		}).timeout(180_000);
	}
});

function checkSlip(annotated: string, message: RegExp): void {
	const [problem, ...others] = checkProblems(annotated);
	assert.deepEqual(others, []);
	assert.match(problem ?? "", message);
}

function checkProblems(annotated: string): readonly string[] {
	const { text, problems } = parseConfig(withoutAnnotations(annotated));
	assert.equal(annotate(text, problems), annotated);
	return problems.map((problem) => problem.message);
}

/** Makes the slip in one line after another; each must give one problem, on that line or the next, unless the text is still YAML. */
function checkEveryLine(sample: string, pattern: RegExp, replacement: string): void {
	const lines = readFileSync(new URL(`../../../samples/${sample}.usage.yaml`, import.meta.url), "utf8").split("\n");
	let told = 0;
	for (const [index, line] of lines.entries()) {
		const slipped = line.replace(pattern, replacement);
		if (slipped === line || /^\s*(#|$)/.test(line)) continue;
		const text = lines.with(index, slipped).join("\n");
		const found = parseConfig(text).problems.map(({ range }) => text.slice(0, range.start).split("\n").length - 1);
		if (found.length === 0) continue;
		told++;
		assert.equal(found.length, 1, `${sample}:${index + 1} ${slipped}`);
		assert.ok(found[0] === index || found[0] === index + 1, `${sample}:${index + 1} ${slipped} is told in line ${found[0]! + 1}`);
	}
	assert.ok(told > 0);
}
