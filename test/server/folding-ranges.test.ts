import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { FoldingRange, FoldingRangeClientCapabilities } from "vscode-languageserver-protocol";
import { NAVIGATING_CLIENT, startMarked } from "../support/marked-workspace.ts";

const TEXT = `# one
# two
kind: instance
dataSources:
  - name: a
    columns:
      device: D
      # single

  - { name: b,
      path: x }
bundles: [
  { name: S,
    components: [
      a,
    ] },
]
query: |
  # no
  # comment
# region Prices
unitPrices:
- price: 1
  currency: GBP
# endregion
empty:
`;

describe("folding ranges", () => {
	async function foldsOf(text: string, foldingRange: FoldingRangeClientCapabilities): Promise<readonly FoldingRange[]> {
		const marked = await startMarked(
			{ "f.usage.yaml": text },
			{ capabilities: { ...NAVIGATING_CLIENT, textDocument: { ...NAVIGATING_CLIENT.textDocument, foldingRange } } },
		);
		const folds = await marked.lsp.request<FoldingRange[]>("textDocument/foldingRange", marked.at);
		await marked.dispose();
		return folds;
	}
	const show = ({ startLine, endLine, kind }: FoldingRange) => `${startLine}-${endLine}${kind === undefined ? "" : ` ${kind}`}`;

	it("hide whole lines: entries, items, brackets without the closing one, long texts, comments and regions", async () => {
		assert.deepEqual((await foldsOf(TEXT, { lineFoldingOnly: true })).map(show), [
			"0-1 comment",
			"3-10",
			"4-7",
			"5-6",
			"9-10",
			"11-15",
			"12-15",
			"13-14",
			"17-19",
			"20-24 region",
			"21-23",
			"22-23",
		]);
	});

	it("hide exactly what is inside for a client that can", async () => {
		const folds = await foldsOf(TEXT, {});
		const brackets = folds.find(({ startLine }) => startLine === 11);
		assert.deepEqual(brackets, { startLine: 11, startCharacter: 10, endLine: 16, endCharacter: 0 });
		const entry = folds.find(({ startLine }) => startLine === 3);
		assert.deepEqual(entry, { startLine: 3, startCharacter: 12, endLine: 10, endCharacter: 15 });
	});

	it("are the outer ones where a client wants only some", async () => {
		assert.deepEqual((await foldsOf(TEXT, { lineFoldingOnly: true, rangeLimit: 2 })).map(show), ["0-1 comment", "20-24 region"]);
	});

	it("are the same with CRLF, and what can be understood of a broken text", async () => {
		assert.deepEqual(
			(await foldsOf(TEXT.replaceAll("\n", "\r\n"), { lineFoldingOnly: true })).map(show),
			(await foldsOf(TEXT, { lineFoldingOnly: true })).map(show),
		);
		assert.deepEqual(
			(await foldsOf("kind: instance\nbundles:\n  - name: a\n    components: [\n", { lineFoldingOnly: true })).map(show).slice(0, 1),
			["1-3"],
		);
		assert.deepEqual(await foldsOf("", {}), []);
	});
}).timeout(120_000);
