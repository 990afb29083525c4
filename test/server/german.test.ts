import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, it } from "mocha";
import type { Diagnostic, Hover, MarkupContent } from "vscode-languageserver-protocol";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver-protocol/node";

const FOLDER = resolve("samples/faulty");
const FILES = globSync("*.usage.yaml", { cwd: FOLDER }).sort();

/** What the server says of a place, by the file and the line of it. */
interface Said {
	readonly diagnostics: readonly { readonly at: string; readonly message: string }[];
	readonly hovers: readonly { readonly at: string; readonly text: string }[];
}

describe("language server in German", () => {
	it("says in German all that it says in English of the faulty samples, and nothing in English", async () => {
		const english = await listen("en");
		const german = await listen("de-AT");
		assert.ok(english.diagnostics.length > 60, `${english.diagnostics.length} diagnostics`);
		assert.ok(english.hovers.length > 60, `${english.hovers.length} hovers`);
		assert.deepEqual(
			german.diagnostics.map(({ at }) => at),
			english.diagnostics.map(({ at }) => at),
		);
		const same = german.diagnostics.filter(({ message }, index) => message === english.diagnostics[index]!.message);
		assert.deepEqual(same, []);
		const mixed = [...german.diagnostics.map(({ at, message }) => ({ at, text: message })), ...german.hovers].filter(({ text }) =>
			ENGLISH.test(plain(text)),
		);
		assert.deepEqual(mixed, []);
	}).timeout(120_000);

	it("says it in English where it has no texts in a language", async () => {
		const [english, unknown] = [await listen("en-GB"), await listen("xx")];
		assert.deepEqual(unknown.diagnostics, english.diagnostics);
	}).timeout(120_000);
});

/** Words that no German sentence has; what stands in quotes, in code or after a colon of a foreign message is data. */
const ENGLISH = /\b(?:the|this|these|and|or|not|with|without|which|from|has|have|are|should|must be|cannot)\b/i;

function plain(text: string): string {
	return text.replace(/^\|.*$|`[^`]*`|„[^“]*“|"[^"]*"|'[^']*'|\*\*[^*]*\*\*|#[^\n]*|\[[^\]]*\]\([^)]*\)|\([^)]*\)/gm, " ");
}

function markdownOf({ contents }: Hover): string {
	return (contents as MarkupContent).value;
}

/** Diagnostics and hovers of all files of the samples, from a server of its own. */
async function listen(locale: string): Promise<Said> {
	const child = spawn(process.execPath, ["server/main.ts", "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
	const ended = new Promise((done) => child.on("exit", done));
	const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
	connection.listen();
	try {
		const rootUri = pathToFileURL(FOLDER).href;
		const capabilities = { textDocument: { diagnostic: {}, hover: { contentFormat: ["markdown"] } } };
		await connection.sendRequest("initialize", { processId: null, rootUri, locale, capabilities });
		await connection.sendNotification("initialized", {});
		const diagnostics: { at: string; message: string }[] = [];
		const hovers: { at: string; text: string }[] = [];
		for (const file of FILES) {
			const text = readFileSync(resolve(FOLDER, file), "utf8");
			const textDocument = { uri: pathToFileURL(resolve(FOLDER, file)).href, languageId: "usage-report", version: 1, text };
			await connection.sendNotification("textDocument/didOpen", { textDocument });
			const report = await connection.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument });
			for (const { range, code, message } of report.items)
				diagnostics.push({ at: `${file}:${range.start.line + 1} ${code}`, message: String(message) });
			for (const [line, content] of text.split("\n").entries()) {
				const character = /\S(?=.*:)/.exec(content)?.index ?? -1;
				if (character < 0 || content.trim().startsWith("#")) continue;
				const hover = await connection.sendRequest<Hover | null>("textDocument/hover", { textDocument, position: { line, character } });
				if (hover !== null) hovers.push({ at: `${file}:${line + 1}`, text: markdownOf(hover) });
			}
		}
		await connection.sendRequest("shutdown");
		await connection.sendNotification("exit");
		return { diagnostics: diagnostics.sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0)), hovers };
	} finally {
		await ended;
		connection.dispose();
	}
}
