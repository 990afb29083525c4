import type { ConfigPath, ConfigProblem } from "../problems.ts";
import type { ConfigContext, ConfigRule } from "./config-context.ts";
import type { ConfigFile } from "./model.ts";
import { listAt, valueAt } from "./value-at.ts";

/** A rule, with what it looks at when that is worth knowing. */
export interface ListedRule {
	/** The rule, or what makes one that remembers something of its own. */
	readonly check: ConfigRule | { readonly create: () => ConfigRule };
	/**
	 * All that the answer depends on, besides the list of `each`: the rule need not be asked again while each of these is the very same. Absent for
	 * rules that are cheap whatever the file holds, which are asked each time.
	 */
	readonly inputs?: (context: ConfigContext) => readonly unknown[];
	/** The list whose entries the rule judges one by one, looking at no other: it is asked about new entries alone. */
	readonly each?: EntryList;
}

/** A list of which a model has the entries. */
export type EntryList = "subscriptions" | "reclaimPolicies";

/** The answers of rules about one file at the last check of it. */
export interface RuleMemory {
	ask(rule: ListedRule, context: ConfigContext): readonly ConfigProblem[];
}

/** A memory for one file. */
export function createRuleMemory(): RuleMemory {
	const answers = new Map<ListedRule, Answer>();
	const created = new Map<ListedRule, ConfigRule>();
	const ruleOf = (rule: ListedRule): ConfigRule => {
		if (typeof rule.check === "function") return rule.check;
		const own = created.get(rule) ?? rule.check.create();
		created.set(rule, own);
		return own;
	};
	return {
		ask(rule, context) {
			const { each, inputs: inputsOf } = rule;
			const check = ruleOf(rule);
			if (inputsOf === undefined) return check(context);
			const inputs = inputsOf(context);
			const known = answers.get(rule);
			const isValid = known !== undefined && areSame(known.inputs, inputs);
			const list = each === undefined ? null : valueAt(context.file.tree, [each]);
			if (isValid && known.list === list) return known.problems;
			const ofEntries = each === undefined ? [] : askOfEach(check, each, context, isValid ? known : null);
			const problems = each === undefined ? check(context) : atEntries(ofEntries, context.file.id, each);
			answers.set(rule, { inputs, list, problems, ofEntries });
			return problems;
		},
	};
}

interface Answer {
	readonly inputs: readonly unknown[];
	readonly list: unknown;
	readonly problems: readonly ConfigProblem[];
	readonly ofEntries: EntryAnswers;
}

/** By entry, what a rule says of it, as if it were the first. */
type EntryAnswers = readonly (readonly ConfigProblem[])[];

function areSame(left: readonly unknown[], right: readonly unknown[]): boolean {
	return left.length === right.length && left.every((input, index) => Object.is(input, right[index]));
}

/** @param before the answer about an earlier version of the list, of which the entries at the beginning and at the end may be the same still. */
function askOfEach(check: ConfigRule, list: EntryList, context: ConfigContext, before: Answer | null): EntryAnswers {
	const written = listAt(context.file.tree, [list]);
	const earlier = before !== null && Array.isArray(before.list) ? before.list : [];
	const { lead, tail } = commonEntries(earlier, written);
	const found = before === null ? [] : before.ofEntries.slice(0, lead);
	const entries = new Map(entriesOf(context.file, list).map((entry) => [entry.index, entry]));
	for (let index = lead; index < written.length - tail; index++)
		found.push(check({ ...context, file: withOneEntry(context.file, list, written[index], entries.get(index)) }));
	return tail === 0 ? found : [...found, ...before!.ofEntries.slice(earlier.length - tail)];
}

/** Of how many entries both lists have the very same at the beginning, and of the rest at the end. */
function commonEntries(earlier: readonly unknown[], later: readonly unknown[]): { readonly lead: number; readonly tail: number } {
	const most = Math.min(earlier.length, later.length);
	let lead = 0;
	while (lead < most && earlier[lead] === later[lead]) lead++;
	let tail = 0;
	while (tail < most - lead && earlier[earlier.length - 1 - tail] === later[later.length - 1 - tail]) tail++;
	return { lead, tail };
}

function atEntries(ofEntries: EntryAnswers, file: string, list: string): readonly ConfigProblem[] {
	const problems: ConfigProblem[] = [];
	for (let index = 0; index < ofEntries.length; index++)
		for (const problem of ofEntries[index]!) problems.push(atEntry(problem, file, list, index));
	return problems;
}

function entriesOf({ model }: ConfigFile, list: EntryList): readonly { readonly index: number }[] {
	return ((model as unknown as Readonly<Record<string, unknown>> | null)?.[list] ?? []) as readonly { readonly index: number }[];
}

/** The file as if its list held nothing else. */
function withOneEntry({ id, tree, model }: ConfigFile, list: EntryList, value: unknown, entry: unknown): ConfigFile {
	const entries = entry === undefined ? [] : [{ ...(entry as object), index: 0 }];
	return { id, tree: { ...(tree as object), [list]: [value] }, model: model === null ? null : { ...model, [list]: entries } };
}

/** A problem of the first entry as that of another. */
function atEntry(problem: ConfigProblem, file: string, list: string, index: number): ConfigProblem {
	if (index === 0) return problem;
	const move = (path: ConfigPath): ConfigPath => (path[0] === list && path[1] === 0 ? [list, index, ...path.slice(2)] : path);
	const { missing, related, fixes } = problem;
	return {
		...problem,
		path: move(problem.path),
		...(missing === undefined ? {} : { missing: move(missing) }),
		...(related === undefined
			? {}
			: { related: related.map((place) => (place.file === file ? { ...place, path: move(place.path) } : place)) }),
		...(fixes === undefined ? {} : { fixes: fixes.map((fix) => moveFix(fix, move)) }),
	};
}

type Fix = NonNullable<ConfigProblem["fixes"]>[number];

function moveFix(fix: Fix, move: (path: ConfigPath) => ConfigPath): Fix {
	const further = fix.further?.map((step) => moveFix(step, move));
	return { ...fix, path: move(fix.path), ...(further === undefined ? {} : { further }) };
}
