import { formatCounted } from "../texts/format-count.ts";
import { LIMIT_NAMES } from "../usage/limits.ts";
import type { LimitDeployment, SettingsDeployment } from "./settings-deployment.ts";
import { type SettingsOwner, TABLES, USAGE_GROUP } from "./settings-tables.ts";
import { sqlComment, sqlText } from "./sql-text.ts";

/**
 * The part of a settings script that changes: one guarded transaction, or a message that says why there is none.
 *
 * | the limit                                   | in the script                                                  |
 * |---------------------------------------------|----------------------------------------------------------------|
 * | must not be deployed, or has no usable value | left out, with the reason                                      |
 * | is deployed as it is configured             | left out, with who says so                                     |
 * | has another known value                     | changed if that value is found, else everything is rolled back |
 * | has a value that nothing tells              | changed from whatever value is found                           |
 */
export function writeChangePart(deployment: SettingsDeployment): readonly string[] {
	const { fileName, limits, notes } = deployment;
	const plans = limits.map((limit) => planLimit(limit, deployment));
	const changes = plans.filter(({ change }) => change);
	const head = sqlComment(
		"Part 3: makes the deployed limits those of the configuration. To be reviewed before a person runs it.",
		...notes,
	);
	const remarks = plans.filter(({ change }) => !change).flatMap(({ remarks: lines }) => sqlComment(...lines));
	if (changes.length > 0)
		return [
			...head,
			...remarks,
			...writeTransaction(
				deployment,
				changes.map(({ limit }) => limit),
			),
		];
	const areEqual = plans.every(({ isEqual }) => isEqual);
	const message = areEqual
		? `Nothing to change: all three limits are deployed as in ${fileName}.`
		: `Nothing is changed: ${fileName} has no limit that can be deployed and differs. See the comments of this script.`;
	return [...head, ...remarks, `PRINT ${sqlText(message)};`];
}

interface LimitPlan {
	readonly limit: LimitDeployment;
	readonly change: boolean;
	/** Whether it is known to be deployed as it is configured. */
	readonly isEqual: boolean;
	/** Why it is not changed; empty when it is. */
	readonly remarks: readonly string[];
}

function planLimit(limit: LimitDeployment, { objections, fileName }: SettingsDeployment): LimitPlan {
	const { configured, before } = limit;
	const left = (...reasons: readonly string[]) => ({
		limit,
		change: false,
		isEqual: false,
		remarks: [`${limit.limit} is left out:`, ...reasons.map((reason) => `  ${reason}`)],
	});
	const reasons = [...new Set([...objections, ...limit.objections])];
	if (reasons.length > 0) return left(...reasons);
	if (configured === null) return left(`${fileName} has no value for it that can be used.`);
	if (before?.isDeployed !== true || before.value !== configured) return { limit, change: true, isEqual: false, remarks: [] };
	return { ...left(`It is ${formatCounted(configured, "day")} already, according to ${before.source}.`), isEqual: true };
}

function describeChange({ limit, configured, before }: LimitDeployment): string {
	const expected = before === null ? "whatever is deployed, since nothing tells" : `${before.value}, according to ${before.source}`;
	return `${limit}: from ${expected}, to ${configured}.`;
}

function writeTransaction(deployment: SettingsDeployment, changes: readonly LimitDeployment[]): readonly string[] {
	const { owner } = deployment;
	return [
		"SET NOCOUNT ON;",
		"DECLARE @id bigint, @rows int, @old nvarchar(100), @install int, @used int, @unused int, @changed int = 0, @message nvarchar(2000);",
		...refuseOpenTransaction(),
		"SET IMPLICIT_TRANSACTIONS OFF;",
		"SET XACT_ABORT ON;",
		"BEGIN TRY",
		...indent([
			"BEGIN TRANSACTION;",
			"",
			...findOwner(owner),
			...changes.flatMap((change) => ["", ...changeLimit(owner, change)]),
			"",
			...checkOrder(owner),
			"",
			"COMMIT TRANSACTION;",
			"PRINT CONCAT(N'Committed. Limits changed: ', @changed, N'.');",
		]),
		"END TRY",
		"BEGIN CATCH",
		...indent(["IF XACT_STATE() <> 0 ROLLBACK TRANSACTION;", "PRINT N'Rolled back: nothing was changed.';", "THROW;"]),
		"END CATCH;",
	];
}

/** A number alone could belong to another owner, and a name to several: where the configuration has both, both must fit. */
function findOwner(owner: SettingsOwner): readonly string[] {
	const { owners, id, name } = TABLES[owner.kind];
	const conditions = [
		...(owner.id === null ? [] : [`o.${id} = ${owner.id}`]),
		...(owner.name === null ? [] : [`o.${name} = ${sqlText(owner.name)}`]),
	];
	const what = [...(owner.id === null ? [] : ["this number"]), ...(owner.name === null ? [] : ["this name"])].join(" and ");
	return [
		...sqlComment(`The ${owner.kind}, which must be exactly one.`),
		`SELECT @rows = COUNT(*), @id = MIN(o.${id}) FROM ${owners} AS o WITH (HOLDLOCK) WHERE ${conditions.join(" AND ")};`,
		...refuseIf("@rows <> 1", `CONCAT(N'There must be one ${owner.kind} with ${what}, and there are ', @rows, N'.')`),
	];
}

