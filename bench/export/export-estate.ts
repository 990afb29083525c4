import { createDayColumn, createIndexColumn, createUint32Column } from "../../core/columns/growing-column.ts";
import { createNames, makeNameTable } from "../../core/columns/name-table.ts";
import { NO_DAY } from "../../core/dates/day-number.ts";
import { parseInstant } from "../../core/dates/instant.ts";
import type { Categorization } from "../../core/usage/categorization.ts";
import { categorize } from "../../core/usage/categorize.ts";
import { consolidate } from "../../core/usage/consolidate.ts";
import { DEFAULT_LIMITS } from "../../core/usage/limits.ts";
import type { SourceTable } from "../../core/usage/source-table.ts";
import { AS_OF, createSyntheticEstate, type SyntheticEstate } from "../generate/synthetic-estate.ts";

/** The synthetic estate with all of its columns, categorized; what every contender of the export begins with. */
export function makeExportEstate(installations: number): Categorization {
	const synthetic = createSyntheticEstate(installations);
	const estate = consolidate([makeInstallations(synthetic), makeDevices(synthetic)]);
	return categorize(estate, parseInstant(AS_OF)!, DEFAULT_LIMITS, []);
}

function makeInstallations(synthetic: SyntheticEstate): SourceTable {
	const { vocabulary } = synthetic;
	const [starts, values] = [createUint32Column(), createUint32Column()];
	const [product, publisher, version] = [createIndexColumn(), createIndexColumn(), createIndexColumn()];
	const [installDay, lastUsageDay] = [createDayColumn(), createDayColumn()];
	const [devices, products, publishers, versions] = [createNames(), createNames(), createNames(), createNames()];
	const productIndices = vocabulary.products.map((name) => products.indexOf(name));
	const publisherIndices = vocabulary.publishers.map((name) => publishers.indexOf(name));
	const versionIndices = vocabulary.versions.map((names) => names.map((name) => versions.indexOf(name)));
	let rows = 0;
	synthetic.forEachDevice((device) => {
		starts.push(rows);
		values.push(devices.indexOf(synthetic.deviceName(device.index)));
		for (let at = 0; at < device.count; at++, rows++) {
			const chosen = device.product[at]!;
			product.push(productIndices[chosen]!);
			publisher.push(publisherIndices[chosen]! + 1);
			version.push(versionIndices[chosen]![device.version[at]!]! + 1);
			installDay.push(device.installDay[at] || NO_DAY);
			lastUsageDay.push(device.lastUsageDay[at] || NO_DAY);
		}
	});
	return {
		...emptyTable(rows),
		provides: "installations",
		devices: devices.finish(),
		deviceRuns: { starts: starts.finish(), values: values.finish() },
		product: { names: products.finish(), indices: product.finish() },
		installDay: installDay.finish(),
		lastUsageDay: lastUsageDay.finish(),
		publisher: { names: publishers.finish(), indices: publisher.finish() },
		version: { names: versions.finish(), indices: version.finish() },
	};
}

function makeDevices(synthetic: SyntheticEstate): SourceTable {
	const names: string[] = [];
	const inventoryDay = createDayColumn();
	synthetic.forEachDevice((device) => {
		if (!device.listed) return;
		names.push(synthetic.deviceName(device.index));
		inventoryDay.push(device.inventoryDay || NO_DAY);
	});
	const places = Uint32Array.from(names, (_, index) => index);
	return {
		...emptyTable(names.length),
		provides: "devices",
		devices: makeNameTable(names),
		deviceRuns: { starts: places, values: places },
		inventoryDay: inventoryDay.finish(),
		deviceName: {
			names: makeNameTable(names.map((name) => `${name.toLowerCase()}.corp.example`)),
			indices: Uint32Array.from(names, (_, index) => index + 1),
		},
	};
}

function emptyTable(rows: number) {
	return {
		sourceIndex: 0,
		timeZone: "UTC",
		rows,
		product: null,
		inventoryDay: null,
		installDay: null,
		lastUsageDay: null,
		publisher: null,
		version: null,
		deviceName: null,
		rowNumbers: { starts: Uint32Array.of(0), values: Uint32Array.of(1) },
		records: rows,
	};
}
