import {
	type CancellationToken,
	CodeLensRefreshRequest,
	type Connection,
	DidChangeConfigurationNotification,
	DidChangeWatchedFilesNotification,
	DidChangeWorkspaceFoldersNotification,
	type Disposable,
	ErrorCodes,
	type FileSystemWatcher,
	type InitializeParams,
	type InitializeResult,
	MessageType,
	ResponseError,
	type ServerCapabilities,
	ShowMessageNotification,
	TextDocumentSyncKind,
	TextDocuments,
	type WorkDoneProgressParams,
	WorkspaceDiagnosticRequest,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { InstantMs } from "../core/dates/instant.ts";
import { setTexts, type Texts, t } from "../core/texts/translate.ts";
import type { FileAccess } from "../workspace/file-access.ts";
import type { Jobs } from "../workspace/jobs/job.ts";
import { createWorkerJobs } from "../workspace/jobs/worker-jobs.ts";
import { createNodeFileAccess } from "../workspace/node-file-access.ts";
import { type Answerers, createAnswerers, invalidRequest, SHUT_DOWN } from "./answerers.ts";
import { type Client, readClientCapabilities } from "./client-capabilities.ts";
import { createFaultLog, type FaultLog } from "./fault-log.ts";
import { applyFileEvents } from "./features/watched-files.ts";
import { createGuard, type Guard } from "./guard.ts";
import { findDocumentation, foldersOf, readInitialization, readTextsOf, sectionOf } from "./initialization.ts";
import { type LanguageFeature, listLanguageFeatures } from "./language-features.ts";
import { createDocumentConfiguration } from "./open-documents.ts";
import { listOwnRequests, type OwnRequest } from "./own-requests.ts";
import { CLIENTS_CHANGED_NOTIFICATION } from "./protocol/client-messages.ts";
import { DATA_CHANGED_NOTIFICATION, SETTINGS_SECTION } from "./protocol/requests.ts";
import { createSession, type Outgoing, type Session } from "./session.ts";
import { readSettings } from "./settings.ts";

/** What a test may replace. */
export interface ServerOptions {
	readonly access?: FileAccess;
	/** Who reads and computes; ended at the shutdown. */
	readonly jobs?: Jobs;
	readonly now?: () => InstantMs;
	/** Milliseconds after which diagnostics are answered without linked data that is still being loaded. */
	readonly patienceMs?: number;
	/** Milliseconds in which changes are gathered before the client is told of them. */
	readonly gatherMs?: number;
}

/** Answers on a connection, from `initialize` on; the caller makes it listen. The composition root: only here the parts meet. */
export function startServer(connection: Connection, options: ServerOptions = {}): void {
	const faults = createFaultLog(options.now ?? Date.now);
	const guard = createGuard((message) => {
		faults.note(message);
		connection.console.error(message);
	});
	let isInitialized = false;
	connection.onInitialize((params) => {
		if (isInitialized) return invalidRequest(t("The server was initialized before."));
		isInitialized = true;
		const client = readClientCapabilities(params.capabilities);
		const documents = new TextDocuments<TextDocument>(createDocumentConfiguration(() => client.encoding));
		const texts = takeTexts(connection, params.locale);
		const session = makeSession(connection, client, documents, params, options, faults, texts);
		followDocuments(connection, guard, session, documents);
		const settings = followSettings(connection, guard, session);
		const ready = readFolders(connection, session, foldersOf(params)).then(() => settings.known);
		followWorkspace(connection, guard, session, ready, settings.ask);
		const answerers = createAnswerers(guard, ready);
		const features = listLanguageFeatures(session);
		answerLanguageRequests(connection, features, answerers.answer);
		answerOwnRequests(connection, listOwnRequests(session), answerers.answerInWords);
		endOnShutdown(connection, session, answerers);
		return describeServer(client, features);
	});
}

/** From here on everything is said in the client's language, or in English where there are no texts in it. */
function takeTexts(connection: Connection, locale: string | undefined): Texts {
	let texts: Texts = {};
	try {
		texts = readTextsOf(locale);
	} catch (error) {
		connection.console.error(`The texts in the language ${locale} cannot be read, so everything is said in English: ${describe(error)}`);
	}
	setTexts(texts);
	return texts;
}

function makeSession(
	connection: Connection,
	client: Client,
	documents: TextDocuments<TextDocument>,
	params: InitializeParams,
	options: ServerOptions,
	faults: FaultLog,
	texts: Texts,
): Session {
	const initialization = readInitialization(params.initializationOptions);
	const access = options.access ?? createNodeFileAccess();
	const canonical = (uri: string) => (access.isOnDisk(uri) ? access.toUri(access.toPath(uri)) : uri);
	const openDocument = (uri: string) =>
		documents.get(uri) ?? documents.all().find((document) => canonical(document.uri) === canonical(uri)) ?? null;
	return createSession({
		client,
		access,
		jobs: options.jobs ?? createWorkerJobs({ texts }),
		now: options.now ?? Date.now,
		trusted: initialization.trusted,
		commands: initialization.commands,
		committedDocuments: initialization.committedDocuments,
		documentationUri: initialization.documentationUri ?? findDocumentation(),
		patienceMs: options.patienceMs ?? 150,
		gatherMs: options.gatherMs ?? 150,
		openDocuments: { spellingOf: (uri) => openDocument(uri)?.uri ?? null, versionOf: (uri) => openDocument(uri)?.version ?? null },
		faults,
		outgoing: makeOutgoing(connection),
	});
}

function makeOutgoing(connection: Connection): Outgoing {
	let watching: Promise<Disposable | null> = Promise.resolve(null);
	return {
		publishDiagnostics: (params) => connection.sendDiagnostics(params),
		streamDiagnostics: (token, part) => connection.sendProgress(WorkspaceDiagnosticRequest.partialResult, token, part),
		refreshDiagnostics: () => connection.languages.diagnostics.refresh(),
		refreshInlayHints: () => connection.languages.inlayHint.refresh(),
		refreshCodeLenses: () => connection.sendRequest(CodeLensRefreshRequest.type),
		dataChanged: (uris) => connection.sendNotification(DATA_CHANGED_NOTIFICATION, { uris }),
		clientsChanged: () => connection.sendNotification(CLIENTS_CHANGED_NOTIFICATION),
		async watchFiles(watchers) {
			const before = watching;
			watching = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...watchers] as FileSystemWatcher[] });
			await watching;
			// Only now, so that no change falls between the two.
			(await before)?.dispose();
		},
		logFailure: (what, error) => connection.console.warn(t`${what} failed: ${describe(error)}`),
	};
}

