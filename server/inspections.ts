import type { PlacedProblem, Workspace, WorkspaceFile } from "../workspace/workspace.ts";

/** What is known to be wrong with a file at one moment. */
export interface Inspection {
	/** The file whose text the problems mark; null when there is no such file. */
	readonly file: WorkspaceFile | null;
	readonly problems: readonly PlacedProblem[];
	/** False while linked data is still being loaded: then the problems are those of the configuration alone. */
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
	/** Gives up everything that is under way. */
	dispose(): void;
}

/** Checks of one workspace that read data at the same time, when nobody looks at their file. */
const PARALLEL_CHECKS = 2;

/** @param onLate called when a check has ended whose caller had lost patience. */
export function createInspections(workspace: Workspace, onLate: (uri: string) => void): Inspections {
	const pending = new Map<string, PendingCheck>();
	const queue = createQueue(PARALLEL_CHECKS);
	let disposed = false;

	/** A check of an older text is of no use to anyone; one of the same text is left alone, since others may wait for it. */
	function pendingCheckOf(file: WorkspaceFile): PendingCheck {
		const current = pending.get(file.uri);
		if (current?.file === file && !current.controller.signal.aborted) return current;
		const next = { file, controller: new AbortController() };
		pending.set(file.uri, next);
		current?.controller.abort();
		return next;
	}

	async function checkFully(uri: string): Promise<Inspection> {
		for (;;) {
			const file = workspace.file(uri);
			if (file === null) return { file, problems: [], complete: true };
			const { signal } = pendingCheckOf(file).controller;
			try {
				return { file, problems: await workspace.checkFile(uri, signal), complete: true };
			} catch (error) {
				if (!signal.aborted) throw error;
				// The text has changed meanwhile, so it is the new one that counts.
				if (disposed) return checkQuickly(uri);
			}
		}
	}

	function checkQuickly(uri: string): Inspection {
		return { file: workspace.file(uri), problems: workspace.checkConfiguration(uri), complete: false };
	}

	return {
		async inspect(uri, patience, urgent) {
			const run = () => checkFully(uri);
			let late = false;
			const full = (urgent ? run() : queue(run)).then((inspection) => {
				if (late && !disposed) onLate(uri);
				return inspection;
			});
			const first = await Promise.race([full, patience]);
			if (first !== undefined) return first;
			late = true;
			// The caller is answered already, so a failure has nobody to go to but the next caller.
			full.catch(() => {});
			return checkQuickly(uri);
		},
		dispose() {
			disposed = true;
			for (const check of pending.values()) check.controller.abort();
			pending.clear();
		},
	};
}

interface PendingCheck {
	readonly file: WorkspaceFile;
	readonly controller: AbortController;
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
