import { PassThrough } from "node:stream";
import { createConnection, StreamMessageReader as ServerReader, StreamMessageWriter as ServerWriter } from "vscode-languageserver/node";
import {
	type ClientCapabilities,
	createProtocolConnection,
	type Diagnostic,
	type InitializeResult,
	type ProtocolConnection,
	type PublishDiagnosticsParams,
	type Registration,
	StreamMessageReader,
	StreamMessageWriter,
	type TextDocumentContentChangeEvent,
	type WorkspaceDiagnosticReport,
} from "vscode-languageserver-protocol/node";
import { type ServerOptions, startServer } from "../../server/server.ts";
import { readCaretFixture } from "./caret-fixture.ts";

/** A real server and a real client in this process, joined by two streams. */
export interface LspSession {
	readonly connection: ProtocolConnection;
	readonly initialized: InitializeResult;
	/** Everything that the server has asked the client to register and not to unregister since, newest last. */
	readonly registrations: readonly Registration[];
	/** Errors that the server has logged. */
	readonly errors: readonly string[];
	/** Messages that the server has shown to the person. */
	readonly shown: readonly string[];
	open(uri: string, text: string): Promise<void>;
	/** Replaces the whole text. */
	change(uri: string, text: string): Promise<void>;
	/** Sends changes as they are. */
	edit(uri: string, changes: readonly TextDocumentContentChangeEvent[]): Promise<void>;
	close(uri: string): Promise<void>;
	request<Answer>(method: string, params: unknown): Promise<Answer>;
	notify(method: string, params: unknown): Promise<void>;
	/** Diagnostics of one file, by pull. */
	pull(uri: string): Promise<readonly Diagnostic[]>;
	/** Diagnostics of the whole workspace by pull: `code` lists by URI. */
	pullAll(): Promise<Readonly<Record<string, readonly string[]>>>;
	/** The next notification or request of a method that satisfies a condition, also one that came before and was not taken yet. */
	next<Params>(method: string, holds?: (params: Params) => boolean): Promise<Params>;
	/** Tells that files changed on the disk; 1 created, 2 changed, 3 deleted. */
	filesChanged(...changes: readonly { readonly uri: string; readonly type: 1 | 2 | 3 }[]): Promise<void>;
	dispose(): Promise<void>;
}

/** What a session starts with. */
export interface SessionStart {
	/** Folder URIs. */
	readonly folders: readonly string[];
	readonly capabilities?: ClientCapabilities;
	readonly initializationOptions?: unknown;
	/** What the client answers for the section `usageReport`. */
	readonly settings?: unknown;
	readonly server?: ServerOptions;
}

/** A client that can do all that VS Code can. */
export const FULL_CLIENT: ClientCapabilities = {
	general: { positionEncodings: ["utf-16"] },
	window: { workDoneProgress: true },
	workspace: {
		configuration: true,
		didChangeConfiguration: { dynamicRegistration: true },
		didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
		diagnostics: { refreshSupport: true },
		inlayHint: { refreshSupport: true },
		codeLens: { refreshSupport: true },
		workspaceFolders: true,
	},
	textDocument: {
		codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } }, isPreferredSupport: true },
		completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
		diagnostic: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, codeDescriptionSupport: true, dataSupport: true },
		documentSymbol: { hierarchicalDocumentSymbolSupport: true },
		hover: { contentFormat: ["markdown"] },
		inlayHint: {},
		codeLens: {},
	},
};

/** A client that cannot pull diagnostics; they are pushed to it. */
export const PUSH_CLIENT: ClientCapabilities = {
	textDocument: {
		publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, codeDescriptionSupport: true, dataSupport: true },
	},
};

/** 2026-11-04T21:30:00Z, a Wednesday evening just after the weekly log. */
export const TEST_NOW = Date.UTC(2026, 10, 4, 21, 30);