function changeLimit(owner: SettingsOwner, change: LimitDeployment): readonly string[] {
	const { settings, id } = TABLES[owner.kind];
	const { limit, configured, before } = change;
	const rows = `${id} = @id AND [Group] = ${sqlText(USAGE_GROUP)} AND [Name] = ${sqlText(limit)}`;
	const found = "CONVERT(nvarchar(100), [Value])";
	const value = sqlText(String(configured));
	const old = before === null ? "@old" : sqlText(String(before.value));
	const update = [
		`UPDATE ${settings} SET [Value] = ${value} WHERE ${rows} AND ${found} = ${old};`,
		"SET @rows = @@ROWCOUNT;",
		...refuseIf("@rows <> 1", `CONCAT(N'${limit}: ', @rows, N' rows were changed, not one.')`),
		`PRINT CONCAT(N'${limit}: ', @old, N' -> ', ${value});`,
		"SET @changed = @changed + 1;",
	];
	return [
		...sqlComment(describeChange(change)),
		`SELECT @rows = COUNT(*), @old = MIN(${found}) FROM ${settings} WITH (UPDLOCK, HOLDLOCK) WHERE ${rows};`,
		...refuseIf("@rows <> 1", `CONCAT(N'${limit}: there must be one row, and there are ', @rows, N'.')`),
		...(before === null
			? [
					...refuseIf("@old IS NULL", `N'${limit}: the row has no value.'`),
					`IF @old = ${value} PRINT N'${limit}: ${configured} already.';`,
					"ELSE",
					"BEGIN",
					...indent(update),
					"END;",
				]
			: [
					...refuseIf(
						`@old IS NULL OR @old <> ${old}`,
						`CONCAT(N'${limit}: ${before.value} was expected, and ', COALESCE(REPLACE(@old, N'%', N'%%'), N'no value'), N' is deployed. Look at part 1 first.')`,
					),
					...update,
				]),
	];
}

/** What was left out stays as it is, so the three together may be unsafe though each change is not; nor may another session change it meanwhile. */
function checkOrder(owner: SettingsOwner): readonly string[] {
	const { settings, id } = TABLES[owner.kind];
	const variables = ["@install", "@used", "@unused"];
	// An empty text would be 0 as a number.
	const value = "TRY_CAST(NULLIF(CONVERT(nvarchar(100), [Value]), N'') AS int)";
	const values = LIMIT_NAMES.map((limit, index) => `${variables[index]} = MAX(CASE WHEN [Name] = ${sqlText(limit)} THEN ${value} END)`);
	return [
		...sqlComment("The three limits together, of which some may not have been changed: one row each, and they must rise."),
		`SELECT ${["@rows = COUNT(*)", ...values].join(",\n\t")}`,
		`FROM ${settings} WITH (UPDLOCK, HOLDLOCK) WHERE ${id} = @id AND [Group] = ${sqlText(USAGE_GROUP)} AND [Name] IN (${LIMIT_NAMES.map(sqlText).join(", ")});`,
		...refuseIf("@rows <> 3", "CONCAT(N'There must be one row for each of the three limits, and there are ', @rows, N' in all.')"),
		...refuseIf(
			"@install IS NULL OR @used IS NULL OR @unused IS NULL OR @install >= @used OR @used >= @unused",
			"CONCAT(N'Together the limits would be ', @install, N' / ', @used, N' / ', @unused, N' days; each must be less than the next.')",
		),
	];
}

/**
 * With XACT_ABORT on, as a session has it that has run this script before, THROW would roll back the very transaction that is not ours; RAISERROR
 * leaves it alone.
 *
 * Implicit transactions are switched off behind it: with them, BEGIN TRANSACTION opens two, of which COMMIT ends one.
 */
function refuseOpenTransaction(): readonly string[] {
	return [
		"IF @@TRANCOUNT > 0",
		"BEGIN",
		"\tRAISERROR (N'Nothing was changed: a transaction is open already. End it first.', 16, 1);",
		"\tRETURN;",
		"END;",
	];
}

/** @param message an expression; a percent sign in it would have to be doubled. */
function refuseIf(condition: string, message: string): readonly string[] {
	return [`IF ${condition}`, "BEGIN", `\tSET @message = ${message};`, "\tTHROW 50000, @message, 1;", "END;"];
}

function indent(lines: readonly string[]): readonly string[] {
	return lines.map((line) => (line === "" ? "" : `\t${line}`));
}
