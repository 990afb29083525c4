import { line } from "d3-shape";
import { html, nothing, svg, type TemplateResult } from "lit";
import { linearScale } from "./scale.ts";

/** How a sparkline looks. */
export interface SparklineOptions {
	/** Accessible name, a whole sentence with first, last, lowest and highest value where they matter. It is also the tooltip. */
	readonly label: string;
	/** In pixels; 96 × 22 when absent. */
	readonly width?: number;
	readonly height?: number;
	/** Value of a dashed line across, such as what is paid for; null or absent for none. */
	readonly reference?: number | null;
	/** Class that sets `--colour`: `series-1` (when absent) to `series-4`, `used`, `rarely`, `unused`. */
	readonly colour?: string;
}

/**
 * A line of the size of a word: one value per step, null where there is none. Gaps stay gaps, a value between two gaps is a
 * dot, and the last value is marked. The vertical axis begins at 0. Nothing but gaps draws the reference alone.
 */
export function sparkline(values: readonly (number | null)[], options: SparklineOptions): TemplateResult {
	const { label, width = 96, height = 22, reference = null, colour = "series-1" } = options;
	const known = values.filter((value) => value !== null);
	const x = linearScale([0, Math.max(1, values.length - 1)], [3, width - 3]);
	const y = linearScale([0, Math.max(1, reference ?? 0, ...known)], [height - 3, 3]);
	const path = line<number | null>()
		.defined((value) => value !== null)
		.x((_, index) => x.at(index))
		.y((value) => y.at(value ?? 0))(values);
	const last = values.findLastIndex((value) => value !== null);
	const isAlone = (index: number) => (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
	return html`<svg class="sparkline ${colour}" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
		<title>${label}</title>
		${reference === null ? nothing : svg`<line class="chart-reference" x1="3" x2=${width - 3} y1=${y.at(reference)} y2=${y.at(reference)} />`}
		<path class="chart-line" d=${path ?? ""} />
		${values.map((value, index) =>
			value !== null && (index === last || isAlone(index))
				? svg`<circle class="chart-dot" cx=${x.at(index)} cy=${y.at(value)} r=${index === last ? 2.2 : 1.4} />`
				: nothing,
		)}
	</svg>`;
}
