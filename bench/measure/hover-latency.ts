import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { PreviewParams, PreviewSummary } from "../../server/protocol/preview-messages.ts";
import { PREVIEW_REQUEST } from "../../server/protocol/requests.ts";
import { createJsonRpcClient } from "./json-rpc-client.ts";
import { percentile } from "./median.ts";

/** How fast the language server answers while it loads an estate. */
export interface HoverMeasured {
	/** From the request of the preview to its answer. */
	readonly previewMs: number;
	readonly hovers: number;
	readonly p50Ms: number;
	readonly p95Ms: number;
	readonly maxMs: number;
	/** The same without a load. */
	readonly idleP95Ms: number;
}

/** Asks a language server for a preview, and for a hover every ten milliseconds until the preview is there, whether or not the last one was answered. */
export async function measureHover(serverFile: string, folder: string, instance: string): Promise<HoverMeasured> {
	const server = spawn(process.execPath, [serverFile, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
	try {
		const client = createJsonRpcClient(server);
		const uri = pathToFileURL(join(folder, instance)).href;
		const text = readFileSync(join(folder, instance), "utf8");
		await client.request("initialize", {
			processId: process.pid,
			rootUri: null,
			workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "bench" }],
			capabilities: { textDocument: { hover: { contentFormat: ["markdown"] } } },
		});
		client.notify("initialized", {});
		client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "usage-report", version: 1, text } });
		const position = positionOf(text, "UsedCategoryLimit");

		async function hover(): Promise<number> {
			const asked = performance.now();
			const answer = await client.request("textDocument/hover", { textDocument: { uri }, position });
			if (answer === null) throw new Error("The language server has nothing to say at the place that is hovered over.");
			return performance.now() - asked;
		}

		async function hoverUntil(ended: () => boolean): Promise<readonly number[]> {
			const asked: Promise<number>[] = [];
			while (!ended()) {
				asked.push(hover());
				await delay(HOVER_PERIOD_MS);
			}
			return Promise.all(asked);
		}

		let rounds = 0;
		await hoverUntil(() => ++rounds > IDLE_HOVERS);
		rounds = 0;
		const idle = await hoverUntil(() => ++rounds > IDLE_HOVERS);

		const started = performance.now();
		let previewMs: number | null = null;
		const preview = client.request(PREVIEW_REQUEST, { uri } satisfies PreviewParams).then((answer) => {
			previewMs = performance.now() - started;
			return answer as PreviewSummary | { readonly failed: true; readonly message: string };
		});
		const busy = await hoverUntil(() => previewMs !== null || server.exitCode !== null);
		const answer = await preview;
		if (answer.failed) throw new Error(answer.message);
		await client.request("shutdown", null);
		client.notify("exit", null);
		return {
			previewMs: previewMs ?? Number.NaN,
			hovers: busy.length,
			p50Ms: percentile(busy, 0.5),
			p95Ms: percentile(busy, 0.95),
			maxMs: percentile(busy, 1),
			idleP95Ms: percentile(idle, 0.95),
		};
	} finally {
		server.kill();
	}
}

const HOVER_PERIOD_MS = 10;
const IDLE_HOVERS = 100;

function positionOf(text: string, word: string): { readonly line: number; readonly character: number } {
	const lines = text.split("\n");
	const line = lines.findIndex((content) => content.includes(word));
	return { line, character: lines[line]!.indexOf(word) + 1 };
}
