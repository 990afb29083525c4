import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { DocumentLink } from "vscode-languageserver-protocol";
import { FULL_CLIENT } from "../support/lsp-harness.ts";
import { startMarked } from "../support/marked-workspace.ts";

const FILES = {
	"in/i.usage.yaml":
		'kind: instance # 🙂\r\nname: I\r\nproject: /*[*/../p.usage.yaml/*]*/\r\ndataSources:\r\n  - { name: a, path: "/*[*/data/a ü.csv/*]*/", table: data }\r\n  - name: b\r\n    path: /*[*/../out.csv/*]*/ # x\r\n  - path: data/none.csv\r\n  - path: data\r\nlimitAdvice:\r\n  - reference: data/a ü.csv\r\n',
	"p.usage.yaml": "kind: project\ntitle: Acme\n",
	"in/data/a ü.csv": "device\n",
	"out.csv": "device\n",
};

describe("document links", () => {
	it("lead from paths to the files that there are", async () => {
		const marked = await startMarked(FILES);
		const links = await marked.lsp.request<DocumentLink[]>("textDocument/documentLink", {
			textDocument: { uri: marked.fixture.uri("in/i.usage.yaml") },
		});
		assert.deepEqual(
			links.map(({ range }) => marked.place(marked.fixture.uri("in/i.usage.yaml"), range)),
			marked.marked,
		);
		assert.deepEqual(
			links.map(({ target }) => target),
			["p.usage.yaml", "in/data/a ü.csv", "out.csv"].map(marked.fixture.uri),
		);
		assert.equal(links[0]?.tooltip, 'Open the project "Acme"');
		assert.equal(links[1]?.tooltip, `Open ${marked.fixture.path("in/data/a ü.csv")}`);
		await marked.dispose();
	});

	it("lead nowhere outside of a workspace that is not trusted, and have no words for a client that shows none", async () => {
		const marked = await startMarked(FILES, { folder: "in", capabilities: FULL_CLIENT, initializationOptions: { trusted: false } });
		const links = await marked.lsp.request<DocumentLink[]>("textDocument/documentLink", {
			textDocument: { uri: marked.fixture.uri("in/i.usage.yaml") },
		});
		assert.deepEqual(
			links.map(({ target, tooltip }) => [target, tooltip]),
			[[marked.fixture.uri("in/data/a ü.csv"), undefined]],
		);
		await marked.dispose();
	});
}).timeout(120_000);
