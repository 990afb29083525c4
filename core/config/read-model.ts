import { parseDay } from "../dates/day-number.ts";
import { parseInstant } from "../dates/instant.ts";
import { isLimit, LIMIT_NAMES, type LimitName } from "../usage/limits.ts";
import type { Bundle, ConfigFile, Instance, LimitAdvice, Project, ReclaimPolicy, Subscription, UnitPrice, WrittenLimits } from "./model.ts";
import { readDataSources } from "./read-data-sources.ts";
import { listAt, readText, textsAt, valueAt } from "./value-at.ts";

const RECLAIMABLE = ["Unused", "Rarely Used"] as const;

/**
 * Reads the plain tree of a configuration file: takes whatever is valid and leaves out the rest, which the schema reports.
 * Null when `kind` is neither `project` nor `instance`. Never throws, whatever the tree is.
 * @param before an earlier version of the same file: what is read of the same parts of the tree is taken from its model, so that equal parts of
 * both models are identical. The result is the same without it.
 */
export function readModel(tree: unknown, before: Pick<ConfigFile, "tree" | "model"> | null = null): Project | Instance | null {
	const reading: Reading = { tree, before };
	switch (valueAt(tree, ["kind"])) {
		case "project":
			return keepEqual(readProject(reading), before?.model);
		case "instance":
			return keepEqual(readInstance(reading), before?.model);
		default:
			return null;
	}
}

interface Reading {
	readonly tree: unknown;
	readonly before: Pick<ConfigFile, "tree" | "model"> | null;
}

function readProject(reading: Reading): Project {
	const { tree } = reading;
	return {
		kind: "project",
		title: readText(valueAt(tree, ["title"])),
		projectId: readId(valueAt(tree, ["projectId"])),
		limits: readPart(reading, "usageCategory", "limits", readLimits),
		limitAdvice: readEntries(reading, "limitAdvice", readLimitAdvice),
		subscriptions: readEntries(reading, "subscriptions", readSubscription),
		dataSources: readPart(reading, "dataSources", "dataSources", () => readDataSources(tree, ["usageLog", "userActivity", "settings"])),
	};
}

function readInstance(reading: Reading): Instance {
	const { tree } = reading;
	return {
		kind: "instance",
		name: readText(valueAt(tree, ["name"])),
		instanceId: readId(valueAt(tree, ["instanceId"])),
		project: readText(valueAt(tree, ["project"])),
		asOf: readDate(valueAt(tree, ["asOf"]), parseInstant),
		limits: readPart(reading, "usageCategory", "limits", readLimits),
		limitAdvice: readEntries(reading, "limitAdvice", readLimitAdvice),
		dataSources: readPart(reading, "dataSources", "dataSources", () => readDataSources(tree, ["devices", "installations", "settings"])),
		bundles: readEntries(reading, "bundles", readBundle),
		reclaimPolicies: readEntries(reading, "reclaimPolicies", readReclaimPolicy),
		unitPrices: readEntries(reading, "unitPrices", readUnitPrice),
	};
}

function readLimits(value: unknown): WrittenLimits | null {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
	const limits: { [name in LimitName]?: number } = {};
	for (const name of LIMIT_NAMES) {
		const limit = valueAt(value, [name]);
		if (isLimit(limit)) limits[name] = limit;
	}
	return limits;
}

function readLimitAdvice(entry: unknown, index: number): LimitAdvice | null {
	const limit = oneOf(LIMIT_NAMES, valueAt(entry, ["limit"]));
	const value = valueAt(entry, ["value"]);
	if (limit === null || !isLimit(value)) return null;
	return {
		index,
		limit,
		value,
		reference: readText(valueAt(entry, ["reference"])),
		date: readDate(valueAt(entry, ["date"]), parseDay),
		accepted: readAccepted(valueAt(entry, ["accepted"])),
	};
}

function readAccepted(value: unknown): LimitAdvice["accepted"] {
	const installations = readUsers(valueAt(value, ["installations"]));
	return installations === null ? null : { installations, date: readDate(valueAt(value, ["date"]), parseDay) };
}

function readSubscription(entry: unknown, index: number): Subscription | null {
	const client = readText(valueAt(entry, ["client"]));
	if (client === null) return null;
	return {
		index,
		client,
		renewalDate: readDate(valueAt(entry, ["renewalDate"]), parseDay),
		registeredUsers: readUsers(valueAt(entry, ["registeredUsers"])),
		enterpriseUsers: readUsers(valueAt(entry, ["enterpriseUsers"])),
		designerUsers: readUsers(valueAt(entry, ["designerUsers"])),
		servers: readTexts(entry, "servers"),
	};
}