/** Text of open documents; whoever follows the results learns of it when its meaning has changed. */
function followDocuments(connection: Connection, guard: Guard, session: Session, documents: TextDocuments<TextDocument>): void {
	const { workspace } = session;
	documents.onDidChangeContent(
		guard.change("textDocument/didChange", async ({ document }) => {
			const before = workspace.file(document.uri);
			workspace.setText(document.uri, document.getText());
			// A document that is opened as it is on the disk changes nothing.
			if (workspace.file(document.uri) !== before) session.announce(workspace.affectedBy(document.uri));
			const isFoundByOpening = before === null && !workspace.isInFolder(document.uri);
			if (isFoundByOpening) await workspace.addFile(document.uri);
			const hasOtherProject = await workspace.readProjects();
			if (isFoundByOpening || hasOtherProject) session.announceWithDiagnostics(workspace.affectedBy(document.uri));
		}),
	);
	documents.onDidClose(
		guard.change("textDocument/didClose", async ({ document }) => {
			const affected = workspace.affectedBy(document.uri);
			await workspace.removeText(document.uri);
			session.announceWithDiagnostics(affected);
		}),
	);
	documents.listen(connection);
}

/** A folder that can't be read is no reason to answer nothing about the others. */
async function readFolders(connection: Connection, session: Session, folders: readonly string[]): Promise<void> {
	const read = await Promise.allSettled(folders.map((uri) => session.workspace.addFolder(uri)));
	for (const result of read)
		if (result.status === "rejected") connection.console.error(t`Reading the workspace failed: ${describe(result.reason)}`);
}

