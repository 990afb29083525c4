import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type CompletionContext, completionContextAt } from "../../../../workspace/yaml/caret/completion-context.ts";
import { parseConfig } from "../../../../workspace/yaml/parse-config.ts";
import { readCaretFixture } from "../../../support/caret-fixture.ts";

const I = "kind: instance\n";
const SOURCE = `${I}dataSources:\n  - name: x\n`;

describe("completionContextAt", () => {
	const cases: readonly (readonly [name: string, fixture: string, expected: Partial<CompletionContext> | null])[] = [
		["empty file", "/*caret*/", { typing: "key", path: [], typed: "", existingKeys: [], indentation: "" }],
		["first key", "/*[*/ki/*caret*//*]*/", { typing: "key", path: [], typed: "ki", colonFollows: false }],
		[
			"key of the root between others",
			"kind: instance\n/*[*/na/*caret*//*]*/\nproject: x",
			{ typing: "key", path: [], existingKeys: ["kind", "project"] },
		],
		[
			"key of the root below a list that is not indented",
			`${I}dataSources:\n- name: x\n/*caret*/`,
			{ typing: "key", path: [], existingKeys: ["kind", "dataSources"] },
		],
		[
			"key that is there already",
			`${I}/*[*/na/*caret*/me/*]*/: x`,
			{ typing: "key", path: [], typed: "na", existingKeys: ["kind"], colonFollows: true },
		],
		["key of a block", `${I}usageCategory:\n  /*caret*/`, { typing: "key", path: ["usageCategory"], indentation: "  " }],
		[
			"key of a block with keys",
			`${I}usageCategory:\n  UsedCategoryLimit: 30\n  /*[*/Un/*caret*//*]*/\nname: x`,
			{ typing: "key", path: ["usageCategory"], existingKeys: ["UsedCategoryLimit"] },
		],
		[
			"key of an item",
			`${SOURCE}    /*[*/ty/*caret*//*]*/\n    path: q\n  - name: z\n`,
			{ typing: "key", path: ["dataSources", 0], existingKeys: ["name", "path"], indentation: "    " },
		],
		["first key of an item", `${SOURCE}  - /*caret*/`, { typing: "key", path: ["dataSources", 1], existingKeys: [], indentation: "    " }],
		[
			"first key of an item with more keys",
			`${SOURCE}  - /*[*/n/*caret*//*]*/\n    type: csv\n`,
			{ typing: "key", path: ["dataSources", 1], existingKeys: ["type"] },
		],
		[
			"key of an item in a list that is not indented",
			`${I}dataSources:\n- name: x\n  /*[*/ty/*caret*//*]*/`,
			{ typing: "key", path: ["dataSources", 0], existingKeys: ["name"] },
		],
		[
			"key of a block in an item",
			`${SOURCE}    columns:\n      /*[*/dev/*caret*//*]*/\n`,
			{ typing: "key", path: ["dataSources", 0, "columns"], indentation: "      " },
		],
		["item without its dash", `${I}dataSources:\n  /*caret*/`, { typing: "item", path: ["dataSources"], indentation: "  " }],
		[
			"value",
			`${SOURCE}    type: /*[*/c/*caret*/sv/*]*/ # c\n`,
			{ typing: "value", path: ["dataSources", 0, "type"], typed: "c", needsSpace: false },
		],
		["value of several words", `${I}name: /*[*/two wo/*caret*/rds/*]*/\n`, { typing: "value", path: ["name"], typed: "two wo" }],
		["value that is missing", "kind: /*caret*/", { typing: "value", path: ["kind"], typed: "" }],
		["value directly behind the colon", "kind:/*caret*/", { typing: "value", path: ["kind"], needsSpace: true }],
		["value in quotes", 'kind: "/*[*/in/*caret*/st/*]*/"', { typing: "value", path: ["kind"], typed: "in", quote: '"' }],
		["value in a quote that is not closed", "kind: '/*[*/in/*caret*//*]*/\nname: x", { typing: "value", path: ["kind"], quote: "'" }],
		[
			"scalar item",
			`${I}bundles:\n  - components:\n      - /*[*/Wo/*caret*//*]*/`,
			{ typing: "value", path: ["bundles", 0, "components", 0] },
		],
		[
			"second scalar item in quotes",
			`${I}bundles:\n  - components:\n      - x\n      - "/*[*/Wo/*caret*/rd/*]*/"`,
			{ typing: "value", path: ["bundles", 0, "components", 1], quote: '"' },
		],
		[
			"item in brackets",
			`${I}bundles:\n  - components: [A, /*[*/W/*caret*//*]*/]`,
			{ typing: "value", path: ["bundles", 0, "components", 1], inFlow: true },
		],
		[
			"item in brackets over lines that are not closed",
			`${I}reclaimPolicies:\n  - categories: [Unused,\n      /*[*/R/*caret*//*]*/`,
			{ typing: "value", path: ["reclaimPolicies", 0, "categories", 1], inFlow: true },
		],
		[
			"key in braces",
			`${SOURCE}    columns: { /*[*/dev/*caret*//*]*/: x, product: y }`,
			{ typing: "key", path: ["dataSources", 0, "columns"], existingKeys: ["product"], inFlow: true, colonFollows: true },
		],
		["key in empty braces", `${SOURCE}    columns: {/*caret*/}`, { typing: "key", path: ["dataSources", 0, "columns"], existingKeys: [] }],
		[
			"key between others in braces",
			`${SOURCE}    columns: { device: x, /*[*/p/*caret*//*]*/, "z": 1 }`,
			{ typing: "key", path: ["dataSources", 0, "columns"], existingKeys: ["device", "z"] },
		],
		[
			"value in braces",
			`${SOURCE}    columns: { device: /*caret*/, product: y }`,
			{ typing: "value", path: ["dataSources", 0, "columns", "device"], inFlow: true },
		],
		[
			"value in brackets in braces behind a dash",
			`${I}unitPrices:\n  - { products: ["/*[*/Vi/*caret*/sio*/*]*/"], price: 1 }`,
			{ typing: "value", path: ["unitPrices", 0, "products", 0], quote: '"' },
		],
		[
			"key in a file of braces",
			'{"kind": "instance", "/*[*/na/*caret*//*]*/"',
			{ typing: "key", path: [], existingKeys: ["kind"], quote: '"' },
		],
		[
			"key below brackets that are not closed",
			`${I}bundles: [\n/*[*/na/*caret*//*]*/`,
			{ typing: "key", path: [], existingKeys: ["kind", "bundles"] },
		],
		[
			"key below a quote that is not closed",
			`${I}name: "x\n/*[*/pro/*caret*//*]*/`,
			{ typing: "key", path: [], existingKeys: ["kind", "name"] },
		],
		[
			"key in CRLF lines",
			"kind: instance\r\n/*[*/na/*caret*//*]*/\r\nproject: x\r\n",
			{ typing: "key", path: [], typed: "na", existingKeys: ["kind", "project"] },
		],
		["key behind a byte-order mark", "\uFEFF/*[*/ki/*caret*//*]*/", { typing: "key", path: [], typed: "ki" }],
		["value behind emoji", `${I}name: /*[*/😀 /*caret*/x/*]*/`, { typing: "value", path: ["name"], typed: "😀 " }],
		[
			"first key directly behind a dash",
			`${I}limitAdvice:\n  -/*caret*/`,
			{ typing: "key", path: ["limitAdvice", 0], indentation: "    ", needsSpace: true },
		],
		[
			"first key that is typed directly behind a dash",
			`${I}limitAdvice:\n  -/*[*/li/*caret*//*]*/\nname: x`,
			{ typing: "key", path: ["limitAdvice", 0], typed: "li", indentation: "    ", needsSpace: true },
		],
		[
			"scalar item directly behind a dash",
			`${I}bundles:\n  - components:\n      -/*caret*/`,
			{ typing: "value", path: ["bundles", 0, "components", 0], needsSpace: true },
		],
		[
			"value directly behind the colon with one that is there",
			`${I}reclaimPolicies:\n  - enabled:/*[*//*caret*/ true/*]*/`,
			{ typing: "value", path: ["reclaimPolicies", 0, "enabled"], needsSpace: true },
		],
		[
			"value in braces directly behind the colon",
			`${SOURCE}    columns: { device:/*[*//*caret*/ x/*]*/ }`,
			{ typing: "value", path: ["dataSources", 0, "columns", "device"], needsSpace: true },
		],
		["key above its block", `${I}/*[*/us/*caret*//*]*/\n\n  UsedCategoryLimit: 30`, { typing: "key", path: [], blockFollows: true }],
		["key above its list", `${I}/*[*/bu/*caret*//*]*/\n# c\n- name: x`, { typing: "key", path: [], blockFollows: true }],
		["key above another key", `${I}/*[*/us/*caret*//*]*/\nname: x`, { typing: "key", path: [], blockFollows: false }],
		[
			"key that is indented less than the keys above it",
			`${I}usageCategory:\n  UsedCategoryLimit: 30\n/*[*/ /*caret*//*]*/`,
			{ typing: "key", path: ["usageCategory"], moved: true, indentation: "  ", existingKeys: ["UsedCategoryLimit"] },
		],
		[
			"key that is indented further than the keys below it",
			`${I}usageCategory:\n/*[*/    /*caret*//*]*/\n  UsedCategoryLimit: 30`,
			{ typing: "key", path: ["usageCategory"], moved: true, indentation: "  ", existingKeys: ["UsedCategoryLimit"] },
		],
		[
			"key between the columns of a dash and its keys",
			`${SOURCE}/*[*/   ty/*caret*//*]*/\n    path: q`,
			{ typing: "key", path: ["dataSources", 0], moved: true, indentation: "    ", typed: "ty", existingKeys: ["name", "path"] },
		],
		[
			"item between the columns of its list and its key",
			`${SOURCE}/*[*/ /*caret*//*]*/\n`,
			{ typing: "item", path: ["dataSources"], moved: true, indentation: "  " },
		],
		[
			"blank line in the middle of an item",
			`${SOURCE}/*[*/  /*caret*//*]*/\n    path: q`,
			{ typing: "key", path: ["dataSources", 0], moved: true, indentation: "    ", existingKeys: ["name", "path"] },
		],
		[
			"word in the middle of a block, above lines that it takes over",
			`${I}dataSources:\n  - name: x\n/*[*/bun/*caret*//*]*/\n  - name: b`,
			{ typing: "key", path: [], moved: false, blockFollows: true },
		],
		["key below a value, too far right", `${I}usageCategory:\n  UsedCategoryLimit: 30\n   /*caret*/`, null],
		[
			"key behind tabs",
			`${SOURCE}/*[*/\t\tpa/*caret*//*]*/`,
			{ typing: "key", path: ["dataSources", 0], moved: true, indentation: "    ", typed: "pa", existingKeys: ["name"] },
		],
		[
			"block below its key",
			`${I}usageCategory: /*caret*/\n  UsedCategoryLimit: 30`,
			{ typing: "value", path: ["usageCategory"], blockFollows: true },
		],
		[
			"block that is missing",
			`${I}limitAdvice: /*caret*/\n`,
			{ typing: "value", path: ["limitAdvice"], blockFollows: false, colonEnd: 27 },
		],
		["a comment", "kind: instance # /*caret*/", null],
		["a comment line", "# ki/*caret*/", null],
		["a comment in brackets", "a: [ # /*caret*/", null],
		["a # in quotes is no comment", 'kind: "/*[*/a # b/*caret*//*]*/"', { typing: "value", path: ["kind"] }],
		["a text of several lines", "a: |\n  te/*caret*/xt\n", null],
		["the second line of a text", `${I}name: x\n   /*caret*/`, null],
		["behind a quoted value", 'kind: "instance" /*caret*/', null],
		["behind brackets", "a: [x] /*caret*/", null],
	];
	for (const [name, fixture, expected] of cases) it(name, () => checkContext(fixture, expected));

	it("takes the kind of the file from its last good version", () => {
		const good = parseConfig("kind: instance\nbundles:\n  - components:\n      - x\n");
		const { text, carets } = readCaretFixture("ki\nbundles:\n  - components:\n      - /*caret*/");
		assert.equal(completionContextAt(parseConfig(text), good, carets[0]!)?.typing, "value");
	});
});

function checkContext(fixture: string, expected: Partial<CompletionContext> | null): void {
	const { text, carets, ranges } = readCaretFixture(fixture);
	const found = completionContextAt(parseConfig(text), null, carets[0]!);
	if (expected === null || found === null) {
		assert.equal(found, expected);
		return;
	}
	const compared = Object.fromEntries(Object.entries(found).filter(([key]) => Object.hasOwn(expected, key)));
	assert.deepEqual(compared, expected);
	assert.deepEqual(found.replace, ranges[0] ?? { start: carets[0], end: carets[0] });
}
