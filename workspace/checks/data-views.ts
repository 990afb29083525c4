import { type NameTable, namesOf } from "../../core/columns/name-table.ts";
import type { DataContext, ReportContext, SourcesContext } from "../../core/config/data-context.ts";
import { foldName } from "../../core/config/fold-name.ts";
import type { ConfigFile, DataSource, DateFormat, Instance } from "../../core/config/model.ts";
import { matchesPattern, parsePattern } from "../../core/config/pattern.ts";
import { toReportSubscription } from "../../core/config/to-report-subscription.ts";
import type { DayNumber } from "../../core/dates/day-number.ts";
import { detectDateFormats } from "../../core/dates/detect-date-format.ts";
import { type InstantMs, utcDayOf } from "../../core/dates/instant.ts";
import { closestWord } from "../../core/schema/closest-word.ts";
import type { UsageLogRow } from "../../core/subscriptions/usage-log.ts";
import { buildUsageReport, type UsageReport } from "../../core/subscriptions/usage-report.ts";
import type { Categorization } from "../../core/usage/categorize.ts";
import { countDecidedBy, findLoneDevice, type LoneDevice } from "../../core/usage/end-of-sync.ts";
import type { Estate } from "../../core/usage/estate.ts";
import { DEFAULT_LIMITS, makeLimits } from "../../core/usage/limits.ts";
import { placeholderAt } from "../../core/usage/placeholder-days.ts";
import type { DescribedData } from "../../core/usage/source-facts.ts";
import type { EstateResults } from "../data/estate-results.ts";
import { JobFailure } from "../jobs/job.ts";

/** What rules about linked data look at. Whatever takes long is worked out once and kept as long as the data that it comes from. */
export interface DataViews {
	/** Null for an estate without installations, beside which every name would be unknown. */
	products(file: ConfigFile, estate: Estate): DataContext | null;
	/** @throws `signal.reason` when aborted. */
	rows(data: RowsOfInstance, signal: AbortSignal): Promise<SourcesContext>;
	report(file: ConfigFile, logs: readonly UsageLogRow[], configs: readonly ConfigFile[], now: InstantMs): ReportContext | null;
	detectFormats(texts: readonly string[]): readonly DateFormat[];
}

/** The sources of an instance with what they gave. */
export interface RowsOfInstance {
	readonly instance: Instance;
	/** Those that may be judged. */
	readonly sources: readonly DataSource[];
	/** Cells of a source that are no dates. */
	readonly unread: (source: DataSource) => number;
	/** Null when its dates are not those that were meant. */
	readonly estate: Estate | null;
	readonly described: DescribedData;
	readonly asOf: InstantMs;
}

export function createDataViews(results: EstateResults): DataViews {
	const productViews = new WeakMap<NameTable, Omit<DataContext, "file">>();
	const dayViews = new WeakMap<Uint8Array, Pick<SourcesContext, "loneDevice" | "endOfSync" | "countDecidedBy">>();
	const formats = new WeakMap<readonly string[], readonly DateFormat[]>();
	const reports = new WeakMap<readonly UsageLogRow[], { readonly key: string; readonly report: UsageReport }>();

	async function categorize(
		{ instance: { bundles }, estate, described, asOf }: RowsOfInstance,
		signal: AbortSignal,
	): Promise<Categorization | null> {
		if (estate === null || !(hasPlaceholder(described) || mayHaveLoneDevice(described, asOf))) return null;
		try {
			return (await results.categorize({ estate, asOf, limits: DEFAULT_LIMITS, bundles }, signal)).categorization;
		} catch (error) {
			if (error instanceof JobFailure) return null;
			throw error;
		}
	}

	return {
		products(file, { products }) {
			if (products.ends.length === 0) return null;
			return { file, ...getOrMake(productViews, products, () => viewProducts(namesOf(products))) };
		},
		async rows(data, signal) {
			const { instance, sources, unread, described } = data;
			const basis = await categorize(data, signal);
			const days = basis === null ? NOTHING_DECIDED : getOrMake(dayViews, basis.rule, () => viewDays(basis));
			return {
				...days,
				sources: described.sources.flatMap((facts) => {
					const source = sources.find(({ index }) => index === facts.sourceIndex);
					return source === undefined ? [] : [{ source, facts, unreadDates: unread(source) }];
				}),
				deviceKeys: described.deviceKeys,
				today: lastDayOn(data.asOf),
				limits: makeLimits(instance.limits ?? DEFAULT_LIMITS).value,
			};
		},
		report(file, logs, configs, now) {
			const { model } = file;
			if (model?.kind !== "project") return null;
			const key = JSON.stringify([model.subscriptions, Math.floor(now / MINUTE_MS)]);
			let known = reports.get(logs);
			if (known?.key !== key) {
				known = { key, report: buildUsageReport(model.subscriptions.map(toReportSubscription), logs, now) };
				reports.set(logs, known);
			}
			const { report } = known;
			const unknownServers = findUnknownServers(report, file, configs);
			return {
				file,
				report,
				sources: model.dataSources.filter(({ provides }) => provides === "usageLog" || provides === "userActivity"),
				unknownServers,
				closestServer: (name) =>
					closestWord(
						name,
						unknownServers.filter((server) => digitsOf(server) === digitsOf(name)),
					),
			};
		},
		detectFormats: (texts) => getOrMake(formats, texts, () => detectDateFormats(texts)),
	};
}

