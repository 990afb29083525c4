import type { NameTable } from "../../core/columns/name-table.ts";
import type { Instance, Project } from "../../core/config/model.ts";
import type { DayNumber } from "../../core/dates/day-number.ts";
import type { Loaded } from "../../core/loading/loaded.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import type { UsageReport } from "../../core/subscriptions/usage-report.ts";
import type { Categorization } from "../../core/usage/categorize.ts";
import type { Estate } from "../../core/usage/estate.ts";
import { LIMIT_NAMES, type Limits } from "../../core/usage/limits.ts";
import type { DeviceKeyFacts, SourceFacts } from "../../core/usage/source-facts.ts";
import type { UsageProfile } from "../../core/usage/usage-profile.ts";
import type { CommittedConfig } from "../history/committed-config.ts";
import type { DeployedSettings, UnusableSettings } from "../history/deployed-settings.ts";
import { isReadable, type WorkspaceFile } from "../workspace-file.ts";
import {
	areSame,
	carryData,
	createFactFinder,
	dayOf,
	type FileFacts,
	type HistoryFacts,
	type InsightContext,
	isAboutSameData,
	type LinkedFacts,
	NO_DATA,
} from "./insight-facts.ts";

/** What linked data and history say about configurations: the one place that diagnostics, hovers, hints and lenses take their numbers from. */
export interface Insights {
	/**
	 * What is known at once; null when there is no such file, or it is neither project nor instance. What is not known yet is null in it and is found
	 * out in the background, upon which the listeners of {@link onKnown} are called. Never waits and never throws.
	 */
	peek(uri: string): FileInsight | null;
	/** As {@link peek}, but nothing is found out for it. */
	recall(uri: string): FileInsight | null;
	/**
	 * The same, with everything that can be found out. For a check there is no profile unless limits differ from the committed or the deployed ones:
	 * otherwise there is nothing to tell in installations. A commit that was made a moment ago may be found out the next time only, unless
	 * {@link invalidate} tells of it.
	 * @throws `signal.reason` when aborted.
	 */
	find(uri: string, signal: AbortSignal, purpose?: "everything" | "check"): Promise<FileInsight | null>;
	/** Says that what configurations link to, or their history, may have changed: it is found out anew when somebody asks. */
	invalidate(uris: readonly string[]): void;
	/** Calls a listener with the URI of each file of which more, or something else, is known than when it was last peeked at. */
	onKnown(listener: (uri: string) => void): void;
	/** Gives up what is under way. */
	dispose(): void;
}

export type FileInsight = InstanceInsight | ProjectInsight;

interface CommonInsight {
	/** The file as it is now. While it does not parse, all that follows is told of its last good text. */
	readonly file: WorkspaceFile;
	/** False while something is still being found out, or known only of an earlier version of the file. */
	readonly complete: boolean;
	/** Limits as they apply: its own, or of an instance that has none, its project's; null when they cannot be used. */
	readonly limits: Limits | null;
	/** The file in the last commit; null when that is not known, or there is none. */
	readonly committed: CommittedConfig | null;
	/** Rows of deployed settings that speak of this file; null when they are not known, or there are none. */
	readonly deployed: DeployedSettings | null;
	/** Rows that should say what is deployed and do not; null where there are none, or they are not known. */
	readonly unusable: UnusableSettings | null;
}

