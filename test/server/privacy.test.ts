import assert from "node:assert/strict";
import path from "node:path";
import { describe, it } from "mocha";
import { type Diagnostic, Trace, TraceFormat } from "vscode-languageserver-protocol/node";
import { createFixture } from "../support/fixture-workspace.ts";
import { ACCESS_CASES, findUsers, findUsersInFiles } from "../support/invented-users.ts";
import { type LspSession, startLsp } from "../support/lsp-harness.ts";

const FILE = "acme.usage.yaml";

describe("names of users in the language server", () => {
	for (const { what, files } of ACCESS_CASES) {
		it(`are in no message and no file: ${what}`, async () => {
			const fixture = createFixture(files);
			const lsp = await startLsp({ folders: [fixture.rootUri] });
			const messages: string[] = [];
			const note = (...parts: readonly unknown[]) => messages.push(parts.map((part) => JSON.stringify(part)).join(" "));
			await lsp.connection.trace(Trace.Verbose, { log: note }, { sendNotification: false, traceFormat: TraceFormat.JSON });
			try {
				const uri = fixture.uri(FILE);
				const written = files[FILE]!;
				await askEverything(lsp, uri, written, fixture.path("report"));
				// What somebody sees who is writing the entry.
				await askAt(
					lsp,
					uri,
					`${written.slice(0, written.lastIndexOf("accesses,"))}accesses, provides: userActivity, type: csv, path: a.csv, columns: { server: , user:  } }\n`,
				);
				assert.ok(messages.length > 100, `${messages.length} messages`);
				assert.ok(messages.some((message) => message.includes("acme-live")));
				assert.deepEqual([...messages, ...lsp.errors, ...lsp.shown].filter((message) => findUsers(message).length > 0).map(shorten), []);
			} finally {
				await lsp.dispose();
			}
			try {
				assert.deepEqual(
					findUsersInFiles(fixture.root, (name) => path.basename(name) in files),
					[],
				);
			} finally {
				fixture.dispose();
			}
		}).timeout(120_000);
	}
});

/** Every question that a client asks of its own accord or at the wish of a person. */
async function askEverything(lsp: LspSession, uri: string, text: string, exportTo: string): Promise<void> {
	await askAt(lsp, uri, text);
	await lsp.pullAll();
	const range = { start: { line: 0, character: 0 }, end: { line: text.split("\n").length, character: 0 } };
	const textDocument = { uri };
	const diagnostics: readonly Diagnostic[] = await lsp.pull(uri);
	for (const [method, params] of [
		["textDocument/codeAction", { textDocument, range, context: { diagnostics } }],
		["textDocument/codeLens", { textDocument }],
		["textDocument/inlayHint", { textDocument, range }],
		["textDocument/documentSymbol", { textDocument }],
		["textDocument/documentLink", { textDocument }],
		["workspace/symbol", { query: "" }],
		["usageReport/report", { uris: [], workDoneToken: "report" }],
		["usageReport/report", { uris: [uri] }],
		["usageReport/reportServer", { uris: [], server: "acme-live" }],
		["usageReport/reportServer", { uris: [uri], server: "acme-test" }],
		["usageReport/exportReport", { uris: [], file: `${exportTo}.xlsx`, workDoneToken: "export" }],
		["usageReport/exportReport", { uris: [], file: `${exportTo}-2.xlsx`, filter: { flags: ["renewal due"] } }],
		["usageReport/clients", {}],
		["usageReport/status", {}],
	] as const)
		await ask(lsp, method, params);
}

/** Asks for hovers, completion and definitions all over a text. */
async function askAt(lsp: LspSession, uri: string, text: string): Promise<void> {
	await lsp.open(uri, text);
	await lsp.pull(uri);
	const questions: Promise<void>[] = [];
	for (const [line, content] of text.split("\n").entries()) {
		for (let character = 0; character <= content.length; character += line > 4 ? 2 : 9) {
			const params = { textDocument: { uri }, position: { line, character } };
			for (const method of ["hover", "completion"]) questions.push(ask(lsp, `textDocument/${method}`, params));
		}
	}
	await Promise.all(questions);
	await ask(lsp, "textDocument/inlayHint", {
		textDocument: { uri },
		range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
	});
	await lsp.close(uri);
}

/** The answer is in the trace; that some questions have none is not what is looked at here. */
async function ask(lsp: LspSession, method: string, params: unknown): Promise<void> {
	await lsp.request(method, params).catch(() => {});
}

function shorten(message: string): string {
	const user = findUsers(message)[0]!;
	const at = Math.max(0, message.toLowerCase().indexOf(user));
	return `${message.slice(0, 80)} … ${message.slice(Math.max(0, at - 200), at + 80)}`;
}
