import { originOf } from "../../core/usage/estate-lookups.ts";
import type { CategorizeRun } from "./run-categorize.ts";

/** Where an installation first appears in the data. */
export interface InstallationPlace {
	/** Name of the data source. */
	readonly source: string;
	/** Its file as the configuration writes it; null for a source without one. */
	readonly path: string | null;
	/** As in {@link DataProblem.row}. */
	readonly row: number;
}

/** The place of an installation of a run, by its index in the estate. */
export function placeOf({ instance, categorization }: CategorizeRun, installation: number): InstallationPlace {
	const { sourceIndex, row } = originOf(categorization.estate, installation);
	const source = instance.dataSources.find(({ index }) => index === sourceIndex);
	return { source: source?.name ?? "", path: source?.path ?? null, row };
}
