import type { CST } from "yaml";

/** How a file lays out its blocks and brackets. */
export interface LayoutStyle {
	/** Columns from a key to the keys below it. */
	readonly indentStep: number;
	/** Columns from a key to the dashes below it; may be 0. */
	readonly listStep: number;
	/** Whether there is a space inside of braces and brackets. */
	readonly padsBraces: boolean;
	readonly padsBrackets: boolean;
}

/**
 * The layout that a file uses most; of two that are used as often, the one that comes first. Where it gives no example: `indentStep` columns for
 * everything, and spaces inside of braces only.
 */
export function detectLayout(tokens: readonly CST.Token[], indentStep: number): LayoutStyle {
	const votes: Votes = { maps: [], lists: [], braces: [], brackets: [] };
	for (const token of tokens) if (token.type === "document" && token.value !== undefined) poll(token.value, votes);
	const lists = winner(votes.lists);
	const step = winner(votes.maps) ?? (lists === null || lists === 0 ? indentStep : lists);
	return {
		indentStep: step,
		listStep: lists ?? step,
		padsBraces: winner(votes.braces) ?? true,
		padsBrackets: winner(votes.brackets) ?? false,
	};
}

interface Votes {
	readonly maps: number[];
	readonly lists: number[];
	readonly braces: boolean[];
	readonly brackets: boolean[];
}

function poll(token: CST.Token, votes: Votes): void {
	if (token.type === "flow-collection") pollBrackets(token, votes);
	if (token.type !== "block-map" && token.type !== "block-seq" && token.type !== "flow-collection") return;
	for (const { value } of token.items) {
		if (value === undefined || value === null) continue;
		if (token.type === "block-map" && value.type === "block-map" && value.indent > token.indent)
			votes.maps.push(value.indent - token.indent);
		if (token.type === "block-map" && value.type === "block-seq") votes.lists.push(Math.max(0, value.indent - token.indent));
		poll(value, votes);
	}
}

function pollBrackets({ start, items }: CST.FlowCollection, votes: Votes): void {
	const first = items[0];
	const isEmpty = first === undefined || (first.key === undefined && first.value === undefined);
	// What goes on in the next line says nothing about spaces.
	if (isEmpty || first.start.some(({ type }) => type === "newline")) return;
	(start.source === "{" ? votes.braces : votes.brackets).push(first.start[0]?.type === "space");
}

function winner<Value>(votes: readonly Value[]): Value | null {
	const counts = new Map<Value, number>();
	for (const vote of votes) counts.set(vote, (counts.get(vote) ?? 0) + 1);
	let best: { readonly vote: Value; readonly count: number } | null = null;
	for (const [vote, count] of counts) if (best === null || count > best.count) best = { vote, count };
	return best?.vote ?? null;
}
