import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { CancellationTokenSource, type SymbolInformation } from "vscode-languageserver-protocol";
import { type MarkedWorkspace, startMarked } from "../support/marked-workspace.ts";

describe("workspace symbols", () => {
	let workspace: MarkedWorkspace;

	before(async () => {
		workspace = await startMarked({
			"p.usage.yaml":
				"kind: project\ntitle: Åland Sea\nusageCategory: { UsedCategoryLimit: 30 }\nsubscriptions:\n  - client: Aland plc\n    servers: [aland-live]\ndataSources: [{ name: weekly log }]\n",
			"i.usage.yaml":
				'kind: instance\nname: "/*[*/Harbour/*]*/"\nproject: p.usage.yaml\ndataSources:\n  - name: device list\nbundles:\n  - name: Suite\n    components: [Word]\nreclaimPolicies:\n  - name: Visio reclaim\n    products: [Visio*]\n',
			"broken.usage.yaml": "kind: project\ntitle: Broken\nsubscriptions: [\n",
		});
	});
	after(() => workspace.dispose());

	const rows: readonly { readonly query: string; readonly found: readonly string[] }[] = [
		{
			query: "",
			found: ["Broken", "Harbour", "device list", "Suite", "Visio reclaim", "Åland Sea", "Aland plc", "aland-live", "weekly log"],
		},
		{ query: "LIVE", found: ["aland-live"] },
		{ query: "vrec", found: ["Visio reclaim"] },
		{ query: "visio reclaim", found: ["Visio reclaim"] },
		{ query: "åland", found: ["Åland Sea"] },
		{ query: "lis", found: ["device list"] },
		{ query: "e", found: ["Broken", "device list", "Suite", "Visio reclaim", "Åland Sea", "aland-live", "weekly log"] },
		{ query: "word", found: [] },
	];
	for (const { query, found } of rows) {
		it(`finds ${JSON.stringify(query)}: ${found.length}`, async () => {
			const symbols = await workspace.lsp.request<SymbolInformation[]>("workspace/symbol", { query });
			assert.deepEqual(
				symbols.map(({ name }) => name),
				found,
			);
		});
	}

	it("says where a symbol stands, and what it belongs to", async () => {
		const symbols = await workspace.lsp.request<SymbolInformation[]>("workspace/symbol", { query: "" });
		const containers = Object.fromEntries(symbols.map(({ name, containerName }) => [name, containerName ?? null]));
		assert.deepEqual(
			[containers["Åland Sea"], containers["Harbour"], containers["Suite"], containers["aland-live"]],
			[null, "Åland Sea", "Harbour", "Åland Sea"],
		);
		const { location } = symbols.find(({ name }) => name === "Harbour")!;
		assert.deepEqual([workspace.place(location.uri, location.range)], workspace.marked);
	});

	it("puts what has the query in one piece first", async () => {
		const symbols = await workspace.lsp.request<SymbolInformation[]>("workspace/symbol", { query: "se" });
		assert.deepEqual(
			symbols.map(({ name }) => name),
			["Åland Sea", "Suite", "Visio reclaim"],
		);
	});

	it("follows the text of open documents, and can be cancelled", async () => {
		await workspace.lsp.open(workspace.fixture.uri("new.usage.yaml"), "kind: project\ntitle: Newcomer\n");
		const symbols = await workspace.lsp.request<SymbolInformation[]>("workspace/symbol", { query: "newc" });
		assert.deepEqual(
			symbols.map(({ name }) => name),
			["Newcomer"],
		);
		const source = new CancellationTokenSource();
		const asked = workspace.lsp.connection.sendRequest("workspace/symbol", { query: "" }, source.token);
		source.cancel();
		await asked.catch((error: { code: number }) => assert.equal(error.code, -32800));
	});
}).timeout(120_000);
