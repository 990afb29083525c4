import { posix } from "node:path";
import { childrenOf, type XmlElement } from "../xml-tree.ts";

/** What is wrong with the types of the parts, and with what leads from one part to another. */
export function packageFaults(types: XmlElement, trees: ReadonlyMap<string, XmlElement>, parts: readonly string[]): readonly string[] {
	return [
		...typeFaults(types, parts),
		...[...trees.keys()].filter((name) => name.endsWith(".rels")).flatMap((name) => relationFaults(name, trees)),
	];
}

function typeFaults(types: XmlElement, parts: readonly string[]): readonly string[] {
	const overrides = childrenOf(types, "Override").map(({ attributes }) => attributes["PartName"] ?? "");
	const extensions = childrenOf(types, "Default").map(({ attributes }) => attributes["Extension"] ?? "");
	const hasType = (name: string) => overrides.includes(`/${name}`) || extensions.includes(name.slice(name.lastIndexOf(".") + 1));
	return [
		...repeated([...overrides, ...extensions]).map((name) => `${name} has two types.`),
		...overrides.filter((name) => !parts.includes(name.slice(1))).map((name) => `${name} has a type but is not there.`),
		...parts.filter((name) => /^\/|\\/.test(name)).map((name) => `${name} is no name of a part.`),
		...parts.filter((name) => name !== "[Content_Types].xml" && !hasType(name)).map((name) => `${name} has no type.`),
		...parts
			.filter((name) => /^xl\/.*\.xml$/.test(name) && !overrides.includes(`/${name}`))
			.map((name) => `${name} has no type of its own.`),
	];
}

function relationFaults(name: string, trees: ReadonlyMap<string, XmlElement>): readonly string[] {
	const owner = posix.join(posix.dirname(posix.dirname(name)), posix.basename(name, ".rels"));
	const relations = childrenOf(trees.get(name), "Relationship");
	const ids = relations.map(({ attributes }) => attributes["Id"] ?? "");
	const ownerTree = trees.get(owner);
	const used = ownerTree === undefined ? [] : idsIn(ownerTree);
	return [
		...repeated(ids).map((id) => `${name} has ${id} twice.`),
		...used.filter((id) => !ids.includes(id)).map((id) => `${owner} uses ${id}, which ${name} does not have.`),
		...relations
			.filter(({ attributes }) => attributes["TargetMode"] !== "External")
			.map(({ attributes }) => posix.join(posix.dirname(owner), attributes["Target"] ?? ""))
			.filter((target) => !trees.has(target))
			.map((target) => `${name} leads to ${target}, which is not there.`),
	];
}

function idsIn(element: XmlElement): readonly string[] {
	const id = element.attributes["r:id"];
	return [...(id === undefined ? [] : [id]), ...element.children.flatMap(idsIn)];
}

/** The values that stand more than once, each once. */
function repeated(values: readonly string[]): readonly string[] {
	return [...new Set(values.filter((value, index) => values.indexOf(value) < index))];
}
