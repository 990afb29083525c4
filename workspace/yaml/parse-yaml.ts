import { type Document, type ParsedNode, parseDocument } from "yaml";
import { configTags } from "./tags.ts";

/** What the parser makes of a text: nodes with their places, and its errors and warnings. */
export type YamlDocument = Document.Parsed<ParsedNode>;

/** Parses a text in the way of our files: YAML 1.2, merge keys, keys that are texts. */
export function parseYaml(text: string): YamlDocument {
	return parseDocument(text, {
		version: "1.2",
		schema: "core",
		merge: true,
		stringKeys: true,
		keepSourceTokens: true,
		prettyErrors: false,
		customTags: configTags,
	});
}
