import { type DayColumn, dayAt } from "../../core/columns/day-column.ts";
import { type DayNumber, formatDay, NO_DAY } from "../../core/dates/day-number.ts";
import type { Categorization } from "../../core/usage/categorization.ts";
import { OUTCOMES } from "../../core/usage/category.ts";
import { outcomeIndexOfRule } from "../../core/usage/count-outcomes.ts";
import { RULES } from "../../core/usage/decision-table.ts";
import { createInstallationNames } from "../../core/usage/installation-names.ts";
import type { InstallationJson } from "./results-json.ts";

/** What an export says of an installation, in this order. */
export const INSTALLATION_COLUMNS = [
	"device",
	"product",
	"installDate",
	"lastUsageDate",
	"category",
	"reason",
	"rule",
] as const satisfies readonly (keyof InstallationJson)[];

/** How a line is made of an installation. */
export interface LineForm {
	/** What stands before each cell, in the order of {@link INSTALLATION_COLUMNS}. */
	readonly labels: readonly string[];
	readonly cell: (value: string | number | null) => string;
	/** What ends a line. */
	readonly end: string;
	/** The first line; empty for none. */
	readonly header: string;
}

/** One line of JSON per installation. */
export const NDJSON_LINES: LineForm = {
	labels: INSTALLATION_COLUMNS.map((column, index) => `${index === 0 ? "{" : ","}${JSON.stringify(column)}:`),
	cell: (value) => JSON.stringify(value),
	end: "}\n",
	header: "",
};

/** Some lines of a long text. */
export interface TextRows {
	readonly text: string;
	/** Installations in it. */
	readonly rows: number;
}

/** Lines that are joined, which are made within some milliseconds. */
const ROWS_AT_ONCE = 1000;

/** A line for each installation of an order, a thousand lines at a time. What repeats is written once only and then put together. */
export function* toInstallationText(categorization: Categorization, order: Uint32Array, form: LineForm): Iterable<TextRows> {
	const lineOf = createLineMaker(categorization, form);
	let text = form.header;
	let rows = 0;
	for (const installation of order) {
		text += lineOf(installation);
		if (++rows < ROWS_AT_ONCE) continue;
		yield { text, rows };
		text = "";
		rows = 0;
	}
	if (text !== "") yield { text, rows };
}

function createLineMaker({ estate, rule, effectiveUsage }: Categorization, form: LineForm): (installation: number) => string {
	const names = createInstallationNames(estate);
	const [deviceLabel = "", productLabel = "", installLabel = "", usageLabel = "", ...ruleLabels] = form.labels;
	const ruleCells = Array.from({ length: RULES.length + 1 }, (_, number) => {
		const outcome = OUTCOMES[outcomeIndexOfRule(number)];
		const values = [outcome?.category ?? "", outcome?.reason ?? null, number];
		return ruleLabels.map((label, index) => label + form.cell(values[index] ?? null)).join("") + form.end;
	});
	const productCells: string[] = [];
	const installCells = createDayCells(estate.installDay, installLabel, form);
	const usageCells = createDayCells(effectiveUsage, usageLabel, form);
	let device = "";
	let deviceCell = deviceLabel + form.cell(device);
	return (installation) => {
		const name = names.device(installation);
		if (name !== device) {
			device = name;
			deviceCell = deviceLabel + form.cell(name);
		}
		const product = estate.productOf[installation]!;
		productCells[product] ??= productLabel + form.cell(names.product(installation));
		return deviceCell + productCells[product] + installCells(installation) + usageCells(installation) + ruleCells[rule[installation] ?? 0]!;
	};
}

/** Days repeat more often than names. */
function createDayCells(column: DayColumn, label: string, form: LineForm): (installation: number) => string {
	const cells = new Map<DayNumber, string>();
	return (installation) => {
		const day = dayAt(column, installation);
		let cell = cells.get(day);
		if (cell === undefined) {
			cell = label + form.cell(day === NO_DAY ? null : formatDay(day));
			cells.set(day, cell);
		}
		return cell;
	};
}
