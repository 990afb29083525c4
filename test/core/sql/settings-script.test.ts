import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { LimitDeployment, SettingsDeployment } from "../../../core/sql/settings-deployment.ts";
import { type ScriptPart, writeSettingsScript } from "../../../core/sql/settings-script.ts";
import type { SettingsOwner } from "../../../core/sql/settings-tables.ts";
import { LIMIT_NAMES } from "../../../core/usage/limits.ts";
import { batchesOf, evaluateText, lexSql, parseErrorsOf, type SqlToken, syntaxErrorsOf } from "../../support/t-sql.ts";

const ROWS = "the settings rows of emea.usage.yaml";

/** One limit: configured, what is known of it, an objection. */
type Row = readonly [configured: number | null, before?: number | null, from?: "rows" | "commit", objection?: string];

interface Case {
	readonly what: string;
	readonly kind?: SettingsOwner["kind"];
	readonly name?: string | null;
	readonly id?: number | null;
	readonly project?: SettingsOwner | null;
	/** I, U, N. */
	readonly limits: readonly [Row, Row, Row];
	readonly objections?: readonly string[];
	/** Limits that the script updates, with the value that they must have before; `@old` for whatever is found. */
	readonly updates: Readonly<Record<string, readonly [before: string, after: string]>>;
	/** What the comments or messages say. */
	readonly says?: readonly RegExp[];
}

