import { parseDay } from "../dates/day-number.ts";
import { parseInstant } from "../dates/instant.ts";
import { isLimit, LIMIT_NAMES, type LimitName } from "../usage/limits.ts";
import type { Bundle, Instance, LimitAdvice, Project, ReclaimPolicy, Subscription, UnitPrice, WrittenLimits } from "./model.ts";
import { readDataSources } from "./read-data-sources.ts";
import { listAt, readText, textsAt, valueAt } from "./value-at.ts";

const RECLAIMABLE = ["Unused", "Rarely Used"] as const;

/**
 * Reads the plain tree of a configuration file: takes whatever is valid and leaves out the rest, which the schema reports.
 * Null when `kind` is neither `project` nor `instance`. Never throws, whatever the tree is.
 */
export function readModel(tree: unknown): Project | Instance | null {
	switch (valueAt(tree, ["kind"])) {
		case "project":
			return readProject(tree);
		case "instance":
			return readInstance(tree);
		default:
			return null;
	}
}

function readProject(tree: unknown): Project {
	return {
		kind: "project",
		title: readText(valueAt(tree, ["title"])),
		projectId: readId(valueAt(tree, ["projectId"])),
		limits: readLimits(valueAt(tree, ["usageCategory"])),
		limitAdvice: readEntries(tree, "limitAdvice", readLimitAdvice),
		subscriptions: readEntries(tree, "subscriptions", readSubscription),
		dataSources: readDataSources(tree, ["usageLog", "userActivity", "settings"]),
	};
}

function readInstance(tree: unknown): Instance {
	return {
		kind: "instance",
		name: readText(valueAt(tree, ["name"])),
		instanceId: readId(valueAt(tree, ["instanceId"])),
		project: readText(valueAt(tree, ["project"])),
		asOf: readDate(valueAt(tree, ["asOf"]), parseInstant),
		limits: readLimits(valueAt(tree, ["usageCategory"])),
		limitAdvice: readEntries(tree, "limitAdvice", readLimitAdvice),
		dataSources: readDataSources(tree, ["devices", "installations", "settings"]),
		bundles: readEntries(tree, "bundles", readBundle),
		reclaimPolicies: readEntries(tree, "reclaimPolicies", readReclaimPolicy),
		unitPrices: readEntries(tree, "unitPrices", readUnitPrice),
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
	};
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

function readEntries<Entry>(tree: unknown, key: string, read: (entry: unknown, index: number) => Entry | null): readonly Entry[] {
	return listAt(tree, [key]).flatMap((value, index) => read(value, index) ?? []);
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
