import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { describeAllow } from "../../server/describe-allow.ts";
import { renderMarkup } from "../../server/markup.ts";
import { parseConfig } from "../../workspace/yaml/parse-config.ts";
import { readCaretFixture } from "../support/caret-fixture.ts";

describe("what is said of a comment that allows something", () => {
	const cases: readonly { name: string; text: string; said: RegExp | null }[] = [
		{
			name: "what it allows, and why",
			text: "# usage-report: allow limits/nar/*caret*/row-band -- agreed\nN: 31\n",
			said: /limits\/narrow-band \(warning\)[\s\S]*Allowed on the next line: agreed$/,
		},
		{ name: "no reason", text: "/*caret*/# usage-report: allow limits/narrow-band\nN: 31\n", said: /reason is missing/ },
		{
			name: "an error",
			text: "# usage-report: allow limits/order -- x/*caret*/\nN: 31\n",
			said: /limits\/order \(error\)[\s\S]*cannot be allowed/,
		},
		{ name: "a comment about comments", text: "# usage-report: allow allow/unneeded -- x/*caret*/\n", said: /such comments/ },
		{ name: "an unknown code", text: "# usage-report: allow x/y -- x/*caret*/\nN: 31\n", said: /no such code/ },
		{ name: "behind a value", text: "N: 31 # usage-report: /*caret*/allow limits/narrow-band -- x\n", said: /line of its own/ },
		{
			name: "another word",
			text: "# usage-report: /*caret*/ignore limits/narrow-band\n",
			said: /Write # usage-report: allow <code> -- <reason>/,
		},
		{ name: "another comment", text: "# no/*caret*/te\n", said: null },
		{ name: "beside it", text: "# usage-report: allow limits/narrow-band -- x\n/*caret*/N: 31\n", said: null },
		{ name: "inside of a text", text: "t: |\n  # usage-report: /*caret*/allow limits/narrow-band -- x\n", said: null },
	];
	for (const { name, text: marked, said } of cases) {
		it(name, () => {
			const { text, carets } = readCaretFixture(marked);
			const found = describeAllow(parseConfig(text), carets[0]!);
			if (said === null) assert.equal(found, null);
			else {
				assert.match(renderMarkup(found!.blocks, false).value, said);
				assert.match(text.slice(found!.range.start, found!.range.end), /^# usage-report: .*$/);
			}
		});
	}
});
