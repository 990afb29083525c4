import * as vscode from "vscode";
import type { Failure } from "../../server/protocol/requests.ts";
import { isFailure } from "../failure.ts";
import { type HostMessage, readHostMessage, readViewMessage, type ViewCommand, type ViewMessage } from "../webviews/messages.ts";
import { type AskAnswers, createAskAnswerer } from "./ask-answerer.ts";
import { COMMON_ANSWERS } from "./common-answers.ts";
import { layoutAnswers, readLayouts } from "./table-layouts.ts";
import { viewHtml } from "./view-html.ts";

/** What a webview has drawn; tests wait for it. */
export interface Rendered {
	readonly viewType: string;
	readonly uris: readonly string[];
	readonly table: string;
	/** Rows that stand in the document. */
	readonly rows: number;
	/** Rows that there are. */
	readonly total: number;
}

/** How one kind of result is titled, loaded and served. */
export interface ResultKind<Result> {
	readonly viewType: string;
	/** Base name of the script and the style sheet in `dist/webviews`. */
	readonly view: "preview" | "report";
	/** Title of the panel before and after its result is known. */
	titleOf(uris: readonly string[], result: Result | null): string;
	load(uris: readonly string[], token: vscode.CancellationToken, onProgress: (text: string) => void): Promise<Result | Failure | null>;
	messageOf(result: Result, revision: number, uris: readonly string[]): HostMessage;
	/** What the view of a panel can ask for, beside what every view can. */
	readonly answers: AskAnswers;
	readonly log: vscode.LogOutputChannel;
	command(command: Exclude<ViewCommand, "reload" | "cancel">, uris: readonly string[]): void;
	/** Whether a change of these files may change the result. */
	concerns(uris: readonly string[], changed: readonly string[]): boolean;
}

/** The open panels of one kind of result. */
export interface ResultPanels {
	/** Shows the panel of these files, in its present place if it is open; resolves when its first load has ended. */
	open(uris: readonly string[], token?: vscode.CancellationToken, onProgress?: (text: string) => void): Promise<void>;
	/** Loads the panels anew that show something of these files; hidden ones when they are seen again. */
	changed(uris: readonly string[]): void;
	/** Tells the view of the open panel of these files something, as soon as it can hear it; nothing happens without a panel. */
	tell(uris: readonly string[], message: HostMessage): void;
	/** Files of the panel that has the focus; null when none has. */
	active(): readonly string[] | null;
	readonly onDidRender: vscode.Event<Rendered>;
}

/** Makes the host of one kind of result panel, which also revives its panels after a reload of the window. */
export function createResultPanels<Result>(context: vscode.ExtensionContext, kind: ResultKind<Result>): ResultPanels {
	const panels = new Map<string, Panel>();
	const rendered = new vscode.EventEmitter<Rendered>();
	const file = (...path: readonly string[]) => vscode.Uri.joinPath(context.extensionUri, ...path);
	const roots = [file("dist", "webviews")];
	const icon = { light: file("client", "icons", "usage-file-light.svg"), dark: file("client", "icons", "usage-file-dark.svg") };

	function adopt(panel: vscode.WebviewPanel, uris: readonly string[]): Panel {
		panel.webview.options = { enableScripts: true, localResourceRoots: roots };
		panel.iconPath = icon;
		const host = createPanel(panel, kind, uris, rendered, context);
		panels.set(keyOf(uris), host);
		panel.onDidDispose(() => panels.delete(keyOf(uris)));
		panel.webview.html = viewHtml(panel.webview, context.extensionUri, kind.view, panel.title, readLayouts(context));
		return host;
	}

	context.subscriptions.push(
		rendered,
		vscode.window.registerWebviewPanelSerializer(kind.viewType, {
			async deserializeWebviewPanel(panel, state: unknown) {
				const uris = urisOfState(state);
				if (uris === null || panels.has(keyOf(uris))) panel.dispose();
				else void adopt(panel, uris).load();
			},
		}),
		new vscode.Disposable(() => {
			for (const host of panels.values()) host.dispose();
		}),
	);

	return {
		async open(uris, token, onProgress) {
			const open = panels.get(keyOf(uris));
			if (open !== undefined) {
				open.panel.reveal();
				return open.load(token, onProgress);
			}
			const panel = vscode.window.createWebviewPanel(kind.viewType, kind.titleOf(uris, null), vscode.ViewColumn.Active, {});
			return adopt(panel, uris).load(token, onProgress);
		},
		changed(changed) {
			for (const host of panels.values()) if (kind.concerns(host.uris, changed)) host.invalidate();
		},
		tell(uris, message) {
			panels.get(keyOf(uris))?.tell(message);
		},
		active() {
			return [...panels.values()].find((host) => host.panel.active)?.uris ?? null;
		},
		onDidRender: rendered.event,
	};
}

interface Panel {
	readonly panel: vscode.WebviewPanel;
	readonly uris: readonly string[];
	load(token?: vscode.CancellationToken, onProgress?: (text: string) => void): Promise<void>;
	invalidate(): void;
	tell(message: HostMessage): void;
	dispose(): void;
}

