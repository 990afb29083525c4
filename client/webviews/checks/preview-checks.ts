// Shapes of what the server answers about the installations of an instance, and of what a view asks it.

import {
	type ApplyLimitsParams,
	type CopyRowsParams,
	type ExplainedDate,
	type ExplainParams,
	type ExplainResult,
	type ImpactParams,
	type ImpactResult,
	LIMIT_REFERENCE_KINDS,
	type LimitAdviceEntry,
	type LimitReference,
	type Money,
	type OutcomeCount,
	type PolicyImpact,
	PREVIEW_OPTIONAL_COLUMNS,
	PREVIEW_SORT_KEYS,
	PRODUCT_SORT_KEYS,
	type PreviewLimits,
	type PreviewNamesParams,
	type PreviewNamesResult,
	type PreviewPage,
	type PreviewPageParams,
	type PreviewPolicy,
	type PreviewProblem,
	type PreviewProductsPage,
	type PreviewProductsParams,
	type PreviewQuery,
	type PreviewRow,
	type PreviewSummary,
	type ProductQuery,
	type ProductRow,
	type ProductSortKey,
	type RowRange,
	type SelectionParams,
	type SelectionResult,
	type SensitivityCurve,
	type SensitivityParams,
	type SensitivityResult,
	type SourcePlace,
	type UnusedWorth,
} from "../../../server/protocol/preview-messages.ts";
import { type Check, count, finite, flag, listOf, nullable, object, oneOf, optional, pairOf, recordOf, text } from "../shared/check.ts";

/** What a view hands to the server: the extension adds the panel's file. */
export type OfView<Params> = Params extends unknown ? Omit<Params, "uri" | "workDoneToken"> : never;

export const isLimits = object<PreviewLimits>({ InstallDateCutOffLimit: count, UsedCategoryLimit: count, UnusedCategoryLimit: count });

const limitName = oneOf("InstallDateCutOffLimit", "UsedCategoryLimit", "UnusedCategoryLimit");
const money: Check<Money> = recordOf(finite);
const worth = object<UnusedWorth>({ unused: money, rarelyUsed: money });
const outcomeCount = object<OutcomeCount>({ category: text, reason: nullable(text), count });
const ranges: Check<readonly RowRange[]> = listOf(pairOf(count, count));
const failed = oneOf(false);

const problem = object<PreviewProblem>({
	code: text,
	source: text,
	row: nullable(count),
	column: nullable(text),
	message: text,
	uri: nullable(text),
	line: nullable(count),
});

const productRow = object<ProductRow>({
	product: text,
	counts: listOf(count),
	other: nullable(listOf(count)),
	moved: nullable(count),
	price: nullable(object<NonNullable<ProductRow["price"]>>({ amount: finite, currency: text })),
	worth: money,
});

const policy = object<PreviewPolicy>({
	name: text,
	action: text,
	state: text,
	enabled: flag,
	inForce: flag,
	reclaims: count,
	worth: money,
});

export const isPreviewSummary = object<PreviewSummary>({
	failed,
	uri: text,
	instance: text,
	asOf: text,
	endOfSync: nullable(text),
	limits: isLimits,
	limitsFromProject: flag,
	installations: count,
	devices: count,
	products: count,
	totals: listOf(outcomeCount),
	currencies: listOf(text),
	worth,
	topProducts: listOf(productRow),
	policies: listOf(policy),
	references: listOf(object<LimitReference>({ kind: oneOf(...LIMIT_REFERENCE_KINDS), name: nullable(text), limits: isLimits })),
	columns: listOf(oneOf(...PREVIEW_OPTIONAL_COLUMNS)),
	problems: listOf(problem),
	problemCount: count,
});

export const isPreviewQuery = object<PreviewQuery>({
	filter: optional(
		object<NonNullable<PreviewQuery["filter"]>>({
			outcomes: optional(listOf(count)),
			devices: optional(listOf(text)),
			products: optional(listOf(text)),
			text: optional(text),
		}),
	),
	sort: optional(
		listOf(object<NonNullable<PreviewQuery["sort"]>[number]>({ by: oneOf(...PREVIEW_SORT_KEYS), descending: optional(flag) })),
	),
});

const productSortKey: Check<ProductSortKey> = (value): value is ProductSortKey =>
	typeof value === "string" && ((PRODUCT_SORT_KEYS as readonly string[]).includes(value) || /^outcome(\d|1[01])$/.test(value));

