import { utcDayOf } from "../core/dates/instant.ts";
import { carryOver } from "../workspace/checks/linked-findings.ts";
import type { LinkedFindings, PlacedProblem, Workspace, WorkspaceFile } from "../workspace/workspace.ts";

import { readConfig } from "../workspace/workspace-file.ts";

/** What is known to be wrong with a file at one moment. */
export interface Inspection {
	/** The file whose text the problems mark; null when there is no such file. */
	readonly file: WorkspaceFile | null;
	/** With the severities of the settings; what they switch off is left out. */
	readonly problems: readonly PlacedProblem[];
	/**
	 * False while linked data is still being loaded: then the problems are those of the configuration, and those of the data that were
	 * known before and that nothing speaks against.
	 */
	readonly complete: boolean;
}

/**
 * Checks files, without making anyone wait long for linked data: who loses patience gets what is known already, and
 * `onLate` tells when there is more.
 */
export interface Inspections {
	/**
	 * @param patience resolves when the caller waits no longer.
	 * @param urgent false lets other checks that read data go first, so that a whole workspace does not load at once.
	 */
	inspect(uri: string, patience: Promise<void>, urgent: boolean): Promise<Inspection>;
	/** What is known to be wrong with a file at this moment; nothing is loaded for it. */
	peek(uri: string): Inspection;
	/** Says that the data of configurations, or what it is judged by, may have changed. */
	outdate(uris: readonly string[]): void;
	/** What would be wrong with a file if it had another text, as far as that can be told without linked data. */
	imagine(file: WorkspaceFile, text: string): { readonly file: WorkspaceFile; readonly problems: readonly PlacedProblem[] };
	/** Gives up everything that is under way. */
	dispose(): void;
}

/** What inspections are told, and tell. */
export interface InspectionsOptions {
	/** Gives problems the severities that the person wants, and leaves out what is switched off. */
	readonly rate: (problems: readonly PlacedProblem[]) => readonly PlacedProblem[];
	/**
	 * Called when a check has ended whose caller had lost patience.
	 * @param differs whether the caller was told something else.
	 */
	readonly onLate: (uri: string, differs: boolean) => void;
	/** Whether every change of linked data is told by `outdate`, so that files that nobody looks at need not be looked into again without it. */
	readonly learnsOfChanges: boolean;
}

/** Checks of one workspace that read data at the same time, when nobody looks at their file. */
const PARALLEL_CHECKS = 2;

/**
 * Milliseconds for which the check of a text that is outdated goes on, so that the check of the next one can join its load: while a
 * person types, the same data is loaded once.
 */
const LINGER_MS = 500;

