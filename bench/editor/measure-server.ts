import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { createJsonRpcClient } from "../measure/json-rpc-client.ts";
import { percentile } from "../measure/median.ts";
import type { EditorDocument } from "./editor-documents.ts";
import type { MeasuredServer } from "./servers.ts";

/** What is asked for after a keystroke. */
export type Asked = "diagnostics" | "completion" | "hover" | "symbols";

export const ASKED: readonly Asked[] = ["diagnostics", "completion", "hover", "symbols"];

/** Milliseconds of one server on one document. */
export interface ServerMeasured {
	/** From opening to diagnostics. */
	readonly openMs: number;
	readonly keystroke: { readonly [asked in Asked]: { readonly medianMs: number; readonly p95Ms: number } };
	/** Resident memory of the process after it all; null where the system does not tell. */
	readonly memoryBytes: number | null;
	/** Symbols that were answered, which need not be all. */
	readonly symbols: number;
}

/**
 * Opens a document in a server of its own, types into it, and asks. Each keystroke is followed by one question, whose answer has to be about the
 * new text; before the next one the server has come to rest.
 */
export async function measureServer(
	server: MeasuredServer,
	folder: string,
	document: EditorDocument,
	keystrokes: number,
): Promise<ServerMeasured> {
	const child = spawn(process.execPath, [...server.args], { stdio: ["pipe", "pipe", "inherit"] });
	try {
		const settings = server.settings(folder);
		const tooLong = setTimeout(() => child.kill(), MOST_MS);
		const ended = new Promise<never>((_, reject) => {
			child.once("exit", () => {
				clearTimeout(tooLong);
				reject(new Error(`no answer within ${MOST_MS / 60_000} minutes.`));
			});
		});
		ended.catch(() => {});
		let published: (uri: string) => void = () => {};
		const client = createJsonRpcClient(child, {
			answer: (method, params) =>
				method === "workspace/configuration"
					? (params as { items: readonly { section?: string }[] }).items.map(({ section }) => settings[section ?? ""] ?? null)
					: null,
			hear: (method, params) => {
				if (method === "textDocument/publishDiagnostics") published((params as { uri: string }).uri);
			},
		});
		await client.request("initialize", {
			processId: process.pid,
			rootUri: pathToFileURL(folder).href,
			workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "bench" }],
			capabilities: CAPABILITIES,
		});
		client.notify("initialized", {});
		client.notify("workspace/didChangeConfiguration", { settings });
		await delay(REST_MS);

		const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
		async function diagnosticsAfter(uri: string, change: () => void): Promise<number> {
			const arrived = new Promise<void>((resolve) => {
				published = (about) => {
					if (about === uri) resolve();
				};
			});
			const started = performance.now();
			change();
			if (server.pushes) await Promise.race([arrived, ended]);
			else await client.request("textDocument/diagnostic", { textDocument: { uri } });
			return performance.now() - started - server.waitsMs;
		}
		const open = (uri: string, text: string) =>
			client.notify("textDocument/didOpen", { textDocument: { uri, languageId: server.languageId, version: 1, text } });

		// Schemas and code are read and compiled before anything is measured.
		const small = uriOf(`small-${document.fileName}`);
		for (let round = 0; round < WARM_UPS; round++) {
			await diagnosticsAfter(small, () => open(small, smallPartOf(document)));
			client.notify("textDocument/didClose", { textDocument: { uri: small } });
			await delay(REST_MS);
		}

		const uri = uriOf(document.fileName);
		const openMs = await diagnosticsAfter(uri, () => open(uri, document.text));
		const lines = document.text.split("\n");
		let version = 1;
		let typed = 0;
		let symbols = 0;

		/** Types a letter at the end of a line in the middle; the next time at another. */
		function type(): number {
			const line = document.typingLines[typed++ % document.typingLines.length]!;
			const character = lines[line]!.length;
			lines[line] += "x";
			client.notify("textDocument/didChange", {
				textDocument: { uri, version: ++version },
				contentChanges: [{ range: { start: { line, character }, end: { line, character } }, text: "x" }],
			});
			return line;
		}

		async function ask(asked: Exclude<Asked, "diagnostics">): Promise<number> {
			const rest = new Promise<void>((resolve) => {
				published = () => resolve();
			});
			const started = performance.now();
			const line = type();
			const textDocument = { uri };
			const key = { line, character: lines[line]!.search(/\w/) + 1 };
			if (asked === "symbols") {
				const answer = await client.request("textDocument/documentSymbol", { textDocument });
				symbols = countSymbols(answer);
			} else {
				const answer = await client.request(`textDocument/${asked}`, { textDocument, position: key });
				if (isNothing(answer)) throw new Error(`${server.name} answers nothing to ${asked} in ${document.fileName}.`);
			}
			const took = performance.now() - started;
			await (server.pushes ? Promise.race([rest, ended]) : client.request("textDocument/diagnostic", { textDocument }));
			return took;
		}

		const times: Record<Asked, number[]> = { diagnostics: [], completion: [], hover: [], symbols: [] };
		for (let round = 0; round < keystrokes + WARM_UPS; round++) {
			for (const asked of ASKED) {
				await delay(REST_MS);
				const took = asked === "diagnostics" ? await diagnosticsAfter(uri, type) : await ask(asked);
				if (round >= WARM_UPS) times[asked].push(took);
			}
		}
		const memoryBytes = residentMemory(child.pid!);
		await client.request("shutdown", null);
		client.notify("exit", null);
		const summary = (asked: Asked) => ({ medianMs: percentile(times[asked], 0.5), p95Ms: percentile(times[asked], 0.95) });
		return {
			openMs,
			keystroke: {
				diagnostics: summary("diagnostics"),
				completion: summary("completion"),
				hover: summary("hover"),
				symbols: summary("symbols"),
			},
			memoryBytes,
			symbols,
		};
	} finally {
		child.kill();
	}
}

const WARM_UPS = 2;
/** What takes longer for one document has failed. */
const MOST_MS = 300_000;
/** Until a server has done what it does later of its own accord. */
const REST_MS = 260;

const CAPABILITIES = {
	workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: false } },
	textDocument: {
		hover: { contentFormat: ["markdown"] },
		completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
		documentSymbol: { hierarchicalDocumentSymbolSupport: true },
		diagnostic: { relatedDocumentSupport: false },
		publishDiagnostics: { relatedInformation: true },
	},
};

/** The first hundred lines, which end where an entry does. */
function smallPartOf({ text }: EditorDocument): string {
	const lines = text.split("\n");
	let end = Math.min(100, lines.length);
	while (end < lines.length && !/^ {2}- /.test(lines[end]!)) end++;
	return `${lines.slice(0, end).join("\n")}\n`;
}

function isNothing(answer: unknown): boolean {
	if (answer === null || answer === undefined) return true;
	const items = Array.isArray(answer) ? answer : (answer as { items?: unknown }).items;
	return Array.isArray(items) && items.length === 0;
}

function countSymbols(answer: unknown): number {
	if (!Array.isArray(answer)) return 0;
	return (answer as readonly { children?: unknown }[]).reduce((total, symbol) => total + 1 + countSymbols(symbol.children), 0);
}

function residentMemory(pid: number): number | null {
	try {
		const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
		return kilobytes === undefined ? null : Number(kilobytes) * 1024;
	} catch {
		return null;
	}
}