const MINUTE_MS = 60_000;

const NOTHING_DECIDED: Pick<SourcesContext, "loneDevice" | "endOfSync" | "countDecidedBy"> = {
	loneDevice: null,
	endOfSync: null,
	countDecidedBy: () => 0,
};

function viewProducts(products: readonly string[]): Omit<DataContext, "file"> {
	const closest = new Map<string, string | null>();
	const matches = new Map<string, boolean>();
	return {
		products,
		closestProduct: (name) => remember(closest, name, () => closestWord(name, products)),
		matchesProduct: (pattern) =>
			remember(matches, pattern, () => {
				const parsed = parsePattern(pattern);
				return products.some((product) => matchesPattern(parsed, product));
			}),
	};
}

/** The answers are found at once or when first asked for, and hold nothing of the categorization but what its rules are in. */
function viewDays(categorization: Categorization): Pick<SourcesContext, "loneDevice" | "endOfSync" | "countDecidedBy"> {
	const loneDevice: LoneDevice | null = findLoneDevice(categorization);
	const counts = new Map<string, number>();
	return {
		loneDevice,
		endOfSync: categorization.endOfSync,
		countDecidedBy: (column, day) => remember(counts, `${column} ${day}`, () => countDecidedBy(categorization, column, day)),
	};
}

function hasPlaceholder({ sources }: DescribedData): boolean {
	return sources.some(({ dates }) =>
		dates.some(({ column, days }) => column !== "installDate" && days.some((day) => placeholderAt(day) !== null)),
	);
}

/** The latest day that a clock on earth shows at an instant. */
export function lastDayOn(asOf: InstantMs): DayNumber {
	return utcDayOf(asOf + 14 * 60 * MINUTE_MS);
}

/** Days within which all dates have to be of one device, and the most rows that one device is believed to have. */
const LONE_DAYS = 7;
const ROWS_OF_DEVICE = 10_000;

/** Whether so few rows have the latest dates that they can be of one device: otherwise nothing has to be categorized to know it. */
function mayHaveLoneDevice({ sources }: DescribedData, asOf: InstantMs): boolean {
	const today = lastDayOn(asOf);
	const columns = sources.flatMap(({ dates }) => dates.filter(({ column }) => column !== "installDate"));
	let latest = Number.NEGATIVE_INFINITY;
	for (const { days } of columns) for (const day of days) if (day <= today && day > latest) latest = day;
	let rows = 0;
	for (const { days, counts } of columns) {
		for (const [index, day] of days.entries()) if (day > latest - LONE_DAYS && day <= latest) rows += counts[index]!;
	}
	return rows > 0 && rows <= ROWS_OF_DEVICE;
}

/** Servers of a project's logs that no subscription names, be it one of this or of another project. */
function findUnknownServers(report: UsageReport, file: ConfigFile, configs: readonly ConfigFile[]): readonly string[] {
	const elsewhere = new Set(
		configs.flatMap(({ id, model }) =>
			id === file.id || model?.kind !== "project" ? [] : model.subscriptions.flatMap(({ servers }) => servers.map(foldName)),
		),
	);
	return report.rows.flatMap(({ client, server }) => (client === null && !elsewhere.has(foldName(server)) ? [server] : []));
}

/** Servers that are counted through differ in nothing but their number, which is no slip of the pen. */
function digitsOf(name: string): string {
	return name.replace(/\D+/g, " ").trim();
}

function remember<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
	let value = known.get(key);
	if (value === undefined) {
		value = find();
		known.set(key, value);
	}
	return value;
}

function getOrMake<Key extends object, Value>(known: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
	let value = known.get(key);
	if (value === undefined) {
		value = make();
		known.set(key, value);
	}
	return value;
}
