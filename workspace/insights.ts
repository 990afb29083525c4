import type { ConfigFile, Instance, Project, WrittenLimits } from "../core/config/model.ts";
import type { InstantMs } from "../core/dates/instant.ts";
import type { SettingRow } from "../core/loading/load-settings.ts";
import type { Loaded } from "../core/loading/loaded.ts";
import type { UsageLogRow } from "../core/subscriptions/usage-log.ts";
import type { UsageReport } from "../core/subscriptions/usage-report.ts";
import type { Categorization } from "../core/usage/categorize.ts";
import type { Estate } from "../core/usage/estate.ts";
import type { Limits } from "../core/usage/limits.ts";
import type { UsageProfile } from "../core/usage/usage-profile.ts";
import type { EstateResults } from "./estate-results.ts";
import type { FileAccess } from "./file-access.ts";
import { createFactFinder, type FileFacts, isAboutSameData } from "./insight-facts.ts";
import type { LinkedData } from "./linked-data.ts";
import type { WorkspaceFile } from "./workspace-file.ts";
import type { ParsedConfig } from "./yaml/parse-config.ts";

/** What linked data and history say about configurations: the one place that diagnostics, hovers, hints and lenses take their numbers from. */
export interface Insights {
	/**
	 * What is known at once; null when there is no such file, or it is neither project nor instance. What is not known yet is null in it and is found
	 * out in the background, upon which the listeners of {@link onKnown} are called. Never waits and never throws.
	 */
	peek(uri: string): FileInsight | null;
	/**
	 * The same, with everything that can be found out.
	 * @throws `signal.reason` when aborted.
	 */
	find(uri: string, signal: AbortSignal): Promise<FileInsight | null>;
	/** Says that what configurations link to, or their history, may have changed: it is found out anew when somebody asks. */
	invalidate(uris: readonly string[]): void;
	/** Calls a listener with the URI of each file of which more, or something else, is known than when it was last peeked at. */
	onKnown(listener: (uri: string) => void): void;
	/** Gives up what is under way. */
	dispose(): void;
}

export type FileInsight = InstanceInsight | ProjectInsight;

interface CommonInsight {
	/** The file as it is now. */
	readonly file: WorkspaceFile;
	/** False while something is still being found out, or known only of an earlier version of the file. */
	readonly complete: boolean;
	/** The file in the last commit; null when that is not known, or there is none. */
	readonly committed: CommittedConfig | null;
	/** Rows of deployed settings that speak of this file; null when they are not known, or there are none. */
	readonly deployed: DeployedSettings | null;
}

/** What is known of an instance. */
export interface InstanceInsight extends CommonInsight {
	readonly kind: "instance";
	readonly instance: Instance;
	/** Limits as they apply: its own, or its project's where it has none; null when they cannot be used. */
	readonly limits: Limits | null;
	/** Null while it is being loaded, and when the file links to nothing that could be. */
	readonly loaded: Loaded<Estate> | null;
	/** Categorized with the vendor's defaults, for what does not depend on limits; null as long as, or because, there is no estate. */
	readonly basis: Categorization | null;
	/** From which the counts for any limits follow. */
	readonly profile: UsageProfile | null;
}

/** What is known of a project. */
export interface ProjectInsight extends CommonInsight {
	readonly kind: "project";
	readonly project: Project;
	/** Null while they are being loaded, and when the file links to none. */
	readonly logs: Loaded<readonly UsageLogRow[]> | null;
	/** Of this project alone, as of now; null without logs. */
	readonly report: UsageReport | null;
	/** URIs of the instances that belong to it, in code-unit order. */
	readonly instances: readonly string[];
}

/** A file in the last commit. */
export interface CommittedConfig {
	readonly parsed: ParsedConfig;
	readonly config: ConfigFile;
	/** As written; null when it had none. */
	readonly limits: WrittenLimits | null;
}

/** Deployed settings of one file. */
export interface DeployedSettings {
	readonly limits: Limits;
	/** The configuration whose data source has the rows: the instance's own or its project's. */
	readonly file: WorkspaceFile;
	readonly rows: readonly SettingRow[];
}

/** What insights are found with. */
export interface InsightContext {
	readonly file: (uri: string) => WorkspaceFile | null;
	readonly uris: () => readonly string[];
	readonly canonicalUri: (uri: string) => string;
	readonly resolve: (from: string, relativePath: string) => string;
	readonly access: FileAccess;
	readonly data: LinkedData;
	readonly results: EstateResults;
	readonly clock: () => InstantMs;
}

/** The insights of one workspace. */
export function createInsights(context: InsightContext): Insights {
	const facts = createFactFinder(context);
	const slots = new Map<string, Slot>();
	const listeners = new Set<(uri: string) => void>();
	let disposed = false;

	function slotOf(uri: string): Slot {
		let slot = slots.get(uri);
		if (slot === undefined) {
			slot = { facts: null, stale: true, running: null };
			slots.set(uri, slot);
		}
		return slot;
	}

	async function update(file: WorkspaceFile, slot: Slot, signal: AbortSignal): Promise<FileFacts> {
		slot.stale = false;
		try {
			const found = await facts.find(file, signal);
			slot.facts = found;
			return found;
		} catch (error) {
			slot.stale = true;
			throw error;
		}
	}

	/** Finds out in the background, for whoever peeks; a newer version of the file gives up the older one's. */
	function follow(file: WorkspaceFile, slot: Slot): void {
		if (disposed || slot.running?.file === file) return;
		slot.running?.controller.abort();
		const running = { file, controller: new AbortController() };
		slot.running = running;
		const before = slot.facts;
		const done = () => {
			if (slot.running === running) slot.running = null;
		};
		update(file, slot, running.controller.signal).then(
			(found) => {
				done();
				if (!disposed && !facts.areSame(before, found)) for (const listener of listeners) listener(file.uri);
			},
			// A file that cannot be looked into now is looked into when somebody asks again.
			done,
		);
	}

	return {
		peek(uri) {
			const file = context.file(uri);
			if (file === null) return null;
			const slot = slotOf(file.uri);
			if (slot.stale || slot.facts === null || !isAboutSameData(slot.facts.file, file)) follow(file, slot);
			return facts.compose(file, slot.facts, slot.running === null);
		},
		async find(uri, signal) {
			const file = context.file(uri);
			if (file === null) return null;
			return facts.compose(file, await update(file, slotOf(file.uri), signal), true);
		},
		invalidate(uris) {
			for (const uri of uris) {
				const slot = slots.get(context.canonicalUri(uri));
				if (slot !== undefined) slot.stale = true;
			}
		},
		onKnown(listener) {
			listeners.add(listener);
		},
		dispose() {
			disposed = true;
			for (const { running } of slots.values()) running?.controller.abort();
			slots.clear();
		},
	};
}

interface Slot {
	facts: FileFacts | null;
	/** Whether something may have changed since the facts were found. */
	stale: boolean;
	running: { readonly file: WorkspaceFile; readonly controller: AbortController } | null;
}
