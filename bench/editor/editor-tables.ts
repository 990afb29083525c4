import { formatBytes, formatRatio, type Table } from "../tables.ts";
import type { EditorMeasured } from "./measure-editor.ts";
import { ASKED, type Asked, type ServerMeasured } from "./measure-server.ts";

/** Every figure of both servers. */
export function editorTable({ documents }: EditorMeasured): Table {
	return {
		head: ["document", "lines", "from … to", "median", "95th percentile", "yaml-language-server", "95th percentile", "ratio"],
		rows: documents.flatMap((measured) => {
			const { ours, theirs } = measured;
			const lead = [measured.style, measured.lines.toLocaleString("en")];
			const asked = ASKED.map((what) => {
				const [own, other] = [ours.keystroke[what], theirs?.keystroke[what]];
				const texts = [formatMs(own.medianMs), formatMs(own.p95Ms), formatMs(other?.medianMs), formatMs(other?.p95Ms)];
				return [...lead, `keystroke to ${what}`, ...texts, ratioOf(own.medianMs, other?.medianMs)];
			});
			const memory = [formatMemory(ours), "", formatMemory(theirs), ""];
			return [
				[...lead, "opening to diagnostics", formatMs(ours.openMs), "", formatMs(theirs?.openMs), "", ratioOf(ours.openMs, theirs?.openMs)],
				...asked,
				[...lead, "memory afterwards", ...memory, ratioOf(ours.memoryBytes, theirs?.memoryBytes)],
			];
		}),
	};
}

/** Every goal with the worst of the ratios that it is about. */
export function editorGoalsTable({ documents }: EditorMeasured): Table {
	return {
		head: ["goal", "at most", "worst", "document", "met"],
		rows: GOALS.flatMap(({ text, most, minLines, figureOf }) => {
			const ratios = documents.flatMap((measured) => {
				const [own, other] = [figureOf(measured.ours), measured.theirs === null ? null : figureOf(measured.theirs)];
				return measured.lines < minLines || own === null || other === null ? [] : [{ measured, ratio: own / other }];
			});
			const worst = ratios.toSorted((one, another) => another.ratio - one.ratio)[0];
			if (worst === undefined) return [];
			const where = `${worst.measured.style}, ${worst.measured.lines.toLocaleString("en")} lines`;
			return [[text, `${most} ×`, `${formatRatio(worst.ratio)} ×`, where, worst.ratio <= most ? "yes" : "no"]];
		}),
	};
}

interface EditorGoal {
	readonly text: string;
	/** The ratio to the other server must not be above it. */
	readonly most: number;
	/** Shorter documents are not meant. */
	readonly minLines: number;
	readonly figureOf: (measured: ServerMeasured) => number | null;
}

const afterKeystroke =
	(asked: Asked) =>
	({ keystroke }: ServerMeasured): number =>
		keystroke[asked].medianMs;

const GOALS: readonly EditorGoal[] = [
	{ text: "opening to diagnostics", most: 0.9, minLines: 10_000, figureOf: ({ openMs }) => openMs },
	{ text: "keystroke to diagnostics", most: 0.05, minLines: 10_000, figureOf: afterKeystroke("diagnostics") },
	{ text: "keystroke to completion", most: 0.1, minLines: 10_000, figureOf: afterKeystroke("completion") },
	{ text: "keystroke to hover", most: 0.1, minLines: 10_000, figureOf: afterKeystroke("hover") },
	{ text: "keystroke to symbols", most: 0.1, minLines: 10_000, figureOf: afterKeystroke("symbols") },
	{ text: "memory after the largest document", most: 0.4, minLines: 50_000, figureOf: ({ memoryBytes }) => memoryBytes },
];

function formatMs(milliseconds: number | undefined): string {
	return milliseconds === undefined ? "no answer" : `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

function formatMemory(measured: ServerMeasured | null): string {
	return measured === null ? "no answer" : measured.memoryBytes === null ? "" : formatBytes(measured.memoryBytes);
}

function ratioOf(own: number | null, other: number | null | undefined): string {
	return own === null || other === null || other === undefined ? "" : formatRatio(own / other);
}
