import { importer } from "@dbml/core";

/**
 * What a grammar of T-SQL has against a script; empty for one that it accepts. Batches that differ in nothing but comments, texts and numbers are parsed
 * once, since that takes a second, and the first time some seconds more.
 */
export function syntaxErrorsOf(script: string): readonly string[] {
	return batchesOf(script).flatMap((batch) => {
		const shape = shapeOf(batch);
		const errors = known.get(shape) ?? parseErrorsOf(shape);
		known.set(shape, errors);
		return errors;
	});
}

const known = new Map<string, readonly string[]>();

/** What the grammar has against one batch as it is. */
export function parseErrorsOf(batch: string): readonly string[] {
	try {
		importer.import(batch, "mssql");
		return [];
	} catch (error) {
		const { diags } = error as { readonly diags?: readonly { readonly message: string; readonly location?: unknown }[] };
		if (diags === undefined) throw error;
		return diags.map(({ message, location }) => `${message.slice(0, 200)} ${JSON.stringify(location)}`);
	}
}

/** A batch without comments, and with the same text and number everywhere; what is no T-SQL stays as it is. */
function shapeOf(batch: string): string {
	let tokens: readonly SqlToken[];
	try {
		tokens = lexSql(batch);
	} catch {
		return batch;
	}
	const words: string[] = [];
	for (let at = 0; at < tokens.length; ) {
		const text = evaluateText(tokens, at);
		const { kind, text: written } = tokens[at]!;
		if (text !== null) words.push("N'x'");
		else if (kind !== "comment") words.push(kind === "number" ? "1" : written);
		at = text?.end ?? at + 1;
	}
	return words.join(" ");
}

/** The batches of a script, which lines `GO` end. */
export function batchesOf(script: string): readonly string[] {
	return script.split(/^GO$/m).filter((batch) => batch.trim() !== "");
}

/** One lexical element of T-SQL; white space is none. */
export interface SqlToken {
	readonly kind: "comment" | "text" | "name" | "word" | "number" | "variable" | "symbol";
	/** As written. */
	readonly text: string;
	/** Counted from 0. */
	readonly line: number;
}

/** The lexical elements of a script, as the language's reference defines them. */
export function lexSql(script: string): readonly SqlToken[] {
	const tokens: SqlToken[] = [];
	let line = 0;
	for (let at = 0; at < script.length; ) {
		const rest = script.slice(at);
		const space = /^\s+/.exec(rest)?.[0];
		const [kind, text] = space === undefined ? readToken(rest) : [null, space];
		if (kind !== null) tokens.push({ kind, text, line });
		line += text.split("\n").length - 1;
		at += text.length;
	}
	return tokens;
}

function readToken(rest: string): readonly [SqlToken["kind"], string] {
	for (const [kind, pattern] of PATTERNS) {
		const text = pattern.exec(rest)?.[0];
		if (text !== undefined) return [kind, text];
	}
	throw new Error(`Not T-SQL: ${rest.slice(0, 80)}`);
}

const PATTERNS: readonly (readonly [SqlToken["kind"], RegExp])[] = [
	["comment", /^--[^\n]*/],
	["comment", /^\/\*[\s\S]*?\*\//],
	["text", /^N?'(?:[^']|'')*'/],
	["name", /^\[(?:[^\]]|\]\])*\]/],
	["variable", /^@@?\w+/],
	["number", /^\d+/],
	["word", /^[A-Za-z_]\w*/],
	["symbol", /^(?:<>|>=|<=|[-+*/=<>(),.;])/],
];

/** The text that an expression of literals and `NCHAR(n)`, joined by `+`, stands for; null when the tokens from here on are none. */
export function evaluateText(tokens: readonly SqlToken[], from: number): { readonly value: string; readonly end: number } | null {
	let value = "";
	for (let at = from; ; at++) {
		const [token, open, code, close] = tokens.slice(at, at + 4);
		if (token?.kind === "text") value += token.text.replace(/^N?'/, "").slice(0, -1).replaceAll("''", "'");
		else if (token?.text === "NCHAR" && open?.text === "(" && close?.text === ")") {
			value += String.fromCharCode(Number(code!.text));
			at += 3;
		} else return null;
		if (tokens[at + 1]?.text !== "+") return { value, end: at + 1 };
		at++;
	}
}
