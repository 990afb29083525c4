/** Numbers from 0 up to, but not including, a bound; the same for the same seed. */
export type Draw = (bound: number) => number;

/** A source of such numbers (mulberry32). */
export function createDraw(seed: number): Draw {
	let state = seed >>> 0;
	return (bound) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * bound);
	};
}

/** A replacement of a stretch of text, as an editor makes it. */
export interface RandomEdit {
	readonly start: number;
	readonly end: number;
	readonly newText: string;
}

/** One edit such as a person makes: a character, a word, a line moved, copied, indented or deleted, quotes, brackets, anchors. */
export function drawEdit(text: string, draw: Draw): RandomEdit {
	const lines = lineStartsOf(text);
	const line = draw(lines.length);
	const start = lines[line]!;
	const end = lines[line + 1] ?? text.length;
	const content = text.slice(start, end);
	const at = start + draw(Math.max(1, content.replace(/\r?\n$/, "").length + 1));
	switch (draw(12)) {
		case 0:
			return { start: at, end: at, newText: pick(SCRAPS, draw) };
		case 1:
			return { start: at, end: Math.min(text.length, at + 1 + draw(3)), newText: "" };
		case 2:
			return { start: at, end: Math.min(text.length, at + draw(4)), newText: pick(SCRAPS, draw) };
		case 3:
			return { start, end, newText: "" };
		case 4:
			return { start, end: start, newText: content.endsWith("\n") ? content : `${content}\n` };
		case 5:
			return { start, end: start, newText: pick(INDENTS, draw) };
		case 6:
			return { start, end: start + Math.min(/^ */.exec(content)![0].length, 1 + draw(3)), newText: "" };
		case 7:
			return { start, end: start, newText: pick(LINES, draw) };
		case 8: {
			const other = lines[draw(lines.length)]!;
			const [from, to] = [Math.min(other, start), Math.max(other, start)];
			return {
				start: from,
				end: to,
				newText:
					draw(2) === 0
						? ""
						: text
								.slice(from, to)
								.split(/(?<=\n)/)
								.reverse()
								.join(""),
			};
		}
		case 9:
			return { start: at, end: at, newText: pick(LETTERS, draw) };
		case 10: {
			const value = /(?<=: )\S.*/.exec(content);
			if (value === null) return { start: at, end: at, newText: "x" };
			const from = start + value.index;
			return { start: from, end: from + value[0].trimEnd().length, newText: pick(VALUES, draw) };
		}
		default:
			return { start: at, end: Math.min(text.length, at + draw(200)), newText: pick(SCRAPS, draw) };
	}
}

export function carryOut(text: string, { start, end, newText }: RandomEdit): string {
	return text.slice(0, start) + newText + text.slice(end);
}

/** A long configuration without a fault of syntax, in all styles that people write. */
export function drawConfig(draw: Draw, entries: number): string {
	const isProject = draw(2) === 0;
	const step = pick(["", "  ", "    "], draw);
	const lines = [
		...(draw(4) === 0 ? ["# A file", "---"] : []),
		`kind: ${isProject ? "project" : "instance"}`,
		isProject ? 'title: "Northwind: Traders" # quoted' : "name: Northwind",
		...(draw(3) === 0 ? ["", "# Limits"] : []),
		draw(3) === 0
			? "usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }"
			: "usageCategory: &limits",
	];
	if (lines.at(-1)!.endsWith("&limits"))
		lines.push("  InstallDateCutOffLimit: 7", "  UsedCategoryLimit: 30", "  UnusedCategoryLimit: 90 # days");
	lines.push(`${isProject ? "subscriptions" : "reclaimPolicies"}:${draw(3) === 0 ? " # all" : ""}`);
	const anchored = draw(3) === 0;
	for (let index = 0; index < entries; index++) {
		const name = isProject ? "client" : "name";
		const listed = isProject ? "servers" : "products";
		const style = draw(8);
		if (style === 0) lines.push(`${step}- { ${name}: Entry ${index}, ${listed}: [a${index}, "b ${index}"] }`);
		else if (style === 1) lines.push(`${step}-`, `${step}   ${name}: Entry ${index}`, `${step}   ${listed}: [x${index}]`);
		else {
			lines.push(`${step}- ${anchored && index % 9 === 0 ? `&e${draw(3)} ` : ""}`.trimEnd());
			const below = `${step}  `;
			const rows = [`${name}: Entry ${index}${draw(9) === 0 ? " # a comment" : ""}`, `${listed}:`, `  - s${index}`, "  - 'it''s'"];
			if (anchored && index % 5 === 1) rows.push(`note: *e${draw(3)}`);
			if (anchored && index % 7 === 2) rows.push(`<<: *e${draw(3)}`);
			if (draw(10) === 0) rows.push("text: |", "  several", "", "  lines", "", "# left of it");
			if (draw(10) === 0) rows.push('"quoted": "over', '  two lines"');
			if (draw(10) === 0) rows.push("plain: over", "  two lines");
			const isSplit = lines.at(-1)!.includes("&");
			if (isSplit) lines.push(...rows.map((row) => (row.startsWith("#") || row === "" ? row : below + row)));
			else {
				lines.pop();
				lines.push(
					...rows.map((row, position) => (position === 0 ? `${step}- ${row}` : row.startsWith("#") || row === "" ? row : below + row)),
				);
			}
		}
		if (draw(12) === 0) lines.push("");
		if (draw(12) === 0) lines.push(`${pick(["", "  ", "      "], draw)}# between`);
	}
	lines.push("dataSources:", "  - name: log 😀", "    provides: settings", "    type: csv", "    path: data/x.csv");
	if (draw(3) === 0) lines.push("'other key': [1,", "  2, # c", "  { a: b }]", "größe: ~");
	return lines.join(draw(4) === 0 ? "\r\n" : "\n") + (draw(3) === 0 ? "" : "\n");
}

function pick<Element>(elements: readonly Element[], draw: Draw): Element {
	return elements[draw(elements.length)]!;
}

function lineStartsOf(text: string): readonly number[] {
	const starts = [0];
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) if (at + 1 < text.length) starts.push(at + 1);
	return starts;
}

const SCRAPS = [
	..." :-#[]{},\"'|>&*?!%@~",
	"\n",
	"\r\n",
	"\t",
	": ",
	"- ",
	" #",
	"\n\n",
	"\n- ",
	"\n  - ",
	"&e1 ",
	"*e1",
	"<<: *e0",
	"!!str ",
	"---\n",
	"...\n",
	"😀",
	"\uFEFF",
	"\0",
	'""',
	"''",
	"[]",
	"{}",
	"1e9",
	"null",
];
const INDENTS = [" ", "  ", "    ", "\t", "- ", "# ", "? ", "  - "];
const LINES = [
	"key: value\n",
	"kind: project\n",
	"kind: instance\n",
	"  - x: 1\n",
	"- y\n",
	"# comment\n",
	"   \n",
	"\n",
	"]\n",
	"}\n",
	"word\n",
	"a: b: c\n",
	"subscriptions:\n",
	"&k key: 1\n",
	"<<: *limits\n",
	'"q": [\n',
	"text: |+\n",
	"  - name: z\n    servers: [",
	"%YAML 1.2\n",
];
const LETTERS = [..."abcxyz0129_-."];
const VALUES = ["30", "true", "", '"a b"', "[a, b]", "{ a: 1 }", "*e1", "&e1 x", "|", ">-", "2026-11-22", "~", "'", "é😀", "x: y", "- z"];
