import type { DayColumn } from "../columns/day-column.ts";
import { type NameTable, nameAt } from "../columns/name-table.ts";
import type { Categorization } from "../usage/categorization.ts";
import { OUTCOMES } from "../usage/category.ts";
import { outcomeIndexOfRule } from "../usage/count-outcomes.ts";
import type { Estate } from "../usage/estate.ts";
import { deviceOf } from "../usage/estate-lookups.ts";
import type { NameColumn } from "../usage/source-table.ts";
import { CATEGORY_TONES } from "./category-tones.ts";
import { countCell, dayCell, STYLES, textCell } from "./cell-styles.ts";
import { letterOf } from "./column-letters.ts";
import type { LongColumn } from "./long-sheet.ts";
import type { ConditionalFill } from "./table-sheet.ts";

/** The columns of the sheet "Installations": those that every estate has, and those of the others that this one's data has. */
export function installationColumns({ estate, rule, effectiveUsage }: Categorization): readonly LongColumn[] {
	const { productOf, devices, products, deviceName, publisher, version, installDay } = estate;
	const device = createDeviceLookup(estate);
	const installation = (row: number) => row;
	const outcomeOf = (key: number) => OUTCOMES[outcomeIndexOfRule(key)];
	const byRule = (row: number) => rule[row]!;
	return [
		{ header: "Device", width: 30, ...nameCells(devices, device) },
		...optionalColumn("Device Name", 30, deviceName, device),
		{ header: PRODUCT, width: 44, ...nameCells(products, (row) => productOf[row]!) },
		...optionalColumn("Publisher", 28, publisher, installation),
		...optionalColumn("Version", 14, version, installation),
		{ header: "Install Date", width: 14, rightAligned: true, ...dayCells(installDay) },
		{ header: "Last Usage Date", width: 14, rightAligned: true, ...dayCells(effectiveUsage) },
		{ header: CATEGORY, width: 14, keyOf: byRule, cellOf: (key) => textCell(outcomeOf(key)?.category ?? null), styles: [STYLES.text] },
		{ header: "Reason", width: 32, keyOf: byRule, cellOf: (key) => textCell(outcomeOf(key)?.reason ?? null), styles: [STYLES.text] },
		{ header: "Rule", width: 8, rightAligned: true, keyOf: byRule, cellOf: countCell, styles: [STYLES.count] },
	];
}

/** How many columns from the left say which installation a row is about: up to the product. */
export function identifyingColumns(columns: readonly LongColumn[]): number {
	return 1 + columns.findIndex(({ header }) => header === PRODUCT);
}

/** The fills of the column that names the category. */
export function categoryFills(columns: readonly LongColumn[]): readonly ConditionalFill[] {
	const letter = letterOf(columns.findIndex(({ header }) => header === CATEGORY));
	return Object.entries(CATEGORY_TONES).map(([category, tone]) => ({
		columns: [letter, letter],
		formula: `$${letter}2="${category}"`,
		tone,
	}));
}

const PRODUCT = "Product";
const CATEGORY = "Category";

type Cells = Pick<LongColumn, "keyOf" | "cellOf" | "styles">;

/** Any text may look like a formula. */
const TEXT_STYLES = [STYLES.text, STYLES.literalText];

function nameCells(names: NameTable, keyOf: (row: number) => number): Cells {
	return { keyOf, cellOf: (key) => textCell(nameAt(names, key)), styles: TEXT_STYLES };
}

/** A column that is there when some source maps it; what has no name in it has an empty cell. */
function optionalColumn(header: string, width: number, column: NameColumn | null, placeOf: (row: number) => number): readonly LongColumn[] {
	if (column === null) return [];
	const { names, indices } = column;
	const cellOf = (key: number) => textCell(key === 0 ? null : nameAt(names, key - 1));
	return [{ header, width, keyOf: (row) => indices[placeOf(row)]!, cellOf, styles: TEXT_STYLES }];
}

function dayCells({ days, base }: DayColumn): Cells {
	const cellOf = (key: number) => dayCell(key === 0 ? null : key + base);
	return { keyOf: (row) => days[row]!, cellOf, styles: [STYLES.day] };
}

/** Finds the devices of installations; quick when those of one device are asked for together. */
function createDeviceLookup(estate: Estate): (installation: number) => number {
	const { installationStarts } = estate;
	let device = 0;
	let from = 0;
	let to = 0;
	return (installation) => {
		if (installation < from || installation >= to) {
			device = deviceOf(estate, installation);
			from = installationStarts[device]!;
			to = installationStarts[device + 1]!;
		}
		return device;
	};
}