/** Time without a further change after which a panel loads anew, in milliseconds. */
const QUIET_MS = 400;

function createPanel<Result>(
	panel: vscode.WebviewPanel,
	kind: ResultKind<Result>,
	uris: readonly string[],
	rendered: vscode.EventEmitter<Rendered>,
	context: vscode.ExtensionContext,
): Panel {
	let revision = 0;
	let stale = false;
	let running: vscode.CancellationTokenSource | null = null;
	let timer: NodeJS.Timeout | undefined;
	// A view that was hidden starts anew and gets these again: the last result, and what went wrong after it.
	let result: HostMessage | null = null;
	let failure: HostMessage | null = null;
	let listening = false;
	const untold: HostMessage[] = [];
	const asks = createAskAnswerer({ ...COMMON_ANSWERS, ...layoutAnswers(context), ...kind.answers }, uris, kind.log);

	const post = (message: HostMessage) => void panel.webview.postMessage(message);

	async function load(outer?: vscode.CancellationToken, onProgress?: (text: string) => void): Promise<void> {
		clearTimeout(timer);
		running?.cancel();
		const source = new vscode.CancellationTokenSource();
		running = source;
		const link = outer?.onCancellationRequested(() => source.cancel());
		stale = false;
		post({ type: "loading" });
		const follow = (text: string) => {
			onProgress?.(text);
			if (running === source) post({ type: "progress", text });
		};
		const answer = await kind
			.load(uris, source.token, follow)
			.catch((error: unknown): Failure => ({ failed: true, message: error instanceof Error ? error.message : String(error) }));
		link?.dispose();
		source.dispose();
		if (running !== source) return;
		running = null;
		show(answer);
	}

	function show(answer: Result | Failure | null): void {
		if (answer === null) {
			failure = { type: "failed", uris, message: vscode.l10n.t("Loading was cancelled.") };
		} else if (isFailure(answer)) {
			failure = { type: "failed", uris, message: answer.message };
		} else {
			const message = kind.messageOf(answer, revision + 1, uris);
			if (readHostMessage(message) === null) {
				// The view would refuse it without a word.
				kind.log.error(`${kind.viewType}: the server's answer has not the agreed shape.`);
				failure = {
					type: "failed",
					uris,
					message: vscode.l10n.t("The answer could not be read. Restart the Usage Report server, or see the log."),
				};
			} else {
				revision++;
				failure = null;
				result = message;
				panel.title = kind.titleOf(uris, answer);
				post(result);
			}
		}
		if (failure !== null) post(failure);
	}

	function invalidate(): void {
		stale = true;
		if (!panel.visible) return;
		clearTimeout(timer);
		timer = setTimeout(() => void load(), QUIET_MS);
	}

	async function receive(message: ViewMessage): Promise<void> {
		switch (message.type) {
			case "ready":
				// A new document counts its asks from 1 again.
				asks.cancelAll();
				listening = true;
				if (running !== null) post({ type: "loading" });
				if (result !== null) post(result);
				if (failure !== null) post(failure);
				for (const told of untold.splice(0)) post(told);
				return;
			case "ask": {
				const answer = await asks.answer(message);
				if (answer !== null) post(answer);
				return;
			}
			case "cancelAsk":
				return asks.cancel(message.id);
			case "fault":
				return kind.log.error(`${kind.viewType}: ${message.text}`);
			case "command":
				if (message.command === "reload") return load();
				if (message.command === "cancel") return running?.cancel();
				return kind.command(message.command, uris);
			case "rendered":
				rendered.fire({ viewType: kind.viewType, uris, table: message.table, rows: message.rows, total: message.total });
		}
	}

	panel.webview.onDidReceiveMessage((data: unknown) => {
		const message = readViewMessage(data);
		if (message !== null) void receive(message);
		else kind.log.error(`${kind.viewType}: a message of the view has not the agreed shape.`);
	});
	panel.onDidChangeViewState(() => {
		// A hidden view has no document; the next one says again that it is ready.
		if (!panel.visible) listening = false;
		if (panel.visible && stale) void load();
	});
	panel.onDidDispose(() => {
		clearTimeout(timer);
		asks.cancelAll();
		running?.cancel();
		running = null;
	});
	const tell = (message: HostMessage) => (listening ? post(message) : void untold.push(message));
	return { panel, uris, load, invalidate, tell, dispose: () => panel.dispose() };
}

function keyOf(uris: readonly string[]): string {
	return [...uris].sort().join("\n");
}

/** The files that a panel showed, from the state that its view kept; null when the state is not ours. */
function urisOfState(state: unknown): readonly string[] | null {
	const uris = typeof state === "object" && state !== null ? (state as { uris?: unknown }).uris : null;
	return Array.isArray(uris) && uris.every((uri) => typeof uri === "string") ? (uris as string[]) : null;
}
