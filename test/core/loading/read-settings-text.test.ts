import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readSettingsText } from "../../../core/loading/read-settings-text.ts";

const U = "UsedCategoryLimit";
const N = "UnusedCategoryLimit";

describe("text of deployed settings", () => {
	/** Rows as `kind title #id limit days @row`. */
	const cases: readonly {
		readonly what: string;
		readonly text: string;
		readonly rows: readonly string[];
		readonly faults?: readonly RegExp[];
		readonly others?: number;
	}[] = [
		{
			what: "a grid with its header",
			text: `InstanceName\tSettingName\tValue\tInstanceID\r\nAcme EMEA\t${U}\t45\t12\r\nAcme EMEA\t${N}\t90\t12\r\n`,
			rows: [`instance Acme EMEA #12 ${U} 45 @2`, `instance Acme EMEA #12 ${N} 90 @3`],
		},
		{ what: "a grid without a header", text: `Acme EMEA\t${U}\t45\t12`, rows: [`instance Acme EMEA #12 ${U} 45 @1`] },
		{ what: "three columns do not tell whose", text: `Acme\t${U}\t45\n`, rows: [`null Acme #null ${U} 45 @1`] },
		{
			what: "two results, one below the other",
			text: `ProjectTitle\tSettingName\tValue\nAcme\t${U}\t30\n\nInstanceName\tSettingName\tValue\tInstanceID\nEMEA\t${U}\t45\t12\n`,
			rows: [`project Acme #null ${U} 30 @2`, `instance EMEA #12 ${U} 45 @5`],
		},
		{
			what: "CSV with quotes, commas in names, a mark, and columns in another order",
			text: `\ufeffInstanceID,Value,SettingName,InstanceName\r\n12,"45",${U},"Acme, ""EMEA"""\r\n`,
			rows: [`instance Acme, "EMEA" #12 ${U} 45 @2`],
		},
		{
			what: "CSV with semicolons",
			text: `InstanceName;SettingName;Value;InstanceID\nA, B;${U};45;12\n`,
			rows: [`instance A, B #12 ${U} 45 @2`],
		},
		{
			what: "the names that a settings source may have too",
			text: `title,name,value\nAcme,${U},45\n`,
			rows: [`null Acme #null ${U} 45 @2`],
		},
		{
			what: "the project's script of the vendor",
			text: `ProjectTitle,ProjectName,Value\nAcme,${U},45\n`,
			rows: [`project Acme #null ${U} 45 @2`],
		},
		{
			what: "the comparison of the script",
			text: `InstanceName\tInstanceID\tSettingName\tDeployed\tConfigured\tDifference\tResult\nEMEA\t12\t${U}\t45\t30\t-15\tdifferent\n`,
			rows: [`instance EMEA #12 ${U} 45 @2`],
		},
		{ what: "names in any case", text: `EMEA\tusedcategorylimit\t45\t12\n`, rows: [`instance EMEA #12 ${U} 45 @1`] },
		{
			what: "a quote at the beginning of a name",
			text: `"EMEA\t${U}\t45\t12\nAPAC\t${U}\t45\t13\n`,
			rows: [`instance "EMEA #12 ${U} 45 @1`, `instance APAC #13 ${U} 45 @2`],
		},
		{
			what: "other settings are counted",
			text: `InstanceName\tSettingName\tValue\tInstanceID\nEMEA\tTheme\tdark\t12\nEMEA\t${U}\t45\t12\n`,
			rows: [`instance EMEA #12 ${U} 45 @3`],
			others: 1,
		},
		{
			what: "what makes no sense is a fault, and the rest is read",
			text: `InstanceName\tSettingName\tValue\tInstanceID\nEMEA\t${U}\toften\t12\nEMEA\t${N}\tNULL\t12\n\t${N}\t90\t12\nEMEA\t${N}\t-1\t12\nEMEA\t${N}\t36501\t12\nEMEA\t${U}\t45\tx\nEMEA\t${U}\t45\t12\n`,
			rows: [`instance EMEA #12 ${U} 45 @8`],
			faults: [
				/^2: UsedCategoryLimit of "EMEA" has the value "often", which is not a whole number of days from 0 to 36500\.$/,
				/^3: UnusedCategoryLimit of "EMEA" has no value/,
				/^4: .* does not tell whose setting it is\.$/,
				/^5: .* the value "-1"/,
				/^6: .* the value "36501"/,
				/^7: .* the instance number "x", which is no number\.$/,
			],
		},
		{
			what: "columns without a header that nobody can tell",
			text: `12\tEMEA\t${U}\t45\n`,
			rows: [],
			faults: [/^1: .* there is no header above/],
		},
		{ what: "nothing", text: "\n\n", rows: [] },
		{
			what: "no table at all",
			text: "Dear colleague,\nhere are the settings.",
			rows: [],
			faults: [/^1: "Dear colleague,/, /^2: "here are/],
		},
	];
	for (const { what, text, rows, faults = [], others = 0 } of cases) {
		it(what, () => {
			const read = readSettingsText(text);
			assert.deepEqual(
				read.rows.map(({ kind, title, instanceId, limit, days, row }) => `${kind} ${title} #${instanceId} ${limit} ${days} @${row}`),
				rows,
			);
			assert.equal(read.otherSettings, others);
			assert.equal(read.faults.length, faults.length, JSON.stringify(read.faults));
			for (const [index, pattern] of faults.entries()) assert.match(`${read.faults[index]!.row}: ${read.faults[index]!.message}`, pattern);
		});
	}

	it("reads a hundred thousand rows in a moment", () => {
		const text = Array.from({ length: 100_000 }, (_, index) => `Instance ${index}\t${U}\t45\t${index}`).join("\n");
		const start = performance.now();
		assert.equal(readSettingsText(text).rows.length, 100_000);
		assert.ok(performance.now() - start < 15_000);
	}).timeout(120_000);
});
