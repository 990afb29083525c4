import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { DocumentSymbol } from "vscode-languageserver-protocol";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { type LspSession, startLsp } from "../support/lsp-harness.ts";

describe("document symbols", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;

	before(async () => {
		fixture = createFixture({ ...CLEAN_CLIENT, "broken.usage.yaml": "kind: project\nsubscriptions:\n  - client: A\n  - [\n" });
		lsp = await startLsp({ folders: [fixture.rootUri] });
	});
	after(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	const symbolsOf = (name: string) =>
		lsp.request<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument: { uri: fixture.uri(name) } });

	it("nests what the file nests, and calls entries by their names", async () => {
		const symbols = await symbolsOf("emea.usage.yaml");
		assert.deepEqual(
			symbols.map(({ name }) => name),
			["kind", "name", "project", "asOf", "usageCategory", "dataSources"],
		);
		assert.deepEqual(
			symbols.at(-1)?.children?.map(({ name }) => name),
			["devices", "installs"],
		);
		assert.equal(symbols[1]?.detail, "Acme EMEA");
	});

	it("keeps every name within its symbol, as the protocol demands", async () => {
		const check = (symbols: readonly DocumentSymbol[]): void => {
			for (const { range, selectionRange, children, name } of symbols) {
				assert.ok(name.length > 0);
				assert.ok(compare(range.start, selectionRange.start) <= 0 && compare(selectionRange.end, range.end) <= 0, name);
				check(children ?? []);
			}
		};
		for (const name of ["acme.usage.yaml", "emea.usage.yaml", "broken.usage.yaml"]) check(await symbolsOf(name));
	});

	it("shows what can be understood of a broken text, and nothing of a file that is not there", async () => {
		assert.equal((await symbolsOf("broken.usage.yaml"))[0]?.name, "kind");
		assert.deepEqual(await symbolsOf("none.usage.yaml"), []);
	});
}).timeout(120_000);

function compare(left: { line: number; character: number }, right: { line: number; character: number }): number {
	return left.line - right.line || left.character - right.character;
}
