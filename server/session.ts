import type { InstantMs } from "../core/dates/instant.ts";
import { createGarbageCollection } from "../workspace/data/collect-garbage.ts";
import { createLoadCache, DEFAULT_BUDGET } from "../workspace/data/load-cache.ts";
import { createEntities } from "../workspace/entities/entities.ts";
import type { FileAccess } from "../workspace/file-access.ts";
import { createEstateFigures } from "../workspace/insights/estate-figures.ts";
import type { Jobs } from "../workspace/jobs/job.ts";
import type { HistoryChoice } from "../workspace/runs/keep-history.ts";
import { createWorkspace, type Workspace } from "../workspace/workspace.ts";
import type { Client } from "./client-capabilities.ts";
import { createDocumentationLinks } from "./documentation-links.ts";
import type { FaultLog } from "./fault-log.ts";
import { createPositionLookup, type FeatureContext } from "./feature-context.ts";
import { createDiagnostics, type Diagnostics } from "./features/diagnostics.ts";
import { createPreviews, type Previews } from "./features/preview.ts";
import { listWatchers } from "./features/watched-files.ts";
import { createInspections, type Inspections } from "./inspections.ts";
import { createKeptPreviews, type KeptPreviews } from "./kept-previews.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import { isSameSeverities, rateProblems } from "./severities.ts";

/** Everything that one initialized client has: its workspace, its features, and what follows when something changes. */
export interface Session {
	readonly client: Client;
	readonly context: FeatureContext;
	readonly workspace: Workspace;
	readonly inspections: Inspections;
	readonly diagnostics: Diagnostics;
	readonly previews: Previews;
	readonly kept: KeptPreviews;
	/** Commands that the client carries out. */
	readonly commands: ReadonlySet<string>;
	/** Makes a promise that resolves when a client that can be told of more has waited long enough. */
	readonly patience: () => Promise<void>;
	readonly now: () => InstantMs;
	/** The histories of usage logs that reports go by. */
	readonly history: () => HistoryChoice;
	/** What went wrong in the server itself. */
	readonly faults: FaultLog;
	/** Takes other settings; the same as before change nothing. */
	applySettings(settings: Settings): void;
	/** Says that the workspace is read: what was said about files before would have missed their projects. */
	begin(): void;
	/** Sees to it that the client learns of what became of these configurations, by URI. */
	announce(uris: readonly string[]): void;
	/** As {@link announce}, and the diagnostics of other files may differ too, without the client's knowledge. */
	announceWithDiagnostics(uris: readonly string[]): void;
	/** Ends what is under way. */
	dispose(): void;
}

/** What a session reaches the world with. */
export interface SessionOptions {
	readonly client: Client;
	readonly access: FileAccess;
	/** Ended together with the session. */
	readonly jobs: Jobs;
	readonly now: () => InstantMs;
	readonly trusted: boolean;
	/** Commands that the client carries out. */
	readonly commands: ReadonlySet<string>;
	readonly documentationUri: string | null;
	/** Whether the client can show what the last commit has of a configuration. */
	readonly committedDocuments: boolean;
	/** Milliseconds after which a client that can be told of more is answered with what is known. */
	readonly patienceMs: number;
	/** Milliseconds in which changes are gathered before they are announced. */
	readonly gatherMs: number;
	readonly faults: FaultLog;
	readonly openDocuments: { spellingOf(uri: string): string | null; versionOf(uri: string): number | null };
	readonly outgoing: Outgoing;
}

/** What the server tells the client of its own accord. */
export interface Outgoing {
	readonly publishDiagnostics: Parameters<typeof createDiagnostics>[2]["publish"];
	readonly streamDiagnostics: Parameters<typeof createDiagnostics>[2]["stream"];
	readonly refreshDiagnostics: () => Promise<void>;
	readonly refreshInlayHints: () => Promise<void>;
	readonly refreshCodeLenses: () => Promise<void>;
	readonly dataChanged: (uris: readonly string[]) => Promise<void>;
	readonly clientsChanged: () => Promise<void>;
	readonly watchFiles: (watchers: ReturnType<typeof listWatchers>) => Promise<void>;
	readonly logFailure: (what: string, error: unknown) => void;
}

