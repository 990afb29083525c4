import { curveStepAfter, line } from "d3-shape";
import { html, nothing, render, svg, type TemplateResult } from "lit";
import { formatCount } from "../format.ts";
import type { Localize } from "../localize.ts";
import { joinMarks, type NamedValue, placeAt, pointsUpTo } from "./curve-points.ts";
import { guessTextWidth, spreadLabels, stackLabels } from "./place-labels.ts";
import { countTicks, dayTicks, linearScale, type Scale } from "./scale.ts";
import { watchWidth } from "./watch-width.ts";

/** One line of the chart. */
export interface CurveLine {
	readonly name: string;
	/** Class that sets `--colour` and one of `pattern-1` to `pattern-4` that sets the dash. */
	readonly colour: string;
	/** One per value. */
	readonly counts: readonly number[];
}

/** What the chart shows. */
export interface CurveData {
	/** Accessible name. */
	readonly label: string;
	/** Days, ascending from 0. */
	readonly values: readonly number[];
	readonly lines: readonly CurveLine[];
	/** Days at the end of the axis. */
	readonly lastDay: number;
	/** The value that is set, drawn as the strong line. */
	readonly value: number;
	/** What to call that value; null where it is one of the marks. */
	readonly valueName: string | null;
	/** Values to compare with, such as the default. */
	readonly marks: readonly NamedValue[];
}

/** The chart of one limit. */
export interface SensitivityCurve {
	readonly element: HTMLElement;
	/** Draws; null says that the data is not there yet. */
	show(data: CurveData | null): void;
}

/** Distances between the chart's edges and its plot, in pixels; the slider below the chart has the same. */
export const CURVE_LEFT = 60;
export const CURVE_RIGHT = 84;

const FONT = 11;
const ROW = 15;
const PLOT = 118;
const BOTTOM = 20;

/**
 * The counts of three categories against the days of one limit. The pointer reads the counts under it; with the keyboard the chart is a
 * reader of its own: arrows, Page Up and Down, Home and End move its cursor, Enter sets the limit to it.
 * @param onPick called with the days that a person chose in the chart.
 */
export function createSensitivityCurve(l10n: Localize, onPick: (days: number) => void): SensitivityCurve {
	const element = document.createElement("div");
	element.className = "curve";
	let width = 0;
	let data: CurveData | null = null;
	let cursor: number | null = null;

	watchWidth(element, (next) => {
		width = next;
		draw();
	});

	const scaleOf = ({ lastDay }: CurveData) => linearScale([0, lastDay], [CURVE_LEFT, Math.max(CURVE_LEFT + 60, width - CURVE_RIGHT)]);

	function moveTo(days: number | null): void {
		if (days === cursor) return;
		cursor = days;
		draw();
	}

	function dayUnder(event: PointerEvent | MouseEvent): number | null {
		if (data === null) return null;
		const place = event.clientX - element.getBoundingClientRect().left;
		return Math.max(0, Math.min(data.lastDay, Math.round(scaleOf(data).invert(place))));
	}

	function onKey(event: KeyboardEvent): void {
		if (data === null) return;
		const { lastDay, value } = data;
		const at = cursor ?? value;
		const steps: Readonly<Record<string, number>> = {
			ArrowLeft: at - 1,
			ArrowDown: at - 1,
			ArrowRight: at + 1,
			ArrowUp: at + 1,
			PageDown: at - 10,
			PageUp: at + 10,
			Home: 0,
			End: lastDay,
		};
		const next = steps[event.key];
		if (next === undefined && event.key !== "Enter" && event.key !== "Escape") return;
		event.preventDefault();
		if (event.key === "Enter") onPick(at);
		else moveTo(next === undefined ? null : Math.max(0, Math.min(lastDay, next)));
	}

	function draw(): void {
		if (data === null || width === 0) {
			render(html`<p class="figure-empty curve-waiting">${data === null ? l10n.t("Counting …") : nothing}</p>`, element);
			return;
		}
		const shown = data;
		const read = cursor ?? shown.value;
		const sentence = readOut(shown, read, l10n);
		render(
			html`<div
					class="curve-reader"
					role="slider"
					tabindex="0"
					aria-label=${l10n.t("Read the curve: {0}. Enter sets the limit.", shown.label)}
					aria-valuemin="0"
					aria-valuemax=${shown.lastDay}
					aria-valuenow=${Math.min(read, shown.lastDay)}
					aria-valuetext=${sentence}
					@keydown=${onKey}
					@pointermove=${(event: PointerEvent) => moveTo(dayUnder(event))}
					@pointerleave=${() => moveTo(null)}
					@blur=${() => moveTo(null)}
					@click=${(event: MouseEvent) => {
						const days = dayUnder(event);
						if (days !== null) onPick(days);
					}}
				>
					${drawChart(shown, scaleOf(shown), width, cursor, l10n)}
				</div>
				<p class="curve-readout ${cursor === null ? "" : "reading"}">${sentence}</p>`,
			element,
		);
	}

	return {
		element,
		show(next) {
			data = next;
			draw();
		},
	};
}

/** The counts at a number of days, as a sentence. */
function readOut({ values, lines }: CurveData, days: number, l10n: Localize): string {
	const place = placeAt(values, days);
	const counts = lines.map(({ name, counts: own }) => l10n.t("{0} {1}", name, formatCount(own[place] ?? 0))).join(" · ");
	return days === 1 ? l10n.t("1 day: {0}", counts) : l10n.t("{0} days: {1}", formatCount(days), counts);
}

