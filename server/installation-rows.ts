import { nameAt } from "../core/columns/name-table.ts";
import type { Categorization } from "../core/usage/categorization.ts";
import { deviceOf } from "../core/usage/estate-lookups.ts";
import { createInstallationNames } from "../core/usage/installation-names.ts";
import type { NameColumn } from "../core/usage/source-table.ts";
import { toInstallationJson } from "../workspace/runs/results-json.ts";
import type { PreviewRow } from "./protocol/preview-messages.ts";

/** Makes rows of installations, for many of them one after the other. */
export function createRowMaker(categorization: Categorization): (installation: number) => PreviewRow {
	const { estate } = categorization;
	const names = createInstallationNames(estate);
	return (installation) => ({
		index: installation,
		...toInstallationJson(categorization, installation, names),
		publisher: nameIn(estate.publisher, installation),
		version: nameIn(estate.version, installation),
		deviceName: estate.deviceName === null ? null : nameIn(estate.deviceName, deviceOf(estate, installation)),
	});
}

/** Null where there is no such column, or the row has nothing in it. */
function nameIn(column: NameColumn | null, row: number): string | null {
	const index = column?.indices[row] ?? 0;
	return index === 0 ? null : nameAt(column!.names, index - 1);
}
