import { planParts, readSourceTable } from "../../core/loading/read-source-table.ts";
import { categorize, countOutcomes } from "../../core/usage/categorize.ts";
import { consolidate } from "../../core/usage/consolidate.ts";
import { orderInstallations } from "../../core/usage/order-installations.ts";
import { buildUsageProfile } from "../../core/usage/usage-profile.ts";
import type { JobInput, JobKind, JobOptions, JobOutput } from "./job.ts";

/** Carries out a job in this thread. */
export async function carryOutJob<Kind extends JobKind>(kind: Kind, input: JobInput<Kind>, options: JobOptions): Promise<JobOutput<Kind>> {
	options.signal.throwIfAborted();
	return CARRY_OUT[kind](input, options);
}

const CARRY_OUT: {
	readonly [Kind in JobKind]: (input: JobInput<Kind>, options: JobOptions) => JobOutput<Kind> | Promise<JobOutput<Kind>>;
} = {
	plan: ({ source, path }) => planParts(source, path),
	read: (request, { signal, onProgress = () => {} }) => readSourceTable(request, { signal, onProgress }),
	consolidate: (tables) => consolidate(tables),
	categorize({ estate, asOf, limits, bundles }) {
		const categorization = categorize(estate, asOf, limits, bundles);
		return { categorization, counts: countOutcomes(categorization) };
	},
	order: ({ categorization, query }) => orderInstallations(categorization, query),
	profile: (categorization) => buildUsageProfile(categorization),
};
