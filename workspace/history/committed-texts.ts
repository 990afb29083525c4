import { basename, dirname } from "node:path";
import { t } from "../../core/texts/translate.ts";
import { type CommittedText, readCommittedText } from "./committed-text.ts";
import { findRepository, headFilesOf, type Repository, readHeadState } from "./repository.ts";

/** What the last commits have of files. Git is asked once per file and commit; whether there is another commit takes no process. */
export interface CommittedTexts {
	/**
	 * The text of a file in the last commit of its repository.
	 * @param path absolute, symbolic links followed.
	 * @throws `signal.reason` when aborted.
	 */
	read(path: string, signal: AbortSignal): Promise<CommittedText>;
	/** Whether {@link read} would give the same as the last time; true for a file that was never read. */
	isCurrent(path: string): Promise<boolean>;
	/** Absolute names of files outside of the working tree that change with every commit, of all files that were read. */
	watchedPaths(): readonly string[];
	/** Calls a listener when there are more of {@link watchedPaths}. */
	onRepository(listener: () => void): void;
}

/** What one workspace asks of git; nothing when its author is not trusted, since a repository can point anywhere. */
export function createCommittedTexts(trusted: boolean): CommittedTexts {
	const known = new Map<string, KnownText>();
	const repositories = new Map<string, Repository>();
	const listeners = new Set<() => void>();

	function note(repository: Repository): void {
		if (repositories.has(repository.gitFolder)) return;
		repositories.set(repository.gitFolder, repository);
		for (const listener of listeners) listener();
	}

	async function ask(path: string, repository: Repository, state: string, signal: AbortSignal): Promise<CommittedText> {
		const text = await readCommittedText(path, signal);
		known.set(path, { repository, state, text });
		return text;
	}

	return {
		async read(path, signal) {
			signal.throwIfAborted();
			if (!trusted) return { text: null, why: t("Git is not asked, because the workspace is not trusted.") };
			const repository = await findRepository(dirname(path));
			signal.throwIfAborted();
			if (repository === null) {
				known.delete(path);
				return { text: null, why: t`${basename(path)} is not in a git repository.` };
			}
			note(repository);
			// Read before git is asked: a commit in between is found out the next time.
			const state = await readHeadState(repository);
			signal.throwIfAborted();
			const before = known.get(path);
			const isSame = before?.state === state && before.repository.gitFolder === repository.gitFolder;
			return isSame ? before.text : ask(path, repository, state, signal);
		},
		async isCurrent(path) {
			const before = known.get(path);
			return before === undefined || (await readHeadState(before.repository)) === before.state;
		},
		watchedPaths: () => [...repositories.values()].flatMap(headFilesOf).sort(),
		onRepository(listener) {
			listeners.add(listener);
		},
	};
}

interface KnownText {
	readonly repository: Repository;
	readonly state: string;
	readonly text: CommittedText;
}
