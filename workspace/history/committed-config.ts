import { fileNameOf } from "../../core/config/file-names.ts";
import type { ConfigFile, WrittenLimits } from "../../core/config/model.ts";
import { isNothing, valueAt } from "../../core/config/value-at.ts";
import { t } from "../../core/texts/translate.ts";
import { LIMIT_NAMES, type LimitName, type Limits, makeLimits } from "../../core/usage/limits.ts";
import { chooseLimits } from "../choose-limits.ts";
import type { FileAccess } from "../file-access.ts";
import { type Failure, fail } from "../run-failure.ts";
import { isReadable, readConfig } from "../workspace-file.ts";
import type { CommittedText } from "./committed-text.ts";
import type { CommittedTexts } from "./committed-texts.ts";

/** A file in the last commit of its repository. */
export interface CommittedConfig {
	readonly text: string;
	readonly model: ConfigFile["model"];
	/** As written; null when it had none. */
	readonly limits: WrittenLimits | null;
	/** As they applied: its own, or those that its project had in its last commit; null when they could not be used. */
	readonly effective: Limits | null;
	/** The file that had the limits that applied: itself, or its project. */
	readonly limitsIn: CommittedLimits;
	/** Why no limits applied; null when some did. */
	readonly withoutLimits: Failure | null;
}

/** Where limits stood. */
export interface CommittedLimits {
	readonly uri: string;
	/** The lines of the limits in the committed text, counted from 0. */
	readonly lines: { readonly [name in LimitName]?: number };
}

/** The committed versions of a workspace's files; each is read and parsed once per commit. */
export interface CommittedConfigs {
	/**
	 * A file as the last commit has it, or why there is no such version.
	 * @throws `signal.reason` when aborted.
	 */
	find(uri: string, signal: AbortSignal): Promise<CommittedConfig | Failure>;
	/** Whether {@link find} would give the same as the last time. */
	isCurrent(uri: string): Promise<boolean>;
	/** Absolute names of the files that tell of commits. */
	watchedPaths(): readonly string[];
	/** Calls a listener when there are more of {@link watchedPaths}. */
	onRepository(listener: () => void): void;
}

/** @param resolve the URI that a path, as one configuration writes it, stands for. */
export function createCommittedConfigs(
	access: FileAccess,
	texts: CommittedTexts,
	resolve: (from: string, relativePath: string) => string,
): CommittedConfigs {
	// By what git gave, which is the same object as long as the commit is.
	const read = new WeakMap<CommittedText, CommittedFile | Failure>();

	/** Of a symbolic link git knows what it leads to. */
	async function pathOf(uri: string): Promise<string | null> {
		if (!access.isOnDisk(uri)) return null;
		const path = access.toPath(uri);
		return (await access.realPath(path)) ?? path;
	}

	async function readCommitted(uri: string, signal: AbortSignal): Promise<CommittedFile | Failure> {
		const path = await pathOf(uri);
		if (path === null) return fail(t`${fileNameOf(uri)} is not saved, so nothing of it is committed.`);
		const found = await texts.read(path, signal);
		if (found.text === null) return fail(t`There are no committed limits to compare with. ${found.why}`);
		let file = read.get(found);
		if (file === undefined) {
			file = readFile(uri, found.text);
			read.set(found, file);
		}
		return file;
	}

	return {
		async find(uri, signal) {
			const own = await readCommitted(uri, signal);
			if ("failed" in own) return own;
			const { config, text, lines } = own;
			const { model } = config;
			const found = { text, model, limits: model?.limits ?? null, limitsIn: { uri, lines } };
			if (model?.kind !== "instance") {
				const why = fail(t`${fileNameOf(uri)} had no limits that can be used when it was committed last.`);
				const effective = makeLimits(model?.limits ?? {}).value;
				return { ...found, effective, withoutLimits: effective === null ? why : null };
			}
			// The project as it was then: its limits may have changed since.
			const projectUri = model.project !== null && !own.writesLimits ? resolve(uri, model.project) : null;
			const project = projectUri === null ? null : await readCommitted(projectUri, signal);
			if (project !== null && "failed" in project) return { ...found, effective: null, withoutLimits: project };
			const chosen = chooseLimits(config, project?.config.model?.kind === "project" ? project.config.model : null);
			if ("failed" in chosen) return { ...found, effective: null, withoutLimits: chosen };
			const limitsIn = project === null || projectUri === null ? found.limitsIn : { uri: projectUri, lines: project.lines };
			return { ...found, effective: chosen.limits, limitsIn, withoutLimits: null };
		},
		async isCurrent(uri) {
			const path = await pathOf(uri);
			return path === null || (await texts.isCurrent(path));
		},
		watchedPaths: texts.watchedPaths,
		onRepository: texts.onRepository,
	};
}

/** What is kept of a committed text; not its tree, which may be large. */
interface CommittedFile extends Pick<CommittedLimits, "lines"> {
	readonly text: string;
	readonly config: ConfigFile;
	/** Whether anything stands at `usageCategory`. */
	readonly writesLimits: boolean;
}

function readFile(uri: string, text: string): CommittedFile | Failure {
	const { parsed, config } = readConfig(uri, text, null);
	if (!isReadable(parsed)) return fail(t`The committed version of ${fileNameOf(uri)} is not valid YAML.`);
	const written = valueAt(config.tree, ["usageCategory"]);
	const lines = LIMIT_NAMES.filter((name) => config.model?.limits?.[name] !== undefined).map((name) => {
		const { start } = parsed.rangeOf(["usageCategory", name], "value");
		return [name, text.slice(0, start).split("\n").length - 1];
	});
	return {
		text,
		config: { id: uri, tree: { usageCategory: written }, model: config.model },
		writesLimits: !isNothing(written),
		lines: Object.fromEntries(lines) as CommittedLimits["lines"],
	};
}
