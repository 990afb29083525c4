import { SourceError } from "../../core/connectors/connector.ts";
import { findRecordLines } from "../../core/connectors/csv/find-record-lines.ts";
import { readLogs } from "../../core/history/read-logs.ts";
import { storeLogs } from "../../core/history/store-logs.ts";
import { peekSource } from "../../core/loading/peek-source.ts";
import { readActivity } from "../../core/loading/read-activity.ts";
import { planParts, readSourceTable } from "../../core/loading/read-source-table.ts";
import { countActivity } from "../../core/subscriptions/count-activity.ts";
import { bundleUsage } from "../../core/usage/bundles.ts";
import { categorize, countByProduct, recategorize } from "../../core/usage/categorize.ts";
import { arrange, consolidate } from "../../core/usage/consolidate.ts";
import { sumOutcomes } from "../../core/usage/count-outcomes.ts";
import { decideInstallations } from "../../core/usage/decide-installations.ts";
import { describeSources } from "../../core/usage/describe-sources.ts";
import { readFacts } from "../../core/usage/estate-facts.ts";
import { findNames } from "../../core/usage/find-names.ts";
import { orderInstallations } from "../../core/usage/order-installations.ts";
import { countProducts, orderProducts } from "../../core/usage/order-products.ts";
import { fillRows } from "../../core/usage/ordered-rows.ts";
import { matchProducts, priceProducts } from "../../core/usage/product-prices.ts";
import { sortedNames } from "../../core/usage/sorted-names.ts";
import { sumRows } from "../../core/usage/sum-rows.ts";
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
	async findLines({ source, path, rows }, { signal }) {
		try {
			return await findRecordLines(source, path, rows, signal);
		} catch (error) {
			if (error instanceof SourceError) return null;
			throw error;
		}
	},
	read: (request, { signal, onProgress = () => {} }) => readSourceTable(request, { signal, onProgress }),
	readActivity: (request, { signal, onProgress = () => {} }) => readActivity(request, { signal, onProgress }),
	countActivity: ({ tallies, asOf }) => countActivity(tallies, asOf),
	readHistory: ({ file, wanted }, { signal }) => readLogs(file, wanted, { signal }),
	storeLogs: ({ file, input }, { signal }) => storeLogs(file, input, { signal }),
	describe: (tables) => describeSources(tables),
	consolidate: (tables) => consolidate(tables),
	arrange: (tables) => arrange(tables),
	fillRows: ({ tables, rows, range }) => fillRows(tables, rows, range),
	categorize({ estate, asOf, limits, bundles }) {
		const categorization = categorize(estate, asOf, limits, bundles);
		const byProduct = countByProduct(categorization);
		return { categorization, counts: { totals: sumOutcomes(byProduct), byProduct } };
	},
	readFacts: ({ estate, lastPresentDay, range }) => readFacts(estate, lastPresentDay, range),
	bundleUsage: ({ estate, bundles, lastPresentDay }) => bundleUsage(estate, bundles, lastPresentDay),
	decide({ categorization, range }) {
		decideInstallations(categorization, range, categorization.rule);
		return countByProduct(categorization, range);
	},
	order: ({ categorization, query, sortedProducts }) => orderInstallations(categorization, query, sortedProducts),
	recategorize: ({ categorization, limits }) => recategorize(categorization, limits),
	sumRows: (input) => sumRows(input),
	sortNames: (names) => sortedNames(names),
	findNames: (input) => findNames(input),
	priceProducts: ({ products, prices }) => priceProducts(products, prices),
	matchProducts: ({ products, patterns }) => matchProducts(products, patterns),
	countProducts: (input) => countProducts(input),
	orderProducts: (input) => orderProducts(input),
	profile: (categorization) => buildUsageProfile(categorization),
};
