import { SaxesParser } from "saxes";

/** An element of an XML document, names with their prefixes. */
export interface XmlElement {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly children: readonly XmlElement[];
	/** Its own text, without that of its children. */
	readonly text: string;
}

/** Parses a document; throws where it is not well-formed, also for an attribute that stands twice or a prefix without a namespace. */
export function parseXml(xml: string): XmlElement {
	interface Open extends XmlElement {
		readonly children: Open[];
		text: string;
	}
	const parser = new SaxesParser({ xmlns: true });
	const root: Open = { name: "", attributes: {}, children: [], text: "" };
	const open = [root];
	parser.on("error", (error) => {
		throw error;
	});
	parser.on("opentag", ({ name, attributes }) => {
		const values = Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]));
		const element: Open = { name, attributes: values, children: [], text: "" };
		open.at(-1)!.children.push(element);
		open.push(element);
	});
	parser.on("text", (text) => {
		open.at(-1)!.text += text;
	});
	parser.on("closetag", () => {
		open.pop();
	});
	parser.write(xml).close();
	return root.children[0]!;
}

/** The children of a name; none of an element that is not there. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
	return (element?.children ?? []).filter((child) => child.name === name);
}

/** The first child of a name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
	return childrenOf(element, name)[0];
}

/** All elements of a name, at any depth. */
export function elementsOf(element: XmlElement, name: string): readonly XmlElement[] {
	return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
}
