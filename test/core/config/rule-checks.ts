import assert from "node:assert/strict";
import { checkConfig } from "../../../core/config/check-config.ts";
import type { ConfigFile } from "../../../core/config/model.ts";
import { readModel } from "../../../core/config/read-model.ts";
import { type InstantMs, parseInstant } from "../../../core/dates/instant.ts";
import type { ConfigFix, ConfigPath, ConfigProblem } from "../../../core/problems.ts";

/** The workspace of a check: files by name, relative to one folder. */
export interface Around {
	/** Name of the file that is checked. */
	readonly name?: string;
	readonly others?: Readonly<Record<string, unknown>>;
	/** Names of files that are not read for lack of trust. */
	readonly refused?: readonly string[];
	/** ISO 8601. */
	readonly now?: string;
}

const DEFAULT_NOW = "2026-11-05T09:00:00Z";

/** All problems that the rules find in a file with the given tree. */
export function problemsOf(
	tree: unknown,
	{ name = "checked.usage.yaml", others = {}, refused = [], now = DEFAULT_NOW }: Around = {},
): readonly ConfigProblem[] {
	const file = fileOf(name, tree);
	const files = [...Object.entries(others).map(([other, otherTree]) => fileOf(other, otherTree)), file];
	return checkConfig({
		file,
		files,
		resolve: (from, path) => new URL(path, from).href,
		isRefused: (id) => refused.includes(nameOf(id)),
		now: instantOf(now),
	});
}

/**
 * Checks which problems of one code the rules find, each as the path that it marks, joined by dots. Also that each of their fixes
 * does away with a problem of this code and brings none to a place that had none.
 */
export function checkMarked(code: string, tree: unknown, marked: readonly string[], around: Around = {}): void {
	const all = problemsOf(tree, around);
	const found = all.filter((problem) => problem.code === code);
	assert.deepEqual(
		found.map((problem) => problem.path.join(".")),
		marked,
		code,
	);
	for (const problem of found) {
		for (const fix of problem.fixes ?? []) {
			const after = problemsOf(applyFix(tree, fix), around);
			assert.equal(after.filter((other) => other.code === code).length, found.length - 1, `${code} after "${fix.title}"`);
		}
	}
}

/** Checks everything that a person sees of the only problem of one code. */
export function checkShown(code: string, tree: unknown, shown: Shown, around: Around = {}): void {
	const found = problemsOf(tree, around).filter((problem) => problem.code === code);
	assert.equal(found.length, 1, `${code}: ${found.length} problems`);
	const problem = found[0]!;
	assert.deepEqual(
		{
			severity: problem.severity,
			message: problem.message,
			related: (problem.related ?? []).map((place) => `${nameOf(place.file)} ${place.path.join(".")}: ${place.message}`),
			fixes: (problem.fixes ?? []).map((fix) => `${fix.preferred ? "* " : ""}${fix.title}`),
		},
		shown,
	);
}

/** What a person sees of a problem; a fix that is preferred begins with a star. */
export interface Shown {
	readonly severity: ConfigProblem["severity"];
	readonly message: string;
	readonly related: readonly string[];
	readonly fixes: readonly string[];
}

function applyFix(tree: unknown, fix: ConfigFix): unknown {
	return (fix.further ?? []).reduce(applyFix, applyStep(tree, fix));
}

function applyStep(tree: unknown, fix: ConfigFix): unknown {
	const copy = structuredClone(tree) as Node;
	const parent = fix.path.slice(0, -1).reduce<Node>((node, step) => node[step] as Node, copy);
	const last = fix.path.at(-1)!;
	switch (fix.kind) {
		case "set":
			parent[last] = fix.value;
			break;
		case "append":
			parent[last] = [...((parent[last] as readonly unknown[] | undefined) ?? []), fix.value];
			break;
		case "remove":
			if (Array.isArray(parent)) parent.splice(last as number, 1);
			else delete parent[last];
			break;
		case "rename-key":
			parent[fix.newKey] = parent[last];
			delete parent[last];
			break;
	}
	return copy;
}

type Node = Record<ConfigPath[number], unknown>;

function fileOf(name: string, tree: unknown): ConfigFile {
	return { id: `file:///clients/${name}`, tree, model: readModel(tree) };
}

function nameOf(id: string): string {
	return id.replace("file:///clients/", "");
}

function instantOf(text: string): InstantMs {
	const instant = parseInstant(text);
	assert.ok(instant !== null, text);
	return instant;
}
