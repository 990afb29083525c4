import { area, line } from "d3-shape";
import { html, nothing, svg, type TemplateResult } from "lit";
import { formatCount } from "../format.ts";
import type { Localize } from "../localize.ts";
import { guessTextWidth, spreadLabels, stackLabels } from "./place-labels.ts";
import { countTicks, linearScale, type Scale } from "./scale.ts";
import { dateTicks, dayOfIso, type TrendProjection, type TrendSeries, trendRange } from "./trend-range.ts";

/** What a trend chart shows. All dates are `YYYY-MM-DD` or ISO 8601 instants. */
export interface TrendChartOptions {
	/** Accessible name. */
	readonly label: string;
	/** What the chart says, in one or two sentences, for those who don't see it. The numbers themselves belong into a table beside. */
	readonly description: string;
	/** Width in pixels; see `watchWidth`. */
	readonly width: number;
	/** In pixels; 260 when absent. */
	readonly height?: number;
	/** First day of every week, ascending. */
	readonly weeks: readonly string[];
	/** One to four, each with one value per week; null for a week without one. */
	readonly series: readonly TrendSeries[];
	/** Where the series breaks: a line is not drawn across the beginning of such a week. Absent: nowhere. */
	readonly breaks?: readonly boolean[];
	/** The day on which the subscription is renewed; null for none. */
	readonly renewal: string | null;
	readonly l10n: Localize;
}

const FONT = 11;
const TOP = 26;
const BOTTOM = 26;

/**
 * Users by week, with what is paid for as a dashed line, and from the last week to the renewal the expected value in its range. Every
 * series has its own colour, dash and marker, and its name stands at its end.
 */
export function trendChart(options: TrendChartOptions): TemplateResult {
	const { label, description, width, height = 260, weeks, series, renewal, l10n } = options;
	const days = weeks.map(dayOfIso);
	const { first, last, max } = trendRange(days, series, renewal === null ? null : dayOfIso(renewal));
	const values = countTicks(max, 4);
	const top = values.at(-1) ?? 1;
	const left = guessTextWidth(formatCount(top), FONT) + 10;
	const right = Math.min(width * 0.3, Math.max(0, ...series.map(({ name }) => guessTextWidth(name, FONT))) + 14);
	const x = linearScale([first, last], [left, Math.max(left + 40, width - right)]);
	const y = linearScale([0, top], [height - BOTTOM, TOP]);
	const id = `trend-${label.replaceAll(/\W+/g, "-")}`;
	return html`<svg class="chart trend-chart" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="img" aria-label=${label} aria-describedby=${id}>
		<desc id=${id}>${description}</desc>
		${valueAxis(values, x, y)} ${timeAxis(x, height)}
		${renewal === null ? nothing : renewalMark(dayOfIso(renewal), renewal, x, y, l10n)}
		${series.map((one, index) => drawSeries(one, index, days, options.breaks ?? [], renewal, x, y))}
		${endLabels(series, x, y, height)}
	</svg>`;
}

function valueAxis(values: readonly number[], x: Scale, y: Scale): TemplateResult {
	const [left, right] = x.range;
	return svg`<g class="chart-axis" aria-hidden="true">${values.map(
		(value) => svg`<line class="chart-grid" x1=${left} x2=${right} y1=${y.at(value)} y2=${y.at(value)} />
			<text x=${left - 6} y=${y.at(value)} dy="0.35em" text-anchor="end">${formatCount(value)}</text>`,
	)}</g>`;
}

function timeAxis(x: Scale, height: number): TemplateResult {
	const wanted = Math.max(2, Math.floor((x.range[1] - x.range[0]) / 90));
	const ticks = dateTicks(x.domain[0], x.domain[1], wanted);
	return svg`<g class="chart-axis" aria-hidden="true">${ticks.map(
		({ day, text }) => svg`<line class="chart-tick" x1=${x.at(day)} x2=${x.at(day)} y1=${height - BOTTOM} y2=${height - BOTTOM + 4} />
			<text x=${x.at(day)} y=${height - BOTTOM + 17} text-anchor="middle">${text}</text>`,
	)}</g>`;
}