function readBundle(entry: unknown, index: number): Bundle | null {
	const name = readText(valueAt(entry, ["name"]));
	return name === null ? null : { index, name, components: readTexts(entry, "components") };
}

function readReclaimPolicy(entry: unknown, index: number): ReclaimPolicy | null {
	const name = readText(valueAt(entry, ["name"]));
	if (name === null) return null;
	const categories = valueAt(entry, ["categories"]);
	return {
		index,
		name,
		products: readTexts(entry, "products"),
		categories: Array.isArray(categories) ? RECLAIMABLE.filter((category) => categories.includes(category)) : ["Unused"],
		action: oneOf(["mandatory", "optional"] as const, valueAt(entry, ["action"])) ?? "optional",
		state: oneOf(["published", "draft"] as const, valueAt(entry, ["state"])) ?? "draft",
		enabled: valueAt(entry, ["enabled"]) !== false,
	};
}

function readUnitPrice(entry: unknown, index: number): UnitPrice | null {
	const price = valueAt(entry, ["price"]);
	const currency = readText(valueAt(entry, ["currency"]));
	const products = readTexts(entry, "products");
	if (typeof price !== "number" || !Number.isFinite(price) || price < 0 || currency === null || products.length === 0) return null;
	return { index, products, price, currency };
}

/** A part of the model that is read from one key of the tree. */
function readPart<Part>({ tree, before }: Reading, key: string, part: string, read: (value: unknown) => Part): Part {
	const value = valueAt(tree, [key]);
	const isSame = before?.model != null && before.model.kind === valueAt(tree, ["kind"]) && valueAt(before.tree, [key]) === value;
	return isSame ? (partOf(before?.model, part) as Part) : read(value);
}

function readEntries<Entry extends { readonly index: number }>(
	reading: Reading,
	key: string,
	read: (entry: unknown, index: number) => Entry | null,
): readonly Entry[] {
	return readPart(reading, key, key, () => {
		const written = listAt(reading.tree, [key]);
		const { lead, tail, shift, known } = unchangedEntries<Entry>(reading, key, written);
		const entries = known.filter(({ index }) => index < lead);
		for (let index = lead; index < written.length - tail; index++) {
			const entry = read(written[index], index);
			if (entry !== null) entries.push(entry);
		}
		for (const entry of known) {
			if (entry.index + shift >= written.length - tail) entries.push(shift === 0 ? entry : { ...entry, index: entry.index + shift });
		}
		return entries;
	});
}

/**
 * What was read before of the items that a list still begins and ends with: how many these are, and by how much the later ones have moved.
 */
function unchangedEntries<Entry>(
	{ tree, before }: Reading,
	key: string,
	written: readonly unknown[],
): { readonly lead: number; readonly tail: number; readonly shift: number; readonly known: readonly Entry[] } {
	if (before?.model == null || before.model.kind !== valueAt(tree, ["kind"])) return { lead: 0, tail: 0, shift: 0, known: [] };
	const earlier = listAt(before.tree, [key]);
	const most = Math.min(written.length, earlier.length);
	const shift = written.length - earlier.length;
	let lead = 0;
	while (lead < most && written[lead] === earlier[lead]) lead++;
	let tail = 0;
	while (tail < most - lead && written[written.length - 1 - tail] === earlier[earlier.length - 1 - tail]) tail++;
	return { lead, tail, shift, known: partOf(before.model, key) as readonly Entry[] };
}

function partOf(model: Project | Instance | null | undefined, part: string): unknown {
	return (model as unknown as Readonly<Record<string, unknown>> | null | undefined)?.[part];
}

/** The model before, where all of its parts are the same. */
function keepEqual<Model extends Project | Instance>(model: Model, before: Project | Instance | null | undefined): Model {
	const isSame = before?.kind === model.kind && Object.keys(model).every((part) => partOf(model, part) === partOf(before, part));
	return isSame ? (before as Model) : model;
}

function readTexts(entry: unknown, key: string): readonly string[] {
	return textsAt(entry, [key]).map((placed) => placed.text);
}

function readDate(value: unknown, parse: (text: string) => number | null): string | null {
	return typeof value === "string" && parse(value) !== null ? value : null;
}

function readUsers(value: unknown): number | null {
	return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function readId(value: unknown): number | null {
	return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value | null {
	return values.find((candidate) => candidate === value) ?? null;
}