/** What is known of an instance. */
export interface InstanceInsight extends CommonInsight {
	readonly kind: "instance";
	readonly instance: Instance;
	/** Null while it is being loaded, when the file links to nothing that could be, and when it takes more memory than may be kept. */
	readonly loaded: Loaded<Estate> | null;
	/** Latest date that is not in the future; null when there is none, or nothing is known. */
	readonly endOfSync: DayNumber | null;
	/** Names of the products by their index in the profile. */
	readonly products: NameTable | null;
	/** Categorized with the vendor's defaults, for what does not depend on limits; null as long as, or because, there is no estate. */
	readonly basis: Categorization | null;
	/** From which the counts for any limits follow. */
	readonly profile: UsageProfile | null;
	/** What the rows of each source say on their own, in the order of the configuration; null as long as, or because, there is no estate. */
	readonly sources: readonly SourceFacts[] | null;
	/** How installations and devices sources name the same devices; null like `sources`, and where one of the two is missing. */
	readonly deviceKeys: DeviceKeyFacts | null;
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

/** Milliseconds for which it is believed that no commit was made and no settings row changed, when nobody says so. */
const HISTORY_MS = 2000;

/** The insights of one workspace. */
export function createInsights(context: InsightContext): Insights {
	const finder = createFactFinder(context);
	const slots = new Map<string, Slot>();
	const listeners = new Set<(uri: string) => void>();
	let disposed = false;

	function slotOf(uri: string): Slot {
		let slot = slots.get(uri);
		if (slot === undefined) {
			slot = { facts: null, whole: false, stale: true, checkedAt: Number.NEGATIVE_INFINITY, running: null };
			slots.set(uri, slot);
		}
		return slot;
	}

	/** Finds out first what needs no estate, so that it is known soon. A find that was overtaken by a newer version of the file leaves no trace. */
	async function update(
		file: WorkspaceFile,
		slot: Slot,
		wantsProfile: (history: HistoryFacts) => boolean,
		signal: AbortSignal,
		onStep: () => void,
	): Promise<FileFacts> {
		const now = performance.now();
		const day = dayOf(context.clock);
		const earlier = slot.facts !== null && slot.facts.day === day ? slot.facts : null;
		const before = earlier !== null && isAboutSameData(earlier.file, file) ? earlier : null;
		// While a person types, neither git nor the rows of settings are looked at with every letter.
		const isRecent = before !== null && !slot.stale && now - slot.checkedAt < HISTORY_MS;
		slot.stale = false;
		// Until the history is found, nobody takes what was known before for recent.
		if (!isRecent) slot.checkedAt = Number.NEGATIVE_INFINITY;
		const keep = (history: HistoryFacts, data: LinkedFacts, whole: boolean): FileFacts => {
			const facts = { file, day, ...history, ...data };
			const current = context.file(file.uri);
			if (current !== null && isAboutSameData(file, current)) {
				slot.facts = facts;
				slot.whole = whole;
			}
			return facts;
		};
		try {
			const history: HistoryFacts = isRecent
				? { committed: before.committed, deployed: before.deployed, unusable: before.unusable }
				: await finder.findHistory(file, signal);
			if (!isRecent) slot.checkedAt = now;
			// What a change of the file leaves as it was stays known meanwhile.
			keep(history, earlier === null ? NO_DATA : carryData(earlier, file, context.clock()), false);
			onStep();
			const profiled = wantsProfile(history);
			const data = await finder.findData(file, profiled, signal);
			// A check that needs no profile does not take away the one that is known, if it is of the same estate.
			const sameEstate = before !== null && before.products !== null && before.products === data.products;
			const kept = !profiled && sameEstate ? { profile: before.profile } : {};
			return keep(history, { ...data, ...kept }, profiled || (sameEstate && before.profile !== null));
		} catch (error) {
			slot.stale = true;
			throw error;
		}
	}

	/** Finds out in the background, for whoever peeks; a newer version of the file gives up the older one's. */
	function follow(file: WorkspaceFile, slot: Slot): void {
		if (disposed || slot.running?.file === file) return;
		// Data that only a half-written text links to is not loaded.
		if (!isReadable(file.parsed) && file.lastGood !== null) return;
		slot.running?.controller.abort();
		const running = { file, controller: new AbortController() };
		slot.running = running;
		let told = slot.facts;
		const tell = () => {
			const { facts } = slot;
			if (disposed || facts === null || slot.running !== running || areSame(told, facts)) return;
			told = facts;
			for (const listener of listeners) listener(file.uri);
		};
		const done = () => {
			if (slot.running === running) slot.running = null;
		};
		// A file that cannot be looked into now is looked into when somebody asks again.
		update(file, slot, () => true, running.controller.signal, tell)
			.then(tell, () => {})
			.then(done, done);
	}

	/** Looks, from time to time, whether there is another commit. */
	function followHistory(file: WorkspaceFile, slot: Slot): void {
		if (slot.running !== null || performance.now() - slot.checkedAt < HISTORY_MS) return;
		slot.checkedAt = performance.now();
		context.committed.isCurrent(file.uri).then(
			(current) => {
				if (current || disposed) return;
				slot.stale = true;
				follow(context.file(file.uri) ?? file, slot);
			},
			() => {},
		);
	}

	return {
		peek(uri) {
			const file = context.file(uri);
			if (file === null) return null;
			const slot = slotOf(file.uri);
			const { facts, stale, whole } = slot;
			const holds = facts !== null && facts.day === dayOf(context.clock) && isAboutSameData(facts.file, file);
			if (stale || !whole || !holds) follow(file, slot);
			else followHistory(file, slot);
			return finder.compose(file, slot.facts, slot.running === null && slot.whole);
		},
		recall(uri) {
			const file = context.file(uri);
			const slot = file === null ? undefined : slots.get(file.uri);
			return file === null ? null : finder.compose(file, slot?.facts ?? null, slot?.whole === true && slot.running === null);
		},
		async find(uri, signal, purpose = "everything") {
			const file = context.file(uri);
			if (file === null) return null;
			const wantsProfile = (history: HistoryFacts) =>
				purpose === "everything" || differs(finder.compose(file, { file, day: 0, ...NO_DATA, ...history }, true));
			const facts = await update(file, slotOf(file.uri), wantsProfile, signal, () => {});
			return finder.compose(file, facts, true);
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

/** Whether limits differ from those that they are compared with. */
function differs(insight: FileInsight | null): boolean {
	const limits = insight?.limits ?? null;
	if (insight === null || limits === null) return false;
	const others = [insight.committed?.effective ?? null, insight.deployed?.limits ?? null];
	return others.some((other) => other !== null && LIMIT_NAMES.some((name) => other[name] !== limits[name]));
}

interface Slot {
	facts: FileFacts | null;
	/** Whether the facts are all that can be found out. */
	whole: boolean;
	/** Whether something may have changed since the facts were found. */
	stale: boolean;
	/** When the history was last looked at, by the clock that only runs forward. */
	checkedAt: number;
	running: { readonly file: WorkspaceFile; readonly controller: AbortController } | null;
}