function renewalMark(day: number, date: string, x: Scale, y: Scale, l10n: Localize): TemplateResult {
	const text = l10n.t("Renewal {0}", date.slice(0, 10));
	const [place] = stackLabels([{ at: x.at(day), size: guessTextWidth(text, FONT) }], { min: x.range[0], max: x.range[1], gap: 0 });
	return svg`<g class="chart-mark"><line x1=${x.at(day)} x2=${x.at(day)} y1=${y.range[0]} y2=${TOP - 6} />
		<text x=${place?.at ?? 0} y=${TOP - 12} text-anchor="middle">${text}</text></g>`;
}

function drawSeries(
	{ colour, values, paid, projection }: TrendSeries,
	index: number,
	days: readonly number[],
	breaks: readonly boolean[],
	renewal: string | null,
	x: Scale,
	y: Scale,
): TemplateResult {
	const pieces = splitAtBreaks(values, breaks);
	const draw = line<number | null>()
		.defined((value) => value !== null)
		.x((_, week) => x.at(days[week] ?? 0))
		.y((value) => y.at(value ?? 0));
	return svg`<g class="trend-series pattern-${(index % 4) + 1} ${colour}">
		${paid === null ? nothing : svg`<line class="chart-reference" x1=${x.range[0]} x2=${x.range[1]} y1=${y.at(paid)} y2=${y.at(paid)} />`}
		${projection === null || renewal === null ? nothing : drawProjection(values, days, projection, dayOfIso(renewal), x, y)}
		${pieces.map((piece) => svg`<path class="chart-line" d=${draw(piece) ?? ""} />`)}
		${values.map((value, week) => (value === null ? nothing : marker(index, x.at(days[week] ?? 0), y.at(value))))}
	</g>`;
}

/** The values of each stretch without a break, with null everywhere else. */
function splitAtBreaks(values: readonly (number | null)[], breaks: readonly boolean[]): readonly (readonly (number | null)[])[] {
	const starts = [0, ...breaks.flatMap((isBreak, week) => (isBreak && week > 0 ? [week] : []))];
	return starts.map((start, piece) =>
		values.map((value, week) => (week >= start && week < (starts[piece + 1] ?? values.length) ? value : null)),
	);
}

/** From the last known value to the range at the renewal: the range as an area, the expected value as a dotted line. */
function drawProjection(
	values: readonly (number | null)[],
	days: readonly number[],
	{ expected, low, high }: TrendProjection,
	renewalDay: number,
	x: Scale,
	y: Scale,
): TemplateResult | typeof nothing {
	const last = values.findLastIndex((value) => value !== null);
	const start = values[last] ?? null;
	const startDay = days[last];
	if (start === null || startDay === undefined || startDay >= renewalDay) return nothing;
	const corners = [
		{ day: startDay, low: start, high: start },
		{ day: renewalDay, low, high },
	];
	const range = area<(typeof corners)[number]>()
		.x(({ day }) => x.at(day))
		.y0((corner) => y.at(Math.max(0, corner.low)))
		.y1((corner) => y.at(Math.max(0, corner.high)))(corners);
	return svg`<path class="chart-range" d=${range ?? ""} />
		<line class="chart-expected" x1=${x.at(startDay)} y1=${y.at(start)} x2=${x.at(renewalDay)} y2=${y.at(Math.max(0, expected))} />`;
}

/** A mark of its own shape for each series: circle, square, triangle, diamond. */
function marker(index: number, x: number, y: number): TemplateResult {
	const paths = [
		"M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0Z",
		"M-2.4 -2.4H2.4V2.4H-2.4Z",
		"M0 -3.2L3 2.4H-3Z",
		"M0 -3.4L3.4 0L0 3.4L-3.4 0Z",
	];
	return svg`<path class="chart-dot" transform="translate(${x} ${y})" d=${paths[index % 4]!} />`;
}

function endLabels(series: readonly TrendSeries[], x: Scale, y: Scale, height: number): TemplateResult {
	const wanted = series.map(({ values, projection }) => ({
		at: y.at(Math.max(0, projection?.expected ?? values.findLast((value) => value !== null) ?? 0)),
		size: FONT + 3,
	}));
	const places = spreadLabels(wanted, { min: TOP, max: height - BOTTOM, gap: 2 });
	return svg`<g class="chart-names" aria-hidden="true">${series.map(
		({ name, colour }, index) => svg`<g class=${colour}>${marker(index, x.range[1] + 7, places[index] ?? 0)}
			<text x=${x.range[1] + 14} y=${places[index] ?? 0} dy="0.35em">${name}</text></g>`,
	)}</g>`;
}