/** The inspections of one workspace. */
export function createInspections(workspace: Workspace, { rate, onLate, learnsOfChanges }: InspectionsOptions): Inspections {
	const pending = new Map<string, PendingCheck>();
	const lingering = new Map<PendingCheck, ReturnType<typeof setTimeout>>();
	const waiting = new Map<string, Promise<Inspection>>();
	const known = new Map<string, KnownFindings>();
	const outdated = new Set<string>();
	const queue = createQueue(PARALLEL_CHECKS);
	let disposed = false;

	/** A check of an older text is of no use to anyone; one of the same text is left alone, since others may wait for it. */
	function pendingCheckOf(file: WorkspaceFile): PendingCheck {
		const current = pending.get(file.uri);
		if (current?.file === file && !current.controller.signal.aborted) return current;
		const next = { file, controller: new AbortController() };
		pending.set(file.uri, next);
		if (current !== undefined) lingering.set(current, setTimeout(() => giveUp(current), LINGER_MS).unref());
		return next;
	}

	function giveUp(check: PendingCheck): void {
		clearTimeout(lingering.get(check));
		lingering.delete(check);
		check.controller.abort();
	}

	async function checkFully(uri: string): Promise<Inspection> {
		for (;;) {
			const file = workspace.file(uri);
			if (file === null || disposed) return checkQuickly(uri);
			const { signal } = pendingCheckOf(file).controller;
			outdated.delete(file.uri);
			try {
				const linked = await workspace.checkLinked(file, signal);
				// The text may have changed meanwhile; then it is the new one that counts.
				if (workspace.file(uri) !== file) continue;
				known.set(file.uri, { file, linked, day: today() });
				return { file, problems: problemsOf(file, linked), complete: true };
			} catch (error) {
				if (!signal.aborted) throw error;
			}
		}
	}

	function checkQuickly(uri: string): Inspection {
		const file = workspace.file(uri);
		if (file === null) {
			known.delete(workspace.canonicalUri(uri));
			outdated.delete(workspace.canonicalUri(uri));
			return { file, problems: [], complete: true };
		}
		const before = known.get(file.uri);
		const linked = before === undefined ? null : carryOver(before.linked, before.file, file);
		return { file, problems: problemsOf(file, linked), complete: false };
	}

	function problemsOf(file: WorkspaceFile, linked: LinkedFindings | null): readonly PlacedProblem[] {
		return rate(workspace.findingsOf(file, linked).problems);
	}

	/** What was found for the file as it is now, if it surely still holds. */
	function recall(uri: string): Inspection | null {
		const file = workspace.file(uri);
		const before = file === null || !learnsOfChanges ? undefined : known.get(file.uri);
		if (before === undefined || before.file !== file || before.day !== today() || outdated.has(before.file.uri)) return null;
		return { file, problems: problemsOf(before.file, before.linked), complete: true };
	}

	function today(): number {
		return utcDayOf(workspace.clock());
	}

	/** Of checks that nobody waits for in front of the file, one that has not begun yet does for all who want it. */
	function checkInTurn(uri: string): Promise<Inspection> {
		let check = waiting.get(uri);
		if (check === undefined) {
			check = queue(async () => {
				// It may be begun at once, and has to be noted before.
				await Promise.resolve();
				waiting.delete(uri);
				return checkFully(uri);
			});
			waiting.set(uri, check);
		}
		return check;
	}

	return {
		async inspect(uri, patience, urgent) {
			const recalled = urgent ? null : recall(uri);
			if (recalled !== null) return recalled;
			let told: Inspection | null = null;
			const full = (urgent ? checkFully(uri) : checkInTurn(uri)).then((inspection) => {
				if (told !== null && !disposed) onLate(uri, !isSame(told, inspection));
				return inspection;
			});
			const first = await Promise.race([full, patience]);
			if (first !== undefined) return first;
			told = checkQuickly(uri);
			// The caller is answered already, so a failure has nobody to go to but the next caller.
			full.catch(() => {});
			return told;
		},
		peek: (uri) => recall(uri) ?? checkQuickly(uri),
		outdate(uris) {
			for (const uri of uris) outdated.add(workspace.canonicalUri(uri));
		},
		imagine(file, text) {
			const imagined = readConfig(file.uri, text, file);
			return { file: imagined, problems: problemsOf(imagined, null) };
		},
		dispose() {
			disposed = true;
			for (const check of [...pending.values(), ...lingering.keys()]) giveUp(check);
			pending.clear();
		},
	};
}

interface KnownFindings {
	readonly file: WorkspaceFile;
	readonly linked: LinkedFindings;
	/** Some rules compare with the present day. */
	readonly day: number;
}

interface PendingCheck {
	readonly file: WorkspaceFile;
	readonly controller: AbortController;
}

/** Whether a person would see no difference. */
function isSame(told: Inspection, found: Inspection): boolean {
	return (
		told.file === found.file &&
		told.problems.length === found.problems.length &&
		told.problems.every((placed, index) => isSameProblem(placed, found.problems[index]!))
	);
}

function isSameProblem(left: PlacedProblem, right: PlacedProblem): boolean {
	if (left.problem === right.problem) return true;
	return (
		left.range.start === right.range.start &&
		left.range.end === right.range.end &&
		JSON.stringify(left.problem) === JSON.stringify(right.problem)
	);
}

/** Runs at most `width` tasks at a time, in the order in which they came. */
function createQueue(width: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
	const waiting: (() => void)[] = [];
	let running = 0;
	return async (task) => {
		if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve));
		else running++;
		try {
			return await task();
		} finally {
			const next = waiting.shift();
			if (next === undefined) running--;
			else next();
		}
	};
}