export const isProductQuery = object<ProductQuery>({
	text: optional(text),
	outcomes: optional(listOf(count)),
	products: optional(listOf(text)),
	sort: optional(listOf(object<NonNullable<ProductQuery["sort"]>[number]>({ by: productSortKey, descending: optional(flag) }))),
	onlyDifferent: optional(flag),
});

const window = { offset: count, limit: count };

export const isPageParams = object<OfView<PreviewPageParams>>({
	...window,
	query: optional(isPreviewQuery),
	limits: optional(isLimits),
});

const previewRow = object<PreviewRow>({
	index: count,
	device: text,
	product: text,
	installDate: nullable(text),
	lastUsageDate: nullable(text),
	category: text,
	reason: nullable(text),
	rule: count,
	publisher: nullable(text),
	version: nullable(text),
	deviceName: nullable(text),
});

export const isPage = object<PreviewPage>({ failed, offset: count, total: count, rows: listOf(previewRow) });

export const isProductsParams = object<OfView<PreviewProductsParams>>({
	...window,
	query: optional(isProductQuery),
	limits: optional(isLimits),
	against: optional(isLimits),
});

export const isProductsPage = object<PreviewProductsPage>({ failed, offset: count, total: count, rows: listOf(productRow) });

export const isSelectionParams = object<OfView<SelectionParams>>({
	query: optional(isPreviewQuery),
	limits: optional(isLimits),
	ranges,
});

export const isSelection = object<SelectionResult>({
	failed,
	rows: count,
	devices: count,
	products: count,
	totals: listOf(count),
	worth: money,
});

type CopyOf<Of extends string> = OfView<Extract<CopyRowsParams, { readonly of: Of }>>;

const copied = { limits: optional(isLimits), ranges, headers: listOf(text), columns: listOf(text) };
const copyInstallations = object<CopyOf<"installations">>({ ...copied, of: oneOf("installations"), query: optional(isPreviewQuery) });
const copyProducts = object<CopyOf<"products">>({
	...copied,
	of: oneOf("products"),
	query: optional(isProductQuery),
	against: optional(isLimits),
});

export const isCopyParams: Check<OfView<CopyRowsParams>> = (value): value is OfView<CopyRowsParams> =>
	copyInstallations(value) || copyProducts(value);

export const isNamesParams = object<OfView<PreviewNamesParams>>({ of: oneOf("devices", "products"), text, limit: count });

export const isNames = object<PreviewNamesResult>({ failed, total: count, names: listOf(text) });

export const isExplainParams = object<OfView<ExplainParams>>({ device: text, product: text, limits: optional(isLimits) });

const explainedDate = nullable(object<ExplainedDate>({ date: text, inFuture: flag }));
const days = nullable(finite);

export const isExplanation = object<ExplainResult>({
	failed,
	device: text,
	product: text,
	category: text,
	reason: nullable(text),
	rule: count,
	ruleText: text,
	inventoryDate: explainedDate,
	installDate: explainedDate,
	lastUsageDate: explainedDate,
	ownLastUsageDate: explainedDate,
	latestDeviceUsage: nullable(text),
	productReportsUsage: flag,
	ages: object<ExplainResult["ages"]>({ inventoryAge: days, usageLag: days, usageAge: days, installAge: days }),
	steps: listOf(object<ExplainResult["steps"][number]>({ rule: count, text, matched: flag })),
	nextChange: nullable(object<NonNullable<ExplainResult["nextChange"]>>({ day: text, category: text, reason: nullable(text) })),
	place: object<SourcePlace>({ source: text, uri: nullable(text), path: nullable(text), row: count, line: nullable(count) }),
});

export const isImpactParams = object<OfView<ImpactParams>>({ limits: isLimits });

export const isImpact = object<ImpactResult>({
	failed,
	from: isLimits,
	to: isLimits,
	moved: count,
	moves: listOf(object<ImpactResult["moves"][number]>({ from: text, to: text, count })),
	totals: listOf(count),
	worth,
	policies: listOf(object<PolicyImpact>({ name: text, inForce: flag, newlyReclaimed: count, noLongerReclaimed: count, savings: money })),
});

export const isSensitivityParams = object<OfView<SensitivityParams>>({ limits: isLimits });

const counts = listOf(count);

export const isSensitivity = object<SensitivityResult>({
	failed,
	curves: listOf(
		object<SensitivityCurve>({ limit: limitName, values: counts, used: counts, rarelyUsed: counts, unused: counts, unreported: counts }),
	),
});

export const isApplyLimitsParams = object<OfView<ApplyLimitsParams>>({
	limits: isLimits,
	advice: optional(listOf(object<LimitAdviceEntry>({ limit: limitName, value: count, reference: text, date: text }))),
});
