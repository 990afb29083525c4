import type { DataSource, Instance } from "../../core/config/model.ts";
import { valueAt } from "../../core/config/value-at.ts";
import { LIMIT_NAMES } from "../../core/usage/limits.ts";
import { type Block, paragraph } from "../markup.ts";
import { currentInstance, currentProject, currentSources } from "./current-model.ts";
import { describeAdvice } from "./describe-advice.ts";
import { describeInstance, describeMoment, describeProject, describeProjectOf } from "./describe-instance.ts";
import { describeLimit } from "./describe-limit.ts";
import { describePolicy } from "./describe-policy.ts";
import { describeBundle, describeComponent, describePattern, describePrice } from "./describe-product.ts";
import { describeColumn, describeColumns, describeSource, describeSources, describeTimeZone, type SourceFile } from "./describe-source.ts";
import { describeRenewal, describeServer, describeSubscription, describeUsers } from "./describe-subscription.ts";
import { type HoverSubject, type InstanceSubject, type ProjectSubject, whyNoFigures } from "./hover-subject.ts";

// path                                                    | what is said
// --------------------------------------------------------|------------------------------------------------------------------
// usageCategory, usageCategory.<limit>                    | values here and elsewhere, what it decides, what its change does
// limitAdvice[i]…                                         | which limit it allows, and whether it is used
// dataSources, dataSources[i]…                            | rows, dates, problems, origin
// dataSources[i].columns, dataSources[i].columns.*        | where our columns are in the source, with a value
// bundles[i]…, bundles[i].components[j]                   | installations by category
// reclaimPolicies[i]…, unitPrices[i]…                     | what is reclaimed and its worth
// …products, …products[j]                                 | products that the patterns match
// subscriptions[i]…                                       | users, servers, flags
// name, asOf, project; title                              | the instance; the project

/** What data and history say about a place of a file; nothing where they say nothing. */
export function describeSubject(subject: HoverSubject, sourceFile: SourceFile | null): readonly Block[] {
	const [section, index, key, item] = subject.path;
	if (section === "usageCategory") return describeLimit(subject, LIMIT_NAMES.find((name) => name === index) ?? null);
	if (section === "limitAdvice") {
		const advice = subject.insight.file.config.model?.limitAdvice.find((entry) => entry.index === index);
		return advice === undefined ? [] : describeAdvice(subject, advice);
	}
	if (section === "dataSources") return describeSourceAt(subject, sourceFile);
	if (isProject(subject)) return describeInProject(subject);
	if (!isInstance(subject)) return [];
	if (section === "name" && index === undefined) return orWhyNot(subject, describeInstance(subject));
	if (section === "asOf") return describeMoment(subject);
	if (section === "project") return describeProjectOf(subject);
	if (typeof index !== "number") return [];
	return describeEntry(subject, String(section), index, key, item);
}

/** The data source that a path is in; null for every other path. */
export function sourceAt({ insight, path }: Pick<HoverSubject, "insight" | "path">): DataSource | null {
	if (path[0] !== "dataSources") return null;
	return currentSources(insight).find(({ index }) => index === path[1]) ?? null;
}

function describeSourceAt(subject: HoverSubject, sourceFile: SourceFile | null): readonly Block[] {
	const { path } = subject;
	if (path.length === 1) return describeSources(subject);
	const source = sourceAt(subject);
	if (source === null) return [];
	if (path[2] === "columns")
		return path.length === 3 ? describeColumns(source, sourceFile) : describeColumn(subject, source, String(path[3]), sourceFile);
	if (path[2] === "timeZone") return describeTimeZone(subject, source);
	return path.length === 2 || SOURCE_KEYS.includes(String(path[2])) ? describeSource(subject, source, sourceFile) : [];
}

/** Of the other keys of a source, what they say is all there is to say. */
const SOURCE_KEYS = ["name", "path", "table", "query", "sheet", "connection"];

/** Entries of the lists that only instances have. */
function describeEntry(
	subject: InstanceSubject,
	section: string,
	index: number,
	key: string | number | undefined,
	item: string | number | undefined,
): readonly Block[] {
	const instance = currentInstance(subject.insight);
	const figures = subject.figures.of(subject.insight);
	const entry = ENTRY_LISTS.has(section) ? findEntry(instance, section, index) : null;
	if (entry === null) return [];
	if (figures === null) return orWhyNot(subject, []);
	const bundle = section === "bundles" ? instance.bundles.find((candidate) => candidate.index === index) : undefined;
	if (bundle !== undefined) {
		const component = key === "components" ? textAt(subject, item) : null;
		return component === null ? describeBundle(figures, bundle) : describeComponent(figures, component);
	}
	const pattern = key === "products" ? textAt(subject, item) : null;
	if (pattern !== null) return describePattern(figures, pattern);
	const policy = section === "reclaimPolicies" ? instance.reclaimPolicies.find((candidate) => candidate.index === index) : undefined;
	if (policy !== undefined) return describePolicy(subject, figures, policy);
	const price = instance.unitPrices.find((candidate) => candidate.index === index);
	return price === undefined ? [] : describePrice(figures, instance.unitPrices, price);
}

const ENTRY_LISTS: ReadonlySet<string> = new Set(["bundles", "reclaimPolicies", "unitPrices"]);

function findEntry(instance: Instance, section: string, index: number): object | null {
	const entries: readonly { readonly index: number }[] =
		section === "bundles" ? instance.bundles : section === "reclaimPolicies" ? instance.reclaimPolicies : instance.unitPrices;
	return entries.find((entry) => entry.index === index) ?? null;
}

function describeInProject(subject: ProjectSubject): readonly Block[] {
	const [section, index, key, item] = subject.path;
	if (section === "title") return describeProject(subject);
	if (section !== "subscriptions" || typeof index !== "number") return [];
	const subscription = currentProject(subject.insight).subscriptions.find((candidate) => candidate.index === index);
	if (subscription === undefined) return [];
	switch (key) {
		case "registeredUsers":
			return describeUsers(subject, subscription, "Registered");
		case "enterpriseUsers":
			return describeUsers(subject, subscription, "Enterprise");
		case "designerUsers":
			return describeUsers(subject, subscription, "Designer");
		case "renewalDate":
			return describeRenewal(subject, subscription);
		case "servers": {
			const server = textAt(subject, item);
			return server === null ? describeSubscription(subject, subscription) : describeServer(subject, subscription, server);
		}
		default:
			return describeSubscription(subject, subscription);
	}
}

/** The text of the list item that a path ends in; null where it ends before. */
function textAt({ file, path }: HoverSubject, item: string | number | undefined): string | null {
	if (item === undefined) return null;
	const value = valueAt(file.config.tree, path);
	return typeof value === "string" ? value.trim() : null;
}

function orWhyNot({ insight }: InstanceSubject, blocks: readonly Block[]): readonly Block[] {
	const why = blocks.length > 0 ? null : whyNoFigures(insight);
	return why === null ? blocks : [paragraph(why)];
}

function isInstance(subject: HoverSubject): subject is InstanceSubject {
	return subject.insight.kind === "instance";
}

function isProject(subject: HoverSubject): subject is ProjectSubject {
	return subject.insight.kind === "project";
}