const CASES: readonly Case[] = [
	{
		what: "an instance of which nothing is known",
		limits: [[7], [45], [120]],
		updates: { InstallDateCutOffLimit: ["@old", "7"], UsedCategoryLimit: ["@old", "45"], UnusedCategoryLimit: ["@old", "120"] },
		says: [/^\t-- UsedCategoryLimit: from whatever is deployed, since nothing tells, to 45\.$/m],
	},
	{
		what: "one deployed limit differs",
		limits: [
			[7, 7],
			[45, 30],
			[90, 90],
		],
		updates: { UsedCategoryLimit: ["30", "45"] },
		says: [
			/^-- InstallDateCutOffLimit is left out:\n-- {3}It is 7 days already, according to the settings rows of emea\.usage\.yaml\.$/m,
			/^\t-- UsedCategoryLimit: from 30, according to the settings rows of emea\.usage\.yaml, to 45\.$/m,
		],
	},
	{
		what: "all are deployed as configured",
		limits: [
			[7, 7],
			[30, 30],
			[90, 90],
		],
		updates: {},
		says: [/^PRINT N'Nothing to change: all three limits are deployed as in emea\.usage\.yaml\.';$/m],
	},
	{
		what: "the last commit tells what to expect, but an equal value in it does not show what is deployed",
		limits: [[7, 7, "commit"], [45, 30, "commit"], [90]],
		updates: { InstallDateCutOffLimit: ["7", "7"], UsedCategoryLimit: ["30", "45"], UnusedCategoryLimit: ["@old", "90"] },
	},
	{
		what: "a limit that must not be deployed is left out with the reason",
		limits: [
			[7, 7],
			[45, 30, "rows", "No advice.\nRecord it. */ GO"],
			[100, 90],
		],
		updates: { UnusedCategoryLimit: ["90", "100"] },
		says: [/^-- UsedCategoryLimit is left out:\n-- {3}No advice\.\n-- Record it\. \*\/ GO$/m],
	},
	{
		what: "a missing limit is left out",
		limits: [
			[7, 7],
			[null, 30],
			[100, 90],
		],
		updates: { UnusedCategoryLimit: ["90", "100"] },
		says: [/^-- UsedCategoryLimit is left out:\n-- {3}emea\.usage\.yaml has no value for it that can be used\.$/m],
	},
	{
		what: "what stands against all of them is told, and nothing is changed",
		limits: [
			[7, 7],
			[95, 30],
			[90, 90],
		],
		objections: ["They must rise."],
		updates: {},
		says: [/^-- UnusedCategoryLimit is left out:\n-- {3}They must rise\.$/m, /^PRINT N'Nothing is changed: /m],
	},
	{
		what: "an instance by its name",
		id: null,
		limits: [
			[7, 7],
			[45, 30],
			[90, 90],
		],
		updates: { UsedCategoryLimit: ["30", "45"] },
	},
	{
		what: "an instance by its number",
		name: null,
		limits: [
			[7, 7],
			[45, 30],
			[90, 90],
		],
		updates: { UsedCategoryLimit: ["30", "45"] },
	},
	{
		what: "an instance with its project",
		project: { kind: "project", name: "Acme", id: 3 },
		limits: [
			[7, 7],
			[45, 30],
			[90, 90],
		],
		updates: { UsedCategoryLimit: ["30", "45"] },
	},
	{
		what: "a project",
		kind: "project",
		name: "Acme",
		limits: [[7], [45, 30], [90, 90]],
		updates: { InstallDateCutOffLimit: ["@old", "7"], UsedCategoryLimit: ["30", "45"] },
	},
	{
		what: "a project by its title",
		kind: "project",
		name: "Acme",
		id: null,
		limits: [
			[7, 7],
			[45, 30],
			[90, 90],
		],
		updates: { UsedCategoryLimit: ["30", "45"] },
	},
];

describe("settings script", () => {
	describe("the parser of the tests", () => {
		const sound = writeSettingsScript(deploymentOf(CASES[1]!));
		const [view, compare, change] = batchesOf(sound);
		for (const [what, broken] of [
			["a quote too many", view!.replace("N'UsageCategory'", "N'UsageCategory''")],
			["a missing bracket", compare!.replace(") AS d", " AS d")],
			["a missing comma", compare!.replace(", o.[InstanceID] AS", " o.[InstanceID] AS")],
			["an unfinished CASE", compare!.replace("END AS [Result]", "AS [Result]")],
			["an unfinished BEGIN", change!.replace("\tEND;\n", "\n")],
			["a CATCH without an end", change!.replace("END CATCH;", "")],
			["a word that is none", change!.replace("UPDATE", "UPDAT")],
			["an assignment of nothing", change!.replace("SET @rows = @@ROWCOUNT", "SET @rows =")],
			["a THROW without a state", change!.replace("THROW 50000, @message, 1", "THROW 50000, @message")],
			["an empty condition", change!.replace("IF @rows <> 1", "IF")],
		] as const) {
			it(`refuses ${what}`, () => {
				assert.ok(![view, compare, change].includes(broken), "nothing was broken");
				assert.notDeepEqual(syntaxErrorsOf(broken), []);
			});
		}
	}).timeout(120_000);

	describe("by example", () => {
		for (const each of CASES) {
			it(each.what, () => {
				const script = writeSettingsScript(deploymentOf(each));
				assert.deepEqual(syntaxErrorsOf(script), []);
				assert.deepEqual(updatesOf(script), each.updates);
				for (const pattern of each.says ?? []) assert.match(script, pattern);
				checkGuards(script, Object.keys(each.updates).length);
			});
		}
	}).timeout(120_000);

	const whom: readonly { readonly what: string; readonly owner: Partial<Case>; readonly where: string }[] = [
		{ what: "number and name", owner: {}, where: "o.[InstanceID] = 12 AND o.[Name] = N'Acme EMEA'" },
		{ what: "the name alone", owner: { id: null }, where: "o.[Name] = N'Acme EMEA'" },
		{ what: "the number alone", owner: { name: null }, where: "o.[InstanceID] = 12" },
		{ what: "number and title", owner: { kind: "project" }, where: "o.[ProjectID] = 12 AND o.[Title] = N'Acme EMEA'" },
	];
	for (const { what, owner, where } of whom) {
		it(`changes only the one that has ${what}`, () => {
			const script = writeSettingsScript(deploymentOf({ ...CASES[1]!, ...owner }), ["change"]);
			assert.ok(script.includes(`AS o WITH (HOLDLOCK) WHERE ${where};\n\tIF @rows <> 1\n`), script);
		});
	}

	it("has the parts that are asked for, in their order", () => {
		const titles = (parts: readonly ScriptPart[]) =>
			[...writeSettingsScript(deploymentOf(CASES[0]!), parts).matchAll(/^-- Part (\d)/gm)].map(([, number]) => number);
		assert.deepEqual([titles(["change", "view"]), titles(["compare"]), titles([])], [["1", "3"], ["2"], []]);
	});

	it("only reads in the first two parts", () => {
		for (const each of CASES) {
			const words = lexSql(writeSettingsScript(deploymentOf(each), ["view", "compare"])).filter(({ kind }) => kind === "word");
			const written = words
				.map(({ text }) => text)
				.filter((word) => /^(?:UPDATE|INSERT|DELETE|MERGE|INTO|EXEC|DROP|CREATE|ALTER|SET)$/i.test(word));
			assert.deepEqual(written, []);
		}
	});

	it("shows the project too, and of a project all instances", () => {
		const tables = (each: Case) =>
			[...writeSettingsScript(deploymentOf(each), ["view"]).matchAll(/^FROM \[(\w+)\]/gm)].map(([, table]) => table);
		assert.deepEqual(tables(CASES[9]!), ["Instance", "Project"]);
		assert.deepEqual(tables(CASES[10]!), ["Project", "Instance"]);
	});

	it("whatever the names are, it is the same script with them in it", () => {
		const nasty = fc.oneof(
			fc.constantFrom(
				"'",
				"''; DROP TABLE [Instance] --",
				"]; GO",
				"*/ SELECT 1 /*",
				"\nGO\n",
				"\r\n:r x\r\n",
				"$(HOME)",
				"\u2028GO",
				"東京'😀",
				"%s%d",
				"\0",
				"\ud800",
			),
			fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
		);
		const name = fc.array(nasty, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
		const shapes = CASES.map((each) => shapeOf(lexSql(writeSettingsScript(named(each, "Acme", "a.usage.yaml", "No.")))));
		fc.assert(
			fc.property(fc.nat(CASES.length - 1), name, name, name, (index, title, fileName, objection) => {
				const each = CASES[index]!;
				const script = writeSettingsScript(named(each, title, fileName, objection));
				const tokens = lexSql(script);
				assert.deepEqual(shapeOf(tokens), shapes[index]);
				const isCompared = each.name !== null && (each.id === null || Object.keys(each.updates).length > 0);
				assert.deepEqual([...new Set(namesIn(tokens))], isCompared ? [title] : []);
				for (const line of script.split("\n")) assert.doesNotMatch(line.replaceAll("\t", " "), /\p{Cc}|^\s*(?::|!!)|\$\(/u);
			}),
			{ numRuns: 300 },
		);
	}).timeout(180_000);

	it("is parsed with nasty names in it", () => {
		const name = "''; DROP TABLE [Instance] -- ]]; GO\nGO\n/* */ ' $(x) 東京 😀 \u202e\0\ud800";
		const script = writeSettingsScript(named(CASES[0]!, name, name, name));
		assert.equal(batchesOf(script).length, 3);
		assert.deepEqual(batchesOf(script).flatMap(parseErrorsOf), []);
	}).timeout(120_000);
});

function deploymentOf({
	kind = "instance",
	name = "Acme EMEA",
	id = 12,
	project = null,
	limits,
	objections = [],
}: Case): SettingsDeployment {
	return {
		owner: { kind, name, id },
		project,
		fileName: "emea.usage.yaml",
		limits: limits.map(([configured, before, from, objection], index): LimitDeployment => {
			const known =
				before === undefined || before === null
					? null
					: { value: before, isDeployed: from !== "commit", source: from === "commit" ? "the last commit" : ROWS };
			return { limit: LIMIT_NAMES[index]!, configured, before: known, objections: objection === undefined ? [] : [objection] };
		}),
		objections,
		notes: ["Known is nothing."],
	};
}

/** A case in which every text is another one. */
function named(each: Case, name: string, fileName: string, objection: string): SettingsDeployment {
	const deployment = deploymentOf(each);
	return {
		owner: { ...deployment.owner, name: each.name === null ? null : name },
		project: deployment.project === null ? null : { ...deployment.project, name },
		fileName,
		limits: deployment.limits.map((limit) => ({
			...limit,
			before: limit.before === null ? null : { ...limit.before, source: fileName },
			objections: limit.objections.map(() => objection),
		})),
		objections: deployment.objections.map(() => objection),
		notes: [objection],
	};
}

/** Kinds of tokens and what is written, with every expression of literals as one, and comments left out. */
function shapeOf(tokens: readonly SqlToken[]): readonly string[] {
	const shape: string[] = [];
	for (let at = 0; at < tokens.length; ) {
		const text = evaluateText(tokens, at);
		const { kind, text: written } = tokens[at]!;
		if (text !== null) shape.push("text");
		else if (kind !== "comment") shape.push(written);
		at = text?.end ?? at + 1;
	}
	return shape;
}

/** The texts that names are compared with. */
function namesIn(tokens: readonly SqlToken[]): readonly string[] {
	return tokens.flatMap(({ text }, at) => {
		const isName = text === "o" && ["[Name]", "[Title]"].includes(tokens[at + 2]?.text ?? "") && tokens[at + 3]?.text === "=";
		return isName ? [evaluateText(tokens, at + 4)!.value] : [];
	});
}

/** The limits that a script sets, with the value that each must have before. */
function updatesOf(script: string): Readonly<Record<string, readonly [string, string]>> {
	const pattern =
		/UPDATE \[\w+\] SET \[Value\] = N'(\d+)' WHERE \[\w+\] = @id AND \[Group\] = N'UsageCategory' AND \[Name\] = N'(\w+)' AND CONVERT\(nvarchar\(100\), \[Value\]\) = (?:N'(\d+)'|(@old));/g;
	const found = [...script.matchAll(pattern)];
	assert.equal(found.length, lexSql(script).filter(({ text }) => text === "UPDATE").length, "an update is not guarded");
	return Object.fromEntries(found.map(([, after, limit, before, old]) => [limit, [before ?? old, after]]));
}

/** Every update is inside of the one transaction, and its row count is looked at right after it. */
function checkGuards(script: string, updates: number): void {
	const counts = (pattern: RegExp) => [...script.matchAll(pattern)].length;
	assert.equal(counts(/UPDATE [^\n]+;\n\t+SET @rows = @@ROWCOUNT;\n\t+IF @rows <> 1\n\t+BEGIN\n[^\n]+\n\t+THROW/g), updates);
	const transactions = updates === 0 ? 0 : 1;
	for (const word of [
		/^\tBEGIN TRANSACTION;$/gm,
		/^\tCOMMIT TRANSACTION;$/gm,
		/^\tIF XACT_STATE\(\) <> 0 ROLLBACK TRANSACTION;$/gm,
		/^SET XACT_ABORT ON;$/gm,
		// Before it, THROW would roll back what is not ours; and without this one, COMMIT would end one of two transactions.
		/^\tRAISERROR \([^\n]+, 16, 1\);\n\tRETURN;\nEND;\nSET IMPLICIT_TRANSACTIONS OFF;$/gm,
	])
		assert.equal(counts(word), transactions, String(word));
	if (updates === 0) return;
	const [begin, first, last, commit, caught] = ["BEGIN TRANSACTION", "UPDATE [", "UPDATE [", "COMMIT", "BEGIN CATCH"].map((word, index) =>
		index === 2 ? script.lastIndexOf(word) : script.indexOf(word),
	) as [number, number, number, number, number];
	assert.ok(begin < first && last < commit && commit < caught, `${[begin, first, last, commit, caught]}`);
	assert.ok(!script.slice(0, script.indexOf("SET XACT_ABORT ON;")).includes("THROW"), "another's transaction can be rolled back");
	assert.match(script.slice(last, commit), /@rows = COUNT\(\*\),[^;]+\[Name\] IN \([^;]+;\n\tIF @rows <> 3\n/, "a limit may have two rows");
	assert.ok(script.slice(last, commit).includes("@install >= @used OR @used >= @unused"), "the order of the limits is not looked at");
}