/** Follows the settings; answers when they are known for the first time, or the client has had its time to tell them. */
function followSettings(
	connection: Connection,
	guard: Guard,
	session: Session,
): { readonly known: Promise<void>; readonly ask: () => void } {
	const take = (section: unknown) => {
		const { settings, problems } = readSettings(section);
		for (const problem of problems) {
			connection
				.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: problem })
				.catch((error: unknown) => connection.console.warn(describe(error)));
		}
		session.applySettings(settings);
	};
	let resolve = () => {};
	const known = new Promise<void>((resolveKnown) => {
		resolve = resolveKnown;
	});
	const ask = guard.event("workspace/configuration", async () => {
		try {
			take(await connection.workspace.getConfiguration(SETTINGS_SECTION));
		} finally {
			resolve();
		}
	});
	if (session.client.answersConfiguration) setTimeout(resolve, SETTINGS_WAIT_MS).unref();
	else resolve();
	connection.onDidChangeConfiguration((params) => (session.client.answersConfiguration ? ask() : take(sectionOf(params.settings))));
	return { known, ask: session.client.answersConfiguration ? ask : () => {} };
}

/** Files on the disk, and folders. */
function followWorkspace(connection: Connection, guard: Guard, session: Session, ready: Promise<void>, askForSettings: () => void): void {
	const { client, workspace } = session;
	connection.onInitialized(
		guard.event("initialized", async () => {
			askForSettings();
			if (client.registersConfiguration)
				await connection.client.register(DidChangeConfigurationNotification.type, { section: SETTINGS_SECTION });
			await ready;
			session.begin();
		}),
	);
	connection.onNotification(
		DidChangeWorkspaceFoldersNotification.type,
		guard.change("workspace/didChangeWorkspaceFolders", async ({ event }) => {
			const before = workspace.uris();
			for (const { uri } of event.removed) await workspace.removeFolder(uri);
			for (const { uri } of event.added) await workspace.addFolder(uri);
			session.announceWithDiagnostics([...new Set([...before, ...workspace.uris()])]);
		}),
	);
	connection.onDidChangeWatchedFiles(
		guard.change("workspace/didChangeWatchedFiles", async ({ changes }) => {
			await ready;
			const affected = await applyFileEvents(workspace, changes);
			if (affected.length > 0) session.announceWithDiagnostics(affected);
		}),
	);
}

/** Milliseconds that a client has to tell its settings before it is answered without them. */
const SETTINGS_WAIT_MS = 2000;

function answerLanguageRequests(connection: Connection, features: readonly LanguageFeature[], answer: Answerers["answer"]): void {
	for (const { method, handle } of features) connection.onRequest<unknown, never>(method, answer(method, handle));
}

/** Our own requests answer a failure in words instead of an error, since their words are shown to a person. */
function answerOwnRequests(connection: Connection, requests: readonly OwnRequest[], answerInWords: Answerers["answerInWords"]): void {
	for (const { method, handle } of requests) {
		connection.onRequest<unknown, never>(method, (params: WorkDoneProgressParams | null, token: CancellationToken) => {
			const progress = connection.window.attachWorkDoneProgress(params?.workDoneToken);
			return answerInWords(method, (given: unknown, signal) => handle(given, signal, progress))(params, token);
		});
	}
}

/** After a shutdown the only thing that a client may still send is that the server ends. */
function endOnShutdown(connection: Connection, session: Session, answerers: Answerers): void {
	connection.onShutdown(() => {
		if (answerers.isClosed()) return invalidRequest(SHUT_DOWN);
		answerers.close();
		session.dispose();
		return undefined;
	});
	connection.onRequest((method) =>
		answerers.isClosed() ? invalidRequest(SHUT_DOWN) : new ResponseError(ErrorCodes.MethodNotFound, t`There is no request ${method}.`),
	);
}

function describeServer(client: Client, features: readonly LanguageFeature[]): InitializeResult {
	const basics: ServerCapabilities = {
		positionEncoding: client.encoding,
		textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
		workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
	};
	return {
		serverInfo: { name: "usage-report" },
		capabilities: Object.assign(basics, ...features.map(({ capabilities }) => capabilities)),
	};
}

function describe(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