/** A session for one client. */
export function createSession(options: SessionOptions): Session {
	const { client, outgoing, openDocuments } = options;
	let settings = DEFAULT_SETTINGS;
	let disposed = false;
	let begun = false;
	let watched = "";
	let timer: ReturnType<typeof setTimeout> | null = null;
	const changed = new Set<string>();
	let diagnosticsChanged = false;

	const workspace = createWorkspace(options.access, () => settings.asOf ?? options.now(), {
		cache: createLoadCache(DEFAULT_BUDGET, createGarbageCollection()),
		jobs: options.jobs,
		trusted: options.trusted,
		reclaimExposure: () => settings.reclaimExposure,
	});
	const context: FeatureContext = {
		workspace,
		entities: createEntities(workspace),
		figures: createEstateFigures(),
		positionsOf: createPositionLookup(client.encoding),
		clientUri: (uri) => openDocuments.spellingOf(uri) ?? uri,
		versionOf: openDocuments.versionOf,
	};
	workspace.insights.onKnown((uri) => {
		diagnostics.outdate([uri]);
		gather([], true);
	});
	workspace.committed.onRepository(() => gather([], false));
	const kept = createKeptPreviews(workspace);
	const inspections = createInspections(workspace, {
		rate: (problems) => rateProblems(problems, settings.severities),
		onLate(uri, differs) {
			diagnostics.outdate([uri]);
			gather([], differs);
		},
		learnsOfChanges: client.watchesFiles !== "no",
	});
	// A client that can't be told of more has to wait for everything.
	const canBeTold = !client.pullsDiagnostics || client.refreshesDiagnostics;
	const briefPatience = () => afterMs(options.patienceMs);
	const patience = () => (canBeTold ? briefPatience() : new Promise<void>(() => {}));
	const diagnostics = createDiagnostics(context, inspections, {
		...client.diagnostics,
		committedDocuments: options.committedDocuments,
		linkOf:
			client.diagnostics.codeDescription && options.documentationUri !== null ? createDocumentationLinks(options.documentationUri) : null,
		patience,
		briefPatience,
		learnsOfChanges: client.watchesFiles !== "no",
		publish: outgoing.publishDiagnostics,
		stream: outgoing.streamDiagnostics,
	});

	/** What changes in one configuration can change what is wrong with any other. */
	function announce(uris: readonly string[], withDiagnostics: boolean): void {
		inspections.outdate(uris);
		diagnostics.outdate(null);
		gather(uris, withDiagnostics);
	}

	function gather(uris: readonly string[], withDiagnostics: boolean): void {
		if (disposed) return;
		for (const uri of uris) changed.add(uri);
		diagnosticsChanged ||= withDiagnostics;
		timer ??= setTimeout(tell, options.gatherMs);
	}

	function tell(): void {
		timer = null;
		const uris = [...changed].sort();
		const tellDiagnostics = diagnosticsChanged;
		changed.clear();
		diagnosticsChanged = false;
		if (uris.length > 0) attempt("usageReport/dataChanged", outgoing.dataChanged(uris.map(context.clientUri)));
		attempt("usageReport/clientsChanged", outgoing.clientsChanged());
		diagnostics.wake();
		if (!client.pullsDiagnostics && begun) attempt("textDocument/publishDiagnostics", diagnostics.pushAll());
		if (tellDiagnostics && client.pullsDiagnostics && client.refreshesDiagnostics)
			attempt("workspace/diagnostic/refresh", outgoing.refreshDiagnostics());
		// What changes what is wrong with files changes what is shown beside their text.
		if (tellDiagnostics && client.refreshesInlayHints) attempt("workspace/inlayHint/refresh", outgoing.refreshInlayHints());
		if (tellDiagnostics && client.refreshesCodeLenses) attempt("workspace/codeLens/refresh", outgoing.refreshCodeLenses());
		watchFiles();
	}

	function watchFiles(): void {
		if (client.watchesFiles === "no") return;
		const watchers = listWatchers(workspace, client.watchesFiles === "relative");
		const key = JSON.stringify(watchers);
		if (key === watched) return;
		watched = key;
		attempt("client/registerCapability", outgoing.watchFiles(watchers));
	}

	function attempt(what: string, task: Promise<void>): void {
		task.catch((error: unknown) => {
			if (!disposed) outgoing.logFailure(what, error);
		});
	}

	return {
		client,
		context,
		workspace,
		inspections,
		diagnostics,
		previews: createPreviews({ workspace, kept }),
		kept,
		commands: options.commands,
		patience,
		now: options.now,
		history: () => ({ setting: settings.history, write: options.trusted, now: options.now() }),
		faults: options.faults,
		applySettings(next) {
			const isOtherMoment = next.asOf !== settings.asOf;
			const isOtherHistory = next.history !== settings.history;
			const isRatedAnew = !isSameSeverities(next.severities, settings.severities) || next.reclaimExposure !== settings.reclaimExposure;
			if (next.memory !== settings.memory) workspace.cache.setBudget(next.memory * BYTES_PER_MB);
			settings = next;
			if (isOtherMoment) announce(workspace.uris(), true);
			else if (isRatedAnew || isOtherHistory) announce(isOtherHistory ? workspace.uris() : [], isRatedAnew);
		},
		begin() {
			begun = true;
			announce([], false);
		},
		announce: (uris) => announce(uris, false),
		announceWithDiagnostics(uris) {
			workspace.insights.invalidate(uris);
			announce(uris, true);
		},
		dispose() {
			disposed = true;
			if (timer !== null) clearTimeout(timer);
			diagnostics.dispose();
			inspections.dispose();
			workspace.insights.dispose();
			void options.jobs.dispose();
		},
	};
}

const BYTES_PER_MB = 1024 * 1024;

function afterMs(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
