import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Block, clipName, list, paragraph, prose, renderMarkup, table } from "../../server/markup.ts";

describe("markup", () => {
	const hostile: readonly { name: string; text: string; markdown: string; plain: string }[] = [
		{
			name: "HTML",
			text: "<img src=x onerror=alert(1)>",
			markdown: "\\<img src=x onerror=alert(1)\\>",
			plain: "<img src=x onerror=alert(1)>",
		},
		{ name: "a command link", text: "[x](command:evil)", markdown: "\\[x\\](command:evil)", plain: "[x](command:evil)" },
		{ name: "the end of a link", text: "](command:evil)", markdown: "\\](command:evil)", plain: "](command:evil)" },
		{ name: "an image", text: "![x](http://x/y.png)", markdown: "!\\[x\\](http\\://x/y.png)", plain: "![x](http://x/y.png)" },
		{ name: "emphasis and code", text: "*a* _b_ `c` ~d~", markdown: "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~", plain: "*a* _b_ `c` ~d~" },
		{ name: "a table", text: "a|b", markdown: "a\\|b", plain: "a|b" },
		{ name: "an entity", text: "&lt;b&gt;", markdown: "\\&lt;b\\&gt;", plain: "&lt;b&gt;" },
		{ name: "a heading", text: "# a", markdown: "\\# a", plain: "# a" },
		{ name: "a list", text: "- a", markdown: "\\- a", plain: "- a" },
		{ name: "a numbered list", text: "12. a", markdown: "12\\. a", plain: "12. a" },
		{ name: "a rule", text: "---", markdown: "\\-\\-\\-", plain: "---" },
		{ name: "line breaks", text: "a\r\n\r\n# b", markdown: "a \\# b", plain: "a # b" },
		{ name: "what editors make links of", text: "www.x.y a@b.c", markdown: "www\\.x.y a\\@b.c", plain: "www.x.y a@b.c" },
		{ name: "a backslash", text: "a\\*b", markdown: "a\\\\\\*b", plain: "a\\*b" },
		{ name: "control characters and turned writing", text: "a\u0007b\u202Ec", markdown: "a\uFFFDb\uFFFDc", plain: "a\uFFFDb\uFFFDc" },
	];
	for (const { name, text, markdown, plain } of hostile) {
		it(`takes ${name} for text`, () => {
			assert.equal(renderMarkup([paragraph(text)], true).value, markdown);
			assert.equal(renderMarkup([paragraph(text)], false).value, plain);
		});
	}

	const code: readonly { text: string; markdown: string }[] = [
		{ text: "a*b", markdown: "`a*b`" },
		{ text: "a`b", markdown: "``a`b``" },
		{ text: "`a``", markdown: "``` `a`` ```" },
		{ text: "a\nb", markdown: "`a b`" },
	];
	for (const { text, markdown } of code) {
		it(`fences ${JSON.stringify(text)} as ${markdown}`, () =>
			assert.equal(renderMarkup([paragraph({ code: text })], true).value, markdown));
	}

	const blocks: readonly Block[] = [
		paragraph({ bold: "Title" }, " and text"),
		list([["one ", { code: "x" }], ["two"]]),
		table(
			["Product", "Installations"],
			[
				["Word|Excel", "1,204"],
				["Visio", "7"],
			],
		),
	];
	it("writes Markdown", () => {
		assert.deepEqual(renderMarkup(blocks, true), {
			kind: "markdown",
			value: "**Title** and text\n\n- one `x`\n- two\n\n| Product | Installations |\n|---|--:|\n| Word\\|Excel | 1,204 |\n| Visio | 7 |",
		});
	});
	it("writes plain text with columns one below the other", () => {
		assert.deepEqual(renderMarkup(blocks, false), {
			kind: "plaintext",
			value: "Title and text\n\n- one x\n- two\n\nProduct     Installations\nWord|Excel          1,204\nVisio                   7",
		});
	});

	it("takes what stands between backticks of a sentence for code, and a single one for itself", () => {
		assert.deepEqual(prose("The column `a` of `b`."), ["The column ", { code: "a" }, " of ", { code: "b" }, "."]);
		assert.deepEqual(prose("a ` b"), ["a ` b"]);
	});

	it("clips names that are longer than anybody reads, between characters", () => {
		assert.equal(clipName("Word"), "Word");
		const clipped = clipName("😀".repeat(200));
		assert.equal([...clipped].length, 80);
		assert.match(clipped, /^(?:😀)+…$/u);
	});
});
