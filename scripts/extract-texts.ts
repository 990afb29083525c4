import { globSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { DIAGNOSTIC_CODES } from "../core/config/diagnostic-codes.ts";
import { FLAG_NAMES } from "../core/subscriptions/flags.ts";

/**
 * Every English text that a person may see in VS Code, as the key of its translations, in the order of the alphabet: those of the code,
 * what the schemas say of keys and values, and what diagnostics are about. The texts of the manifest stand in package.nls.json instead.
 */
export function extractTexts(): readonly string[] {
	const files = globSync("{core,workspace,server,client}/**/*.ts", { cwd: root }).sort();
	const found = files.flatMap((file) => textsOfCode(readFileSync(resolve(root, file), "utf8")));
	const schemas = globSync("schemas/*.json", { cwd: root }).flatMap((file) => [
		...textsOfSchema(JSON.parse(readFileSync(resolve(root, file), "utf8"))),
	]);
	return [...new Set([LANGUAGE, ...FLAG_NAMES, ...found, ...schemas, ...DIAGNOSTIC_CODES.map(({ summary }) => summary)])]
		.filter((text) => text !== "")
		.sort((left, right) => (left < right ? -1 : 1));
}

/** Texts that code translates: t("…"), t`…`, mark("…") where core/texts/translate.ts is imported, and l10n.t("…") everywhere. */
function textsOfCode(code: string): readonly string[] {
	const call = code.includes('/translate.ts"') ? /(?<![\w$.])(?:t|mark)(?=[`(])|\bl10n\.t(?=[`(])/g : /\bl10n\.t(?=[`(])/g;
	return [...code.matchAll(call)].flatMap(({ index, 0: name }) => textAt(code, index + name.length) ?? []);
}

/** The text of a call behind the name of the function; null when it is no literal. */
function textAt(code: string, start: number): string | null {
	if (code[start] === "`") return templateAt(code, start).text;
	const [head, argument] = /^\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`)/.exec(code.slice(start, start + 4000)) ?? [];
	if (head === undefined || argument === undefined) return null;
	if (argument === "`") return templateAt(code, start + head.length - 1).text;
	// A text in either quotes is read as a template would be.
	return templateAt(`\`${argument.slice(1, -1).replaceAll(/`|\$\{/g, "\\$&")}\``, 0).text;
}

/** The template at a place, with `{0}`, `{1}` … for what is put in, and the place behind it. */
function templateAt(code: string, start: number): { readonly text: string; readonly end: number } {
	let text = "";
	let values = 0;
	let at = start + 1;
	while (code[at] !== "`") {
		if (code[at] === undefined) throw new Error(`A template that begins at ${start} does not end.`);
		if (code[at] === "\\") {
			text += ESCAPES[code[at + 1]!] ?? code[at + 1];
			at += 2;
		} else if (code.startsWith("${", at)) {
			text += `{${values++}}`;
			at = endOfExpression(code, at + 2);
		} else text += code[at++];
	}
	return { text, end: at + 1 };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t" };

/** The place behind the brace that ends an expression in a template. */
function endOfExpression(code: string, start: number): number {
	let depth = 1;
	let at = start;
	while (depth > 0) {
		const character = code[at];
		if (character === undefined) throw new Error(`An expression that begins at ${start} does not end.`);
		if (character === "`") at = templateAt(code, at).end;
		else if (character === '"' || character === "'") at += /^(["'])(?:(?!\1)[^\\]|\\.)*\1/.exec(code.slice(at))![0].length;
		else {
			if (character === "{") depth++;
			if (character === "}") depth--;
			at++;
		}
	}
	return at;
}

/** Stands in core/texts/translate.ts for the tag of the language that the texts are in. */
const LANGUAGE = "en";

/** What a schema says to a person, in it and in all schemas inside of it. */
function* textsOfSchema(schema: unknown): Iterable<string> {
	if (typeof schema !== "object" || schema === null) return;
	for (const [key, value] of Object.entries(schema)) {
		if (WORDS.has(key) && typeof value === "string") yield value;
		else if (key === "x-values") yield* Object.values(value as Readonly<Record<string, string>>);
		else yield* textsOfSchema(value);
	}
}

const WORDS: ReadonlySet<string> = new Set(["title", "description", "x-unit", "x-message"]);

const root = resolve(import.meta.dirname, "..");
const bundle = resolve(root, "l10n/bundle.l10n.json");
if (import.meta.main) {
	const texts = extractTexts();
	const after = `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), null, "\t")}\n`;
	if (!process.argv.includes("--check")) writeFileSync(bundle, after);
	else if (readFileSync(bundle, "utf8") !== after) {
		console.error("l10n/bundle.l10n.json does not have the texts of the code. Run: npm run generate");
		process.exitCode = 1;
	}
}
