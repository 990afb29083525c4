import { readText } from "../../core/config/value-at.ts";
import type { ConfigPath } from "../../core/problems.ts";
import { CONFIG_KINDS, type ConfigKind } from "../../core/schema/schemas.ts";
import { LIMIT_NAMES } from "../../core/usage/limits.ts";
import { type ConfigNode, followAlias, type MapEntry, type OffsetRange, type ScalarStyle } from "../yaml/config-node.ts";

/** What configurations name. A bundle is a product too: one that the configuration itself defines. A `file` is one that data is linked from. */
export type EntityKind = "project" | "instance" | "client" | "server" | "dataSource" | "file" | "product" | "policy" | "limit";

/** One place of a configuration where an entity is defined or named. */
export interface Mention {
	readonly kind: EntityKind;
	/** A pattern of products may name many, also when it has no `*`, since case does not count in it. */
	readonly role: "definition" | "reference" | "pattern";
	/** Trimmed, never empty; of a reference to a project or a file, its path as written. */
	readonly name: string;
	readonly path: ConfigPath;
	/** The name as it is written, with its quotes; of a limit, its key or, in advice, its name. */
	readonly range: OffsetRange;
	/** The same without quotes, where nothing in the name is escaped. */
	readonly nameRange: OffsetRange;
	/** The entry or item of a list that the name stands for. */
	readonly around: OffsetRange;
	readonly style: ScalarStyle;
	/** Within brackets or braces. */
	readonly inFlow: boolean;
}

/** The mentions of a configuration by its nodes, in the order of the text. */
export function listMentions(root: ConfigNode | null): readonly Mention[] {
	const map = root === null ? null : followAlias(root);
	const kind = map?.type === "map" ? CONFIG_KINDS.find((candidate) => candidate === map.byKey.get("kind")?.node.value) : undefined;
	if (root === null || kind === undefined) return [];
	const found = new Map<EntityKind, Map<number, Mention>>();
	for (const place of PLACES[kind]) {
		visit({ node: root, entry: null, around: root.range, path: [], inFlow: false }, place, 0, (mention) => {
			// What an alias stands for is one place, however often it is named.
			const ofKind = found.get(mention.kind) ?? new Map<number, Mention>();
			found.set(mention.kind, ofKind.set(mention.range.start, mention));
		});
	}
	return [...found.values()].flatMap((ofKind) => [...ofKind.values()]).sort((left, right) => left.range.start - right.range.start);
}

/** Whether a name may stand at a path of such a file; cheaper than {@link listMentions}. */
export function isPlaceOfName(kind: ConfigKind, path: ConfigPath): boolean {
	return PLACES[kind].some(
		({ steps }) =>
			steps.length === path.length && steps.every((step, depth) => (step === ANY ? typeof path[depth] === "number" : step === path[depth])),
	);
}

/** Stands for every index of a list. */
const ANY = "#";

interface Place {
	readonly kind: EntityKind;
	readonly role: Mention["role"];
	readonly steps: readonly string[];
	/** Whether the key is the name. */
	readonly isKey?: true;
}

const LIMITS: readonly Place[] = [
	...LIMIT_NAMES.map((name): Place => ({ kind: "limit", role: "definition", steps: ["usageCategory", name], isKey: true })),
	{ kind: "limit", role: "reference", steps: ["limitAdvice", ANY, "limit"] },
];

const SOURCES: readonly Place[] = [
	{ kind: "dataSource", role: "definition", steps: ["dataSources", ANY, "name"] },
	{ kind: "file", role: "reference", steps: ["dataSources", ANY, "path"] },
];

/** Where names stand, by the kind of file. The limits of an instance are its own, but are looked up in its project. */
const PLACES: { readonly [kind in ConfigKind]: readonly Place[] } = {
	project: [
		{ kind: "project", role: "definition", steps: ["title"] },
		...LIMITS,
		{ kind: "client", role: "definition", steps: ["subscriptions", ANY, "client"] },
		{ kind: "server", role: "definition", steps: ["subscriptions", ANY, "servers", ANY] },
		...SOURCES,
	],
	instance: [
		{ kind: "instance", role: "definition", steps: ["name"] },
		{ kind: "project", role: "reference", steps: ["project"] },
		...LIMITS.map((place): Place => ({ ...place, role: "reference" })),
		...SOURCES,
		{ kind: "product", role: "definition", steps: ["bundles", ANY, "name"] },
		{ kind: "product", role: "reference", steps: ["bundles", ANY, "components", ANY] },
		{ kind: "policy", role: "definition", steps: ["reclaimPolicies", ANY, "name"] },
		{ kind: "product", role: "pattern", steps: ["reclaimPolicies", ANY, "products", ANY] },
		{ kind: "product", role: "pattern", steps: ["unitPrices", ANY, "products", ANY] },
	],
};

interface Visit {
	readonly node: ConfigNode;
	/** Set when the node is the value of a key. */
	readonly entry: MapEntry | null;
	/** The innermost item of a list, or entry of the file, around the node. */
	readonly around: OffsetRange;
	readonly path: ConfigPath;
	readonly inFlow: boolean;
}

function visit(here: Visit, place: Place, depth: number, report: (mention: Mention) => void): void {
	const step = place.steps[depth];
	if (step === undefined) {
		tell(here, place, report);
		return;
	}
	const node = followAlias(here.node);
	// What an alias stands for is written elsewhere, perhaps within brackets.
	const inFlow = here.inFlow || here.node.type === "alias";
	if (step === ANY && node?.type === "list") {
		for (const [index, item] of node.items.entries()) {
			const around = item.node.type === "map" ? item.node.range : here.around;
			visit({ node: item.node, entry: null, around, path: [...here.path, index], inFlow: inFlow || node.flow }, place, depth + 1, report);
		}
	} else if (step !== ANY && node?.type === "map") {
		const entry = node.byKey.get(step);
		if (entry === undefined) return;
		const around = depth === 0 || place.isKey === true ? rangeOfEntry(entry) : here.around;
		const isElsewhere = node.flow || entry.mergedAt !== null;
		visit({ node: entry.node, entry, around, path: [...here.path, step], inFlow: inFlow || isElsewhere }, place, depth + 1, report);
	}
}

function tell(here: Visit, { kind, role, isKey }: Place, report: (mention: Mention) => void): void {
	const { node, entry, path } = here;
	const inFlow = here.inFlow || node.type === "alias";
	const around = (range: OffsetRange) => (here.around.start <= range.start && here.around.end >= range.end ? here.around : range);
	if (isKey === true) {
		if (entry === null) return;
		const range = entry.keyRange;
		report({ kind, role, name: entry.key, path, range, nameRange: range, around: around(range), style: "plain", inFlow });
		return;
	}
	const scalar = followAlias(node);
	const name = scalar?.type === "scalar" ? readText(scalar.value) : null;
	if (scalar?.type !== "scalar" || name === null) return;
	const { range, style } = scalar;
	const isQuoted = style === "single" || style === "double";
	const inner = { start: range.start + 1, end: range.end - 1 };
	const nameRange = isQuoted && inner.end - inner.start === String(scalar.value).length ? inner : range;
	report({ kind, role, name, path, range, nameRange, around: around(range), style, inFlow });
}

function rangeOfEntry(entry: MapEntry): OffsetRange {
	return { start: entry.keyRange.start, end: Math.max(entry.node.range.end, entry.colonEnd ?? 0, entry.keyRange.end) };
}
