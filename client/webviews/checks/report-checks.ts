// Shapes of what the server answers about the usage report, and of what a view asks it.

import type { LinkedProblem } from "../../../server/protocol/preview-messages.ts";
import type {
	ActiveRange,
	ByUserType,
	Projection,
	ReportClient,
	ReportLog,
	ReportResult,
	ReportRow,
	ReportServerResult,
	ReportServerWeek,
} from "../../../server/protocol/report-messages.ts";
import { type Check, count, finite, flag, listOf, nullable, object, oneOf, text } from "../shared/check.ts";

const problem = object<LinkedProblem>({ code: text, source: text, row: nullable(count), column: nullable(text), message: text });

const projection = object<Projection>({
	perWeek: finite,
	low: finite,
	high: finite,
	atRenewal: nullable(object<NonNullable<Projection["atRenewal"]>>({ expected: finite, low: finite, high: finite })),
});

const reportRow = object<ReportRow>({
	client: nullable(text),
	server: text,
	renewalDate: nullable(text),
	registeredUsers: nullable(finite),
	enterpriseUsers: nullable(finite),
	designerUsers: nullable(finite),
	activeRegistered: nullable(finite),
	activeEnterprise: nullable(finite),
	activeDesigners: nullable(finite),
	weeklyDifference: nullable(finite),
	lastUpdate: nullable(text),
	flags: listOf(text),
	flagDetails: listOf(text),
	project: nullable(text),
	history: byUserType(listOf(nullable(finite))),
	utilisation: byUserType(nullable(finite)),
	projection: byUserType(nullable(projection)),
});

const activeRange = nullable(object<ActiveRange>({ atLeast: finite, atMost: finite }));

const reportClient = object<ReportClient>({
	client: text,
	renewalDate: nullable(text),
	servers: count,
	registeredUsers: nullable(finite),
	enterpriseUsers: nullable(finite),
	designerUsers: nullable(finite),
	activeRegistered: activeRange,
	activeEnterprise: activeRange,
	activeDesigners: activeRange,
});

/** The usage report. */
export const isReport = object<ReportResult>({
	failed: oneOf(false),
	asOf: text,
	leftOut: listOf(text),
	rows: listOf(reportRow),
	clients: listOf(reportClient),
	problems: listOf(problem),
	problemCount: count,
});

const reportLog = object<ReportLog>({ loggedAt: text, registered: finite, enterprise: finite, designers: finite, version: nullable(text) });

/** The weeks and logs of one server. */
export const isReportServer = object<ReportServerResult>({
	failed: oneOf(false),
	server: text,
	client: nullable(text),
	weeks: listOf(object<ReportServerWeek>({ start: text, logged: nullable(reportLog), breakBefore: flag })),
	logs: listOf(reportLog),
	logCount: count,
	projection: byUserType(nullable(projection)),
	paid: byUserType(nullable(finite)),
	renewalDate: nullable(text),
});

function byUserType<Value>(check: Check<Value>): Check<ByUserType<Value>> {
	return object<ByUserType<Value>>({ registered: check, enterprise: check, designers: check });
}
