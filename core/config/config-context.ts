import type { InstantMs } from "../dates/instant.ts";
import type { ConfigProblem } from "../problems.ts";
import type { ConfigFile, FileId } from "./model.ts";

/** What a rule may look at: the file that it checks, and the workspace around it. */
export interface ConfigContext {
	readonly file: ConfigFile;
	/** All configuration files of the workspace, {@link file} among them, each once. */
	readonly files: readonly ConfigFile[];
	/** The identity that a relative path, as written in a file, stands for, whether or not there is such a file. */
	readonly resolve: (from: FileId, relativePath: string) => FileId;
	/** Whether a file is not read, since it lies outside of a workspace that is not trusted; it may exist or not. */
	readonly isRefused: (id: FileId) => boolean;
	/** The current instant; renewals are judged by its day in UTC. */
	readonly now: InstantMs;
}

/** Finds one kind of fault in one file. Pure; faulty parts of the tree, which the schema reports, are passed over. */
export type ConfigRule = (context: ConfigContext) => readonly ConfigProblem[];
