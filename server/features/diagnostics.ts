import {
	type Diagnostic,
	type DocumentDiagnosticParams,
	type DocumentDiagnosticReport,
	LSPErrorCodes,
	type ProgressToken,
	type PublishDiagnosticsParams,
	ResponseError,
	type WorkspaceDiagnosticParams,
	type WorkspaceDiagnosticReport,
	type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver-protocol";
import { type DiagnosticStyle, identify, NO_DIAGNOSTICS, toDiagnostic } from "../diagnostic-reports.ts";
import type { FeatureContext } from "../feature-context.ts";
import { inTurn } from "../in-turn.ts";
import type { Inspections } from "../inspections.ts";

/** Answers what is wrong, when asked (pull) or by telling all that changed (push); a server does the one or the other. */
export interface Diagnostics {
	pullDocument(params: DocumentDiagnosticParams): Promise<DocumentDiagnosticReport>;
	/**
	 * All configurations of the workspace, also those that are not open, and those that are gone since the last time. When nothing differs
	 * from what the client has, the answer waits until something does. A newer request of this kind ends an older one.
	 */
	pullWorkspace(params: WorkspaceDiagnosticParams, signal: AbortSignal): Promise<WorkspaceDiagnosticReport | Released>;
	/** Tells of every file whose diagnostics differ from what was told before. Calls that come meanwhile are taken together. */
	pushAll(): Promise<void>;
	/** What was found out about these files may not hold any more; null for all files. */
	outdate(uris: readonly string[] | null): void;
	/** Lets a held request look again. */
	wake(): void;
	/** Ends a held request. */
	dispose(): void;
}

/** The answer to a request that a newer one has replaced, or that the server's end has overtaken. */
type Released = ResponseError<{ readonly retriggerRequest: boolean }>;

/** What the client can do with diagnostics, how long it may be kept waiting, and how it is told. */
export interface DiagnosticsOptions extends DiagnosticStyle {
	/** Makes a promise that resolves when an answer is due. */
	readonly patience: () => Promise<void>;
	/** The same for an answer that more can be added to. */
	readonly briefPatience: () => Promise<void>;
	/** Whether the server learns of it when a linked file changes; otherwise it looks whenever it is asked. */
	readonly learnsOfChanges: boolean;
	readonly publish: (params: PublishDiagnosticsParams) => Promise<void>;
	/** Sends a part of a workspace's answer. */
	readonly stream: (token: ProgressToken, part: WorkspaceDiagnosticReport) => Promise<void>;
}

/** The diagnostics of a workspace for one client. */
export function createDiagnostics(context: FeatureContext, inspections: Inspections, options: DiagnosticsOptions): Diagnostics {
	const { workspace } = context;
	/** What was found out last, by URI, as far as it still holds. */
	const known = new Map<string, { readonly resultId: string; readonly complete: boolean }>();
	const published = new Map<string, string>();
	/** Files that are being looked at, as long as nothing outdates what will be found. */
	const learning = new Map<string, object>();
	const sleepers = new Set<() => void>();
	const ended = new AbortController();
	let held: AbortController | null = null;
	let wakes = 0;
	let pushing: Promise<void> | null = null;
	let pushAgain = false;

	async function diagnose(uri: string, patience: Promise<void>, urgent: boolean): Promise<Diagnosis> {
		const { file, problems, complete } = await inspections.inspect(uri, patience, urgent);
		const items = file === null ? [] : problems.map((placed) => toDiagnostic(context, options, file, placed));
		return { items, resultId: identify(items), complete };
	}

	/** As {@link diagnose}, and remembers the answer, unless it was outdated while it was being found out. */
	async function learn(uri: string, patience: Promise<void>): Promise<Diagnosis> {
		const turn = {};
		learning.set(uri, turn);
		const { items, resultId, complete } = await diagnose(uri, patience, context.versionOf(uri) !== null);
		if (learning.get(uri) === turn) {
			learning.delete(uri);
			known.set(uri, { resultId, complete });
		}
		return { items, resultId, complete };
	}

	/** Does a task for every file, first for those that a person looks at. */
	async function forEachFile(task: (uri: string) => Promise<void>, signal: AbortSignal): Promise<ReadonlySet<string>> {
		const uris = workspace.uris();
		const isOpen = (uri: string) => context.versionOf(uri) !== null;
		await inTurn(uris.filter(isOpen), task, signal);
		await inTurn(
			uris.filter((uri) => !isOpen(uri)),
			task,
			signal,
		);
		return new Set(uris);
	}

	function placeOf(uri: string): { readonly uri: string; readonly version: number | null } {
		return { uri: context.clientUri(uri), version: context.versionOf(uri) };
	}

	/**
	 * Looks once at every file, and tells of what differs.
	 * @param told result ids that the client has, by URI; brought up to date.
	 * @returns whether more is still being found out.
	 */
	async function tellChanges(
		told: Map<string, ToldResult>,
		patience: Promise<void>,
		signal: AbortSignal,
		tell: (report: WorkspaceDocumentDiagnosticReport) => void,
	): Promise<boolean> {
		let isLoading = false;
		const there = await forEachFile(async (uri) => {
			const before = told.get(uri)?.value;
			const last = known.get(uri);
			const isTold = last !== undefined && last.resultId === before;
			const { resultId, complete, ...found } = isTold ? { ...last, items: [] } : await learn(uri, patience);
			isLoading ||= !complete;
			if (resultId === before || signal.aborted) return;
			const place = placeOf(uri);
			told.set(uri, { uri: place.uri, value: resultId });
			tell({ kind: "full", resultId, items: [...found.items], ...place });
		}, signal);
		for (const [canonical, { uri, value }] of told) {
			if (there.has(canonical) || value === NO_DIAGNOSTICS || signal.aborted) continue;
			told.set(canonical, { uri, value: NO_DIAGNOSTICS });
			tell({ kind: "full", uri, version: null, resultId: NO_DIAGNOSTICS, items: [] });
		}
		return isLoading;
	}

	async function answerWorkspace(params: WorkspaceDiagnosticParams, signal: AbortSignal): Promise<WorkspaceDiagnosticReport> {
		const { previousResultIds, partialResultToken: token } = params;
		const told = new Map(previousResultIds.map(({ uri, value }) => [workspace.canonicalUri(uri), { uri, value }]));
		const had = new Map(told);
		const items: WorkspaceDocumentDiagnosticReport[] = [];
		const batch =
			token === undefined ? null : createBatch((reports: WorkspaceDocumentDiagnosticReport[]) => options.stream(token, { items: reports }));
		let hasTold = false;
		const tell = (report: WorkspaceDocumentDiagnosticReport) => {
			hasTold = true;
			if (batch === null) items.push(report);
			else batch.add(report);
		};
		const unchanged = () =>
			[...told]
				.filter(([uri, { value }]) => had.get(uri)?.value === value && workspace.file(uri) !== null)
				.map(([uri, { value }]): WorkspaceDocumentDiagnosticReport => ({ kind: "unchanged", resultId: value, ...placeOf(uri) }));
		if (!options.learnsOfChanges) known.clear();
		for (;;) {
			const before = wakes;
			const isLoading = await tellChanges(told, batch === null ? options.patience() : options.briefPatience(), signal, tell);
			signal.throwIfAborted();
			// A client that has nothing and can't be sent parts is answered in any case: it may be asking once and for all.
			if (batch === null && (hasTold || previousResultIds.length === 0)) return { items: [...items, ...unchanged()] };
			if (batch !== null && hasTold && !isLoading) {
				for (const report of unchanged()) batch.add(report);
				await batch.sent();
				return { items: [] };
			}
			await nextWake(before, signal);
			signal.throwIfAborted();
		}
	}

	/** Resolves when there was a call of `wake` since there were so many, or when the signal is aborted. */
	async function nextWake(since: number, signal: AbortSignal): Promise<void> {
		if (wakes !== since || signal.aborted) return;
		await new Promise<void>((resolve) => {
			const done = () => {
				sleepers.delete(done);
				signal.removeEventListener("abort", done);
				resolve();
			};
			sleepers.add(done);
			signal.addEventListener("abort", done);
		});
	}

	async function push(uri: string, patience: Promise<void>): Promise<void> {
		const last = known.get(uri)?.resultId;
		if (last !== undefined && last === published.get(uri)) return;
		const { items, resultId } = await learn(uri, patience);
		if (published.get(uri) === resultId) return;
		published.set(uri, resultId);
		const { version, ...place } = placeOf(uri);
		await options.publish({ ...place, diagnostics: [...items], ...(version === null ? {} : { version }) });
	}

	async function pushOnce(): Promise<void> {
		const patience = options.patience();
		if (!options.learnsOfChanges) known.clear();
		const there = await forEachFile((uri) => push(uri, patience), ended.signal);
		for (const uri of [...published.keys()].filter((candidate) => !there.has(candidate))) {
			published.delete(uri);
			await options.publish({ uri: context.clientUri(uri), diagnostics: [] });
		}
	}

	return {
		async pullDocument(params) {
			const { items, resultId } = await diagnose(params.textDocument.uri, options.patience(), true);
			return resultId === params.previousResultId ? { kind: "unchanged", resultId } : { kind: "full", resultId, items: [...items] };
		},
		async pullWorkspace(params, signal) {
			held?.abort();
			const turn = new AbortController();
			held = turn;
			const both = AbortSignal.any([signal, turn.signal, ended.signal]);
			try {
				return await Promise.race([answerWorkspace(params, both), releaseOf(both)]);
			} finally {
				if (held === turn) held = null;
			}
		},
		async pushAll() {
			pushAgain = true;
			pushing ??= (async () => {
				try {
					while (pushAgain) {
						pushAgain = false;
						await pushOnce();
					}
				} finally {
					pushing = null;
				}
			})();
			await pushing;
		},
		outdate(uris) {
			if (uris === null) {
				known.clear();
				learning.clear();
			} else {
				for (const uri of uris) {
					known.delete(uri);
					learning.delete(uri);
				}
			}
		},
		wake() {
			wakes++;
			for (const done of [...sleepers]) done();
		},
		dispose: () => ended.abort(),
	};
}

/** What was found out about one file. */
interface Diagnosis {
	readonly items: readonly Diagnostic[];
	readonly resultId: string;
	/** False while linked data is still being loaded. */
	readonly complete: boolean;
}

/** What a client has of a file, whose URI is spelled in its way. */
interface ToldResult {
	readonly uri: string;
	readonly value: string;
}

/** Resolves when the signal is aborted. A client that has taken its request back gets another answer anyway. */
function releaseOf(signal: AbortSignal): Promise<Released> {
	return new Promise((resolve) => {
		const release = () => resolve(new ResponseError(LSPErrorCodes.ServerCancelled, RELEASED, { retriggerRequest: false }));
		if (signal.aborted) release();
		else signal.addEventListener("abort", release, { once: true });
	});
}

const RELEASED = "A newer request has taken the place of this one, or the server ends.";

/** Sends what is added at one time together. */
function createBatch<Item>(send: (items: Item[]) => Promise<void>): { add(item: Item): void; sent(): Promise<void> } {
	let waiting: Item[] = [];
	let sending = Promise.resolve();
	const flush = () => {
		if (waiting.length === 0) return;
		const items = waiting;
		waiting = [];
		sending = sending.then(() => send(items));
		// Whoever waits for it is told of its failure.
		sending.catch(() => {});
	};
	return {
		add(item) {
			if (waiting.length === 0) setImmediate(flush);
			waiting.push(item);
		},
		async sent() {
			flush();
			await sending;
		},
	};
}