function drawChart(data: CurveData, x: Scale, width: number, cursor: number | null, l10n: Localize): TemplateResult {
	const [left, right] = x.range;
	const marks = joinMarks(data.marks, data.lastDay).map((mark) => {
		const text = l10n.t("{0} {1}", mark.names.join(", "), formatCount(mark.days));
		return { ...mark, text, size: guessTextWidth(text, FONT) };
	});
	const places = stackLabels(
		marks.map(({ days, size }) => ({ at: x.at(days), size })),
		{ min: 0, max: width, gap: 10 },
	);
	// The row above all is for the value that is set: while it moves, nothing may change its height.
	const rows = 1 + Math.max(-1, ...places.map(({ row }) => row));
	const top = 8 + ROW * (rows + 1);
	const height = top + PLOT + BOTTOM;
	const max = Math.max(
		1,
		...data.lines.flatMap(({ counts }) =>
			counts.slice(0, placeAt(data.values, data.lastDay) + 1).reduce((most, count) => Math.max(most, count), 0),
		),
	);
	const ticks = countTicks(max, 3);
	const y = linearScale([0, ticks.at(-1) ?? 1], [top + PLOT, top]);
	return html`<svg class="chart" width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true">
		<g class="chart-axis">
			${ticks.map(
				(tick) => svg`<line class="chart-grid" x1=${left} x2=${right} y1=${y.at(tick)} y2=${y.at(tick)} />
					<text x=${left - 8} y=${y.at(tick)} dy="0.35em" text-anchor="end">${formatCount(tick)}</text>`,
			)}
			${dayTicks(data.lastDay, Math.max(3, Math.floor((right - left) / 56))).map(
				(day) => svg`<line class="chart-tick" x1=${x.at(day)} x2=${x.at(day)} y1=${top + PLOT} y2=${top + PLOT + 4} />
					<text x=${x.at(day)} y=${top + PLOT + 16} text-anchor="middle">${formatCount(day)}</text>`,
			)}
		</g>
		${data.value > data.lastDay ? nothing : drawValue(data, x, y, width)}
		<g class="curve-marks">
			${marks.map(({ days, text }, index) => {
				const { at, row } = places[index] ?? { at: 0, row: 0 };
				const baseline = top - 8 - ROW * row;
				return svg`<line x1=${x.at(days)} x2=${x.at(days)} y1=${baseline + 3} y2=${top + PLOT} />
					<text x=${at} y=${baseline} text-anchor="middle">${text}</text>`;
			})}
		</g>
		${data.lines.map(({ colour, counts }) => {
			const path = line<readonly [number, number]>()
				.x(([day]) => x.at(day))
				.y(([, count]) => y.at(count))
				.curve(curveStepAfter)(pointsUpTo({ values: data.values, counts }, data.lastDay, right - left));
			return svg`<g class=${colour}><path class="chart-line" d=${path ?? ""} /></g>`;
		})}
		${lineNames(data, x, y)}
		${cursor === null ? nothing : drawCursor(data, cursor, x, y)}
	</svg>`;
}

/** The value that is set, with its name above all other marks where it has one. */
function drawValue({ value, valueName }: CurveData, x: Scale, y: Scale, width: number): TemplateResult {
	const text = valueName ?? "";
	const [place] = stackLabels([{ at: x.at(value), size: guessTextWidth(text, FONT) }], { min: 0, max: width, gap: 0 });
	return svg`<g class="curve-value"><line x1=${x.at(value)} x2=${x.at(value)} y1=${text === "" ? y.range[1] - 2 : ROW} y2=${y.range[0] + 4} />
		<text x=${place?.at ?? 0} y=${ROW - 4} text-anchor="middle">${text}</text></g>`;
}

function drawCursor(data: CurveData, days: number, x: Scale, y: Scale): TemplateResult {
	const place = placeAt(data.values, days);
	return svg`<g class="curve-cursor"><line x1=${x.at(days)} x2=${x.at(days)} y1=${y.range[1]} y2=${y.range[0]} />
		${data.lines.map(({ colour, counts }) => svg`<circle class="chart-dot ${colour}" cx=${x.at(days)} cy=${y.at(counts[place] ?? 0)} r="3.5" />`)}</g>`;
}

/** The name of each line at its end, moved apart where lines meet. */
function lineNames({ values, lines, lastDay }: CurveData, x: Scale, y: Scale): TemplateResult {
	const place = placeAt(values, lastDay);
	const wanted = lines.map(({ counts }) => ({ at: y.at(counts[place] ?? 0), size: FONT + 2 }));
	const middles = spreadLabels(wanted, { min: y.range[1] - 4, max: y.range[0] + 4, gap: 2 });
	const right = x.range[1];
	return svg`<g class="chart-names">${lines.map(
		({ name, colour }, index) => svg`<g class=${colour}>
			<line class="chart-line" x1=${right + 4} x2=${right + 15} y1=${middles[index] ?? 0} y2=${middles[index] ?? 0} />
			<text x=${right + 18} y=${middles[index] ?? 0} dy="0.35em">${name}</text></g>`,
	)}</g>`;
}
