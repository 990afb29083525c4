import { formatCounted } from "../texts/format-count.ts";
import { LIMIT_NAMES } from "../usage/limits.ts";
import { writeChangePart } from "./change-part.ts";
import type { SettingsDeployment } from "./settings-deployment.ts";
import { type SettingsOwner, type SettingsTables, selectsOwner, TABLES, USAGE_GROUP } from "./settings-tables.ts";
import { sqlComment, sqlRemark, sqlText } from "./sql-text.ts";

/** The parts of a settings script, in their order. */
export const SCRIPT_PARTS = ["view", "compare", "change"] as const;
export type ScriptPart = (typeof SCRIPT_PARTS)[number];

/**
 * T-SQL that shows the deployed limits of a project or an instance, compares them with the configuration, and changes them. Each part is a batch of its
 * own, ended by `GO`; the first two only read. Nothing of it is ever run by this program: a person reviews it and runs it.
 */
export function writeSettingsScript(deployment: SettingsDeployment, parts: readonly ScriptPart[] = SCRIPT_PARTS): string {
	const written = SCRIPT_PARTS.filter((part) => parts.includes(part)).map((part) => [...WRITERS[part](deployment), "GO"]);
	return `${[writeHead(deployment), ...written].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const WRITERS: { readonly [part in ScriptPart]: (deployment: SettingsDeployment) => readonly string[] } = {
	view: writeViewPart,
	compare: writeComparePart,
	change: writeChangePart,
};

function writeHead({ owner, fileName, limits }: SettingsDeployment): readonly string[] {
	const configured = limits.map(({ limit, configured: days }) => `${limit} ${days === null ? "-" : formatCounted(days, "day")}`);
	return sqlComment(
		`Usage limits of the ${describeOwner(owner)}, from ${fileName}: ${configured.join(", ")}.`,
		"This is for a person who reviews it and runs it in the product's database; nothing of it has been run.",
		"It takes for granted that the tables and columns are named as below: compare them with yours.",
	);
}

function describeOwner({ kind, name, id }: SettingsOwner): string {
	return [kind, ...(name === null ? [] : [`"${sqlRemark(name)}"`]), ...(id === null ? [] : [`(${TABLES[kind].id} ${id})`])].join(" ");
}

function writeViewPart({ owner, project }: SettingsDeployment): readonly string[] {
	if (owner.kind === "project") {
		return [
			...sqlComment("Part 1: what is deployed for the project, and for all instances of this database. Reads only."),
			...selectSettings(owner),
			"",
			...selectSettings({ kind: "instance", name: null, id: null }),
		];
	}
	return [
		...sqlComment("Part 1: what is deployed for the instance, and what a new instance of its project gets. Reads only."),
		...selectSettings(owner),
		...(project === null ? [] : ["", ...selectSettings(project)]),
	];
}

/** The rows of deployed limits, in columns as a `settings` data source has them; without a name and a number, those of all owners. */
function selectSettings(owner: SettingsOwner): readonly string[] {
	const tables = TABLES[owner.kind];
	const columns = [`o.${tables.name} AS ${tables.title}`, "s.[Name] AS [SettingName]", "s.[Value] AS [Value]"];
	return [
		`SELECT ${[...columns, ...(owner.kind === "instance" ? [`o.${tables.id} AS ${tables.id}`] : [])].join(", ")}`,
		...fromSettings(tables),
		`WHERE ${[`s.[Group] = ${sqlText(USAGE_GROUP)}`, ...selectsOwner(owner, "o")].join(" AND ")}`,
		`ORDER BY o.${tables.name}, o.${tables.id}, s.[Name];`,
	];
}

function fromSettings({ owners, settings, id }: SettingsTables): readonly string[] {
	return [`FROM ${owners} AS o`, `INNER JOIN ${settings} AS s ON s.${id} = o.${id}`];
}

function writeComparePart({ owner, limits, fileName }: SettingsDeployment): readonly string[] {
	const tables = TABLES[owner.kind];
	const rows = LIMIT_NAMES.map((limit, index) => {
		const days = limits.find((each) => each.limit === limit)?.configured ?? null;
		return `(${index + 1}, ${sqlText(limit)}, ${days === null ? "CAST(NULL AS int)" : days})`;
	});
	return [
		...sqlComment(`Part 2: what is deployed, beside ${fileName}. Reads only. Difference: configured less deployed, in days.`),
		`SELECT d.[Owner] AS ${tables.title}, d.[OwnerID] AS ${tables.id}, c.[SettingName], d.[Value] AS [Deployed], c.[Configured],`,
		"\tc.[Configured] - TRY_CAST(NULLIF(d.[Value], N'') AS int) AS [Difference],",
		"\tCASE",
		"\t\tWHEN d.[SettingName] IS NULL THEN N'not deployed'",
		"\t\tWHEN c.[Configured] IS NULL THEN N'not configured'",
		"\t\tWHEN TRY_CAST(NULLIF(d.[Value], N'') AS int) = c.[Configured] THEN N'equal'",
		"\t\tELSE N'different'",
		"\tEND AS [Result]",
		`FROM (VALUES ${rows.join(", ")}) AS c ([Place], [SettingName], [Configured])`,
		"LEFT JOIN (",
		`\tSELECT o.${tables.name} AS [Owner], o.${tables.id} AS [OwnerID], s.[Name] AS [SettingName], CONVERT(nvarchar(100), s.[Value]) AS [Value]`,
		...fromSettings(tables).map((line) => `\t${line}`),
		`\tWHERE ${[`s.[Group] = ${sqlText(USAGE_GROUP)}`, ...selectsOwner(owner, "o")].join(" AND ")}`,
		") AS d ON d.[SettingName] = c.[SettingName]",
		"ORDER BY d.[OwnerID], c.[Place];",
	];
}
