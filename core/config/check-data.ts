import type { ConfigProblem } from "../problems.ts";
import type { DataContext, DataRule, ReportContext, SourcesContext } from "./data-context.ts";
import { checkPolicyNoProduct } from "./data-rules/policy-no-product.ts";
import { checkMissingComponent } from "./data-rules/reference-missing-component.ts";
import { checkMissingProduct } from "./data-rules/reference-missing-product.ts";
import { checkMissingServer } from "./data-rules/reference-missing-server.ts";
import { checkDeviceSpelling } from "./data-rules/source-device-spelling.ts";
import { checkEmptyDates } from "./data-rules/source-empty-dates.ts";
import { checkLoneDevice } from "./data-rules/source-lone-device.ts";
import { checkPlaceholderDates } from "./data-rules/source-placeholder-date.ts";
import { checkUnlistedDevices } from "./data-rules/source-unlisted-device.ts";
import { checkUsageBeforeInstall } from "./data-rules/source-usage-before-install.ts";
import { checkNeverReported } from "./data-rules/subscription-never-reported.ts";
import { checkOverUse } from "./data-rules/subscription-over-use.ts";
import { checkStale } from "./data-rules/subscription-stale.ts";
import { checkUnknownServers } from "./data-rules/subscription-unknown-server.ts";

export type { SourcesContext, WrittenDates } from "./data-context.ts";
export { checkDateFormat, hintAtFormat } from "./data-rules/source-wrong-date-format.ts";

/** Finds every fault of one instance's names that shows only beside its data, in the order of the rules. */
export function checkData(context: DataContext): readonly ConfigProblem[] {
	return NAME_RULES.flatMap((rule) => rule(context));
}

/** Finds what is odd about the rows of an instance's sources, in the order of the rules. */
export function checkRows(context: SourcesContext): readonly ConfigProblem[] {
	return ROW_RULES.flatMap((rule) => rule(context));
}

/** Finds what the usage logs say of a project's subscriptions, in the order of the rules. */
export function checkReport(context: ReportContext): readonly ConfigProblem[] {
	return REPORT_RULES.flatMap((rule) => rule(context));
}

const NAME_RULES: readonly DataRule<DataContext>[] = [checkMissingComponent, checkMissingProduct, checkPolicyNoProduct];

const ROW_RULES: readonly DataRule<SourcesContext>[] = [
	checkPlaceholderDates,
	checkEmptyDates,
	checkUsageBeforeInstall,
	checkLoneDevice,
	checkDeviceSpelling,
	checkUnlistedDevices,
];

const REPORT_RULES: readonly DataRule<ReportContext>[] = [
	checkMissingServer,
	checkNeverReported,
	checkStale,
	checkOverUse,
	checkUnknownServers,
];
