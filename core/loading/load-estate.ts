import type { DataSource } from "../config/model.ts";
import type { TableRow } from "../connectors/connector.ts";
import { NO_DAY } from "../dates/day-number.ts";
import type { InstantMs } from "../dates/instant.ts";
import type { Estate } from "../usage/estate.ts";
import { createEstateBuilder, type EstateBuilder } from "../usage/estate-builder.ts";
import type { Loaded, LoadOptions, SourceFailure } from "./loaded.ts";
import { createProblemLog } from "./problem-log.ts";
import { readSource } from "./read-source.ts";
import type { RowReader } from "./row-reader.ts";

/**
 * Loads and consolidates an instance's devices and installations; other sources are passed over. All sources are read, also
 * after one failed, so that one load says everything that is wrong. Without an installations source the estate has none, and
 * without a devices source no device has an inventory date: whether that is meant is for the caller to say.
 * @throws the signal's reason once it is aborted, and nothing else.
 */
export async function loadEstate(sources: readonly DataSource[], asOf: InstantMs, options: LoadOptions): Promise<Loaded<Estate>> {
	const builder = createEstateBuilder(asOf);
	const log = createProblemLog();
	const failures: SourceFailure[] = [];
	for (const source of sources) {
		const start = rowFunctionOf(source, builder, asOf);
		if (start !== null) failures.push(...(await readSource(source, options, log, start)));
	}
	return { value: failures.length === 0 ? builder.build() : null, failures, ...log.summarize() };
}

function rowFunctionOf(
	source: DataSource,
	builder: EstateBuilder,
	asOf: InstantMs,
): ((reader: RowReader) => (row: TableRow) => void) | null {
	switch (source.provides) {
		case "devices":
			return (reader) => addDevices(reader, builder, asOf);
		case "installations":
			return (reader) => addInstallations(reader, builder, asOf);
		case "settings":
		case "usageLog":
		case "userActivity":
			return null;
	}
}

function addDevices(reader: RowReader, builder: EstateBuilder, asOf: InstantMs): (row: TableRow) => void {
	const asOfDay = reader.zone.dayOf(asOf);
	const readDevice = reader.text("device");
	const readInventoryDate = reader.date("inventoryDate", "row is kept");
	return (row) => {
		const device = readDevice(row);
		if (device === null) reader.reportMissing(row, "device");
		else builder.addDevice(device, readInventoryDate(row)?.day ?? NO_DAY, asOfDay);
	};
}

function addInstallations(reader: RowReader, builder: EstateBuilder, asOf: InstantMs): (row: TableRow) => void {
	const asOfDay = reader.zone.dayOf(asOf);
	const readDevice = reader.text("device");
	const readProduct = reader.text("product");
	const readInstallDate = reader.date("installDate", "row is kept");
	const readLastUsageDate = reader.date("lastUsageDate", "row is kept");
	return (row) => {
		const device = readDevice(row);
		const product = readProduct(row);
		if (device === null || product === null) {
			// One problem for the row, whichever keys it lacks: it is left out once.
			reader.reportMissing(row, device === null ? "device" : "product");
			return;
		}
		builder.addInstallation(device, product, readInstallDate(row)?.day ?? NO_DAY, readLastUsageDate(row)?.day ?? NO_DAY, asOfDay);
	};
}