/** Starts server and client, and waits until the workspace is read. */
export async function startLsp(start: SessionStart): Promise<LspSession> {
	const up = new PassThrough();
	const down = new PassThrough();
	const serverConnection = createConnection(new ServerReader(up), new ServerWriter(down));
	// Patient, so that one question gets the whole answer however busy the machine is.
	startServer(serverConnection, { now: () => TEST_NOW, gatherMs: 1, patienceMs: 60_000, ...start.server });
	serverConnection.listen();
	const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));

	const mail = createMailbox();
	const registrations: Registration[] = [];
	const errors: string[] = [];
	const shown: string[] = [];
	connection.onRequest("client/registerCapability", (params: { registrations: Registration[] }) => {
		registrations.push(...params.registrations);
		mail.put("client/registerCapability", params);
		return null;
	});
	connection.onRequest("client/unregisterCapability", (params: { unregisterations: { id: string }[] }) => {
		for (const { id } of params.unregisterations)
			registrations.splice(
				registrations.findIndex((registration) => registration.id === id),
				1,
			);
		return null;
	});
	connection.onRequest("workspace/configuration", (params: { items: unknown[] }) => params.items.map(() => start.settings ?? null));
	for (const method of ["workspace/diagnostic/refresh", "workspace/inlayHint/refresh", "workspace/codeLens/refresh"]) {
		connection.onRequest(method, () => {
			mail.put(method, null);
			return null;
		});
	}
	connection.onNotification("window/logMessage", (params: { type: number; message: string }) => {
		if (params.type === 1) errors.push(params.message);
	});
	connection.onNotification("window/showMessage", (params: { message: string }) => {
		shown.push(params.message);
		mail.put("window/showMessage", params);
	});
	connection.onUnhandledNotification((message) => mail.put(message.method, message.params));
	connection.listen();

	const initialized = await connection.sendRequest<InitializeResult>("initialize", {
		processId: null,
		rootUri: null,
		capabilities: start.capabilities ?? FULL_CLIENT,
		workspaceFolders: start.folders.map((uri) => ({ uri, name: uri })),
		...(start.initializationOptions === undefined ? {} : { initializationOptions: start.initializationOptions }),
	});
	await connection.sendNotification("initialized", {});

	const versions = new Map<string, number>();
	const nextVersion = (uri: string) => {
		const version = (versions.get(uri) ?? 0) + 1;
		versions.set(uri, version);
		return version;
	};
	const session: LspSession = {
		connection,
		initialized,
		registrations,
		errors,
		shown,
		open: (uri, text) =>
			connection.sendNotification("textDocument/didOpen", {
				textDocument: { uri, languageId: "usage-report", version: nextVersion(uri), text },
			}),
		change: (uri, text) => session.edit(uri, [{ text }]),
		edit: (uri, changes) =>
			connection.sendNotification("textDocument/didChange", { textDocument: { uri, version: nextVersion(uri) }, contentChanges: changes }),
		close: (uri) => connection.sendNotification("textDocument/didClose", { textDocument: { uri } }),
		request: (method, params) => connection.sendRequest(method, params),
		notify: (method, params) => connection.sendNotification(method, params),
		async pull(uri) {
			const report = await connection.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } });
			return report.items;
		},
		async pullAll() {
			const report = await connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] });
			return Object.fromEntries(
				report.items.map((item) => [item.uri, item.kind === "full" ? item.items.map((diagnostic) => String(diagnostic.code)) : []]),
			);
		},
		next: (method, holds) => mail.take(method, holds),
		filesChanged: (...changes) => connection.sendNotification("workspace/didChangeWatchedFiles", { changes }),
		async dispose() {
			await connection.sendRequest("shutdown");
			connection.dispose();
			serverConnection.dispose();
		},
	};
	return session;
}

/** The codes of pushed diagnostics of one file. */
export function codesOf(
	params: PublishDiagnosticsParams | { readonly items: readonly Diagnostic[] } | readonly Diagnostic[],
): readonly string[] {
	const diagnostics = Array.isArray(params)
		? (params as readonly Diagnostic[])
		: "items" in params
			? params.items
			: (params as PublishDiagnosticsParams).diagnostics;
	return diagnostics.map((diagnostic) => String(diagnostic.code));
}

/** A text without its caret mark, and where the mark stood, in UTF-16 code units. */
export function readCaret(marked: string): {
	readonly text: string;
	readonly position: { readonly line: number; readonly character: number };
} {
	const { text, carets } = readCaretFixture(marked);
	const before = text.slice(0, carets[0]!).split("\n");
	return { text, position: { line: before.length - 1, character: before.at(-1)!.length } };
}

interface Mailbox {
	put(method: string, params: unknown): void;
	take<Params>(method: string, holds?: (params: Params) => boolean): Promise<Params>;
}

function createMailbox(): Mailbox {
	const letters: { readonly method: string; readonly params: unknown }[] = [];
	const waiting = new Set<() => void>();
	return {
		put(method, params) {
			letters.push({ method, params });
			for (const wake of waiting) wake();
		},
		async take<Params>(method: string, holds: (params: Params) => boolean = () => true): Promise<Params> {
			for (;;) {
				const index = letters.findIndex((letter) => letter.method === method && holds(letter.params as Params));
				if (index >= 0) return letters.splice(index, 1)[0]!.params as Params;
				await new Promise<void>((resolve) => {
					const wake = () => {
						waiting.delete(wake);
						resolve();
					};
					waiting.add(wake);
				});
			}
		},
	};
}
