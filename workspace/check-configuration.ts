import { checkConfig, createRuleMemory, type RuleMemory } from "../core/config/check-config.ts";
import type { ConfigFile, FileId } from "../core/config/model.ts";
import { offerProjectLimits } from "../core/config/project-limits.ts";
import { tellOnce } from "../core/config/tell-once.ts";
import { type InstantMs, utcDayOf } from "../core/dates/instant.ts";
import type { ConfigProblem } from "../core/problems.ts";
import { isReadable, type PlacedProblem, place, type WorkspaceFile } from "./workspace-file.ts";

/** Finds what is wrong with a file as far as it needs no linked data; answers are kept until something they depend on changes. */
export interface ConfigurationCheck {
	/** In the order of the text: syntax alone while the file does not parse, else schema and rules. */
	check(file: WorkspaceFile): readonly PlacedProblem[];
}

/** What a check needs to know of the workspace around a file. */
export interface ConfigurationCheckContext {
	readonly validator: { validate(tree: unknown): readonly ConfigProblem[] };
	/** All configurations, as rules that look across files should see them. */
	readonly configs: () => readonly ConfigFile[];
	/** Changes whenever {@link configs} does. */
	readonly revision: () => number;
	readonly resolve: (from: FileId, relativePath: string) => FileId;
	/** Whether a file is not read for lack of trust. Answers may change only together with {@link revision}. */
	readonly isRefused: (id: FileId) => boolean;
	readonly clock: () => InstantMs;
}

/** A check that remembers its answers. */
export function createConfigurationCheck(context: ConfigurationCheckContext): ConfigurationCheck {
	// By file object, which a changed text replaces, so that nothing has to be forgotten by hand.
	const schemaAnswers = new WeakMap<WorkspaceFile, readonly ConfigProblem[]>();
	// By URI, since the next version asks the same; a file that is gone leaves a few lists behind until its workspace goes.
	const ruleMemories = new Map<string, RuleMemory>();
	const answers = new WeakMap<WorkspaceFile, { readonly key: string; readonly problems: readonly PlacedProblem[] }>();

	function checkSchema(file: WorkspaceFile): readonly ConfigProblem[] {
		let found = schemaAnswers.get(file);
		if (found === undefined) {
			found = context.validator.validate(file.parsed.tree);
			schemaAnswers.set(file, found);
		}
		return found;
	}

	function ruleMemoryOf({ uri }: WorkspaceFile): RuleMemory {
		let memory = ruleMemories.get(uri);
		if (memory === undefined) {
			memory = createRuleMemory();
			ruleMemories.set(uri, memory);
		}
		return memory;
	}

	function checkFile(file: WorkspaceFile): readonly PlacedProblem[] {
		const syntax = syntaxProblems(file);
		// A broken text has lost parts of its tree, and every rule that misses them would be a false alarm.
		if (!isReadable(file.parsed)) return syntax;
		const files = context.configs().map((config) => (config.id === file.config.id ? file.config : config));
		const around = { file: file.config, files, resolve: context.resolve, isRefused: context.isRefused, now: context.clock() };
		const found = tellOnce(offerProjectLimits(around, checkSchema(file)), checkConfig(around, ruleMemoryOf(file)));
		return [...syntax, ...found.map((problem) => place(file.parsed, problem))];
	}

	return {
		check(file) {
			// Rules may look at any other file, and at the day, for renewals.
			const key = `${context.revision()}@${utcDayOf(context.clock())}`;
			let answer = answers.get(file);
			if (answer?.key !== key) {
				answer = { key, problems: inTextOrder(checkFile(file)) };
				answers.set(file, answer);
			}
			return answer.problems;
		},
	};
}

function syntaxProblems(file: WorkspaceFile): readonly PlacedProblem[] {
	return file.parsed.problems.map(({ code, severity, message, range }) => ({
		problem: { code, severity, message, path: [], anchor: "key" },
		range,
	}));
}

function inTextOrder(problems: readonly PlacedProblem[]): readonly PlacedProblem[] {
	return problems.toSorted((left, right) => left.range.start - right.range.start || left.range.end - right.range.end);
}
