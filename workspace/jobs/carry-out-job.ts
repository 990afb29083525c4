import { peekSource } from "../../core/loading/peek-source.ts";
import { planParts, readSourceTable } from "../../core/loading/read-source-table.ts";
import { bundleUsage } from "../../core/usage/bundles.ts";
import { categorize, countByProduct, countOutcomes } from "../../core/usage/categorize.ts";
import { arrange, consolidate } from "../../core/usage/consolidate.ts";
import { decideInstallations } from "../../core/usage/decide-installations.ts";
import { describeSources } from "../../core/usage/describe-sources.ts";
import { readFacts } from "../../core/usage/estate-facts.ts";
import { orderInstallations } from "../../core/usage/order-installations.ts";
import { fillRows } from "../../core/usage/ordered-rows.ts";
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
	peek: ({ source, path }, { signal }) => peekSource(source, path, signal),
	read: (request, { signal, onProgress = () => {} }) => readSourceTable(request, { signal, onProgress }),
	describe: (tables) => describeSources(tables),
	consolidate: (tables) => consolidate(tables),
	arrange: (tables) => arrange(tables),
	fillRows: ({ tables, rows, range }) => fillRows(tables, rows, range),
	categorize({ estate, asOf, limits, bundles }) {
		const categorization = categorize(estate, asOf, limits, bundles);
		return { categorization, counts: countOutcomes(categorization) };
	},
	readFacts: ({ estate, lastPresentDay, range }) => readFacts(estate, lastPresentDay, range),
	bundleUsage: ({ estate, bundles, lastPresentDay }) => bundleUsage(estate, bundles, lastPresentDay),
	decide({ categorization, range }) {
		decideInstallations(categorization, range, categorization.rule);
		return countByProduct(categorization, range);
	},
	order: ({ categorization, query }) => orderInstallations(categorization, query),
	profile: (categorization) => buildUsageProfile(categorization),
};
