import { type Document, type ParsedNode, parseDocument, Schema } from "yaml";
import { configTags } from "./tags.ts";

/** What the parser makes of a text: nodes with their places, and its errors and warnings. */
export type YamlDocument = Document.Parsed<ParsedNode>;

/** What our files may hold: YAML 1.2, merge keys. Making it takes as long as parsing a line or two, so many pieces share one. */
export function createYamlSchema(): Schema {
	return new Schema({ schema: "core", merge: true, resolveKnownTags: true, customTags: configTags });
}

/** Parses a text in the way of our files; keys are texts. */
export function parseYaml(text: string, schema: Schema = createYamlSchema()): YamlDocument {
	return parseDocument(text, { version: "1.2", schema, stringKeys: true, keepSourceTokens: true, prettyErrors: false });
}
