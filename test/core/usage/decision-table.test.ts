import assert from "node:assert/strict";
import { NO_DAY } from "../../../core/dates/day-number.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { OUTCOMES } from "../../../core/usage/category.ts";
import { outcomeIndexOfRule } from "../../../core/usage/count-outcomes.ts";
import { decide, type FactDate, type Facts, holds, RULES } from "../../../core/usage/decision-table.ts";
import { factsOf } from "../../../core/usage/estate-facts.ts";
import type { Limits } from "../../../core/usage/limits.ts";
import { makeEstate } from "../../support/make-estate.ts";
import { limitsOf } from "./raw-instances.ts";

/*
 * One installation per row. Numbers are days before End of Sync, negative ones after it; asOf is five days after End of
 * Sync. "device" is the latest usage of another product on the device, "product" whether the product is used elsewhere.
 */
const AT_THE_DEFAULTS = `
inventory | usage  | device | product | install | rule | outcome
none      | none   | none   | no      | none    | 1    | No Device Inventory date
none      | 0      | 0      | yes     | 0       | 1    | No Device Inventory date
none      | future | 0      | yes     | 0       | 1    | No Device Inventory date
future    | none   | none   | no      | none    | 2    | Invalid Device Inventory date
future    | 0      | 0      | yes     | 0       | 2    | Invalid Device Inventory date
future    | future | 0      | yes     | future  | 2    | Invalid Device Inventory date
29        | 29     | none   | yes     | 100     | 7    | Used
30        | 29     | none   | yes     | 100     | 3    | Device stopped reporting usage
31        | 29     | none   | yes     | 100     | 3    | Device stopped reporting usage
30        | none   | 29     | yes     | 100     | 3    | Device stopped reporting usage
30        | future | 29     | yes     | 100     | 3    | Device stopped reporting usage
29        | none   | none   | yes     | 100     | 10   | No Device usage
30        | none   | none   | yes     | 100     | 10   | No Device usage
31        | none   | none   | yes     | 100     | 4    | Device Inventory too old
30        | future | none   | yes     | 100     | 5    | Invalid usage date
31        | future | none   | yes     | 100     | 4    | Device Inventory too old
0         | future | none   | no      | none    | 5    | Invalid usage date
0         | future | 31     | no      | none    | 5    | Invalid usage date
0         | future | 0      | yes     | 0       | 5    | Invalid usage date
0         | 29     | none   | yes     | 100     | 7    | Used
0         | 30     | none   | yes     | 100     | 7    | Used
0         | 31     | none   | yes     | 100     | 6    | Device stopped reporting usage
0         | 100    | 31     | yes     | 100     | 6    | Device stopped reporting usage
1         | 100    | 31     | yes     | 100     | 8    | Unused
1         | 100    | 32     | yes     | 100     | 6    | Device stopped reporting usage
29        | 100    | 59     | yes     | 100     | 8    | Unused
29        | 100    | 60     | yes     | 100     | 6    | Device stopped reporting usage
0         | none   | 31     | yes     | 100     | 15   | Unused
0         | 0      | none   | no      | none    | 7    | Used
0         | 29     | 0      | no      | none    | 7    | Used
0         | 30     | 0      | no      | none    | 7    | Used
0         | 31     | 0      | no      | none    | 9    | Rarely Used
0         | 89     | 0      | no      | none    | 9    | Rarely Used
0         | 90     | 0      | no      | none    | 8    | Unused
0         | 91     | 0      | no      | none    | 8    | Unused
0         | 31     | 0      | yes     | future  | 9    | Rarely Used
0         | none   | none   | yes     | none    | 10   | No Device usage
0         | none   | none   | no      | 0       | 10   | No Device usage
0         | none   | 0      | no      | none    | 11   | No Product Usage
0         | none   | 0      | no      | 100     | 11   | No Product Usage
0         | none   | 0      | no      | future  | 11   | No Product Usage
0         | none   | 0      | yes     | none    | 12   | Unused
0         | none   | 0      | yes     | future  | 13   | Invalid install date
0         | none   | 0      | yes     | -5      | 14   | Recently installed
0         | none   | 0      | yes     | -1      | 14   | Recently installed
0         | none   | 0      | yes     | 0       | 14   | Recently installed
0         | none   | 0      | yes     | 6       | 14   | Recently installed
0         | none   | 0      | yes     | 7       | 15   | Unused
0         | none   | 0      | yes     | 8       | 15   | Unused
29        | none   | 59     | yes     | 7       | 15   | Unused
`;

/* Inventory and the device's usage at End of Sync, the product used elsewhere. */
const AT_OTHER_LIMITS = `
I     | U     | N     | usage | install | rule | outcome
7     | 45    | 90    | 44    | none    | 7    | Used
7     | 45    | 90    | 45    | none    | 7    | Used
7     | 45    | 90    | 46    | none    | 9    | Rarely Used
7     | 45    | 120   | 119   | none    | 9    | Rarely Used
7     | 45    | 120   | 120   | none    | 8    | Unused
7     | 45    | 120   | 121   | none    | 8    | Unused
14    | 30    | 90    | none  | 13      | 14   | Recently installed
14    | 30    | 90    | none  | 14      | 15   | Unused
14    | 30    | 90    | none  | 15      | 15   | Unused
0     | 30    | 90    | none  | -1      | 14   | Recently installed
0     | 30    | 90    | none  | 0       | 15   | Unused
7     | 0     | 1     | 0     | none    | 7    | Used
7     | 0     | 1     | 1     | none    | 8    | Unused
7     | 30    | 31    | 30    | none    | 7    | Used
7     | 30    | 31    | 31    | none    | 8    | Unused
7     | 90    | 30    | 30    | none    | 7    | Used
7     | 90    | 30    | 90    | none    | 7    | Used
7     | 90    | 30    | 91    | none    | 8    | Unused
7     | 60    | 60    | 60    | none    | 7    | Used
7     | 60    | 60    | 61    | none    | 8    | Unused
36500 | 36500 | 36500 | 36500 | none    | 7    | Used
36500 | 36500 | 36500 | 36501 | none    | 8    | Unused
36500 | 36500 | 36500 | none  | 36499   | 14   | Recently installed
36500 | 36500 | 36500 | none  | 36500   | 15   | Unused
`;

const DEFAULTS = limitsOf(7, 30, 90);
const END_OF_SYNC = 20_761;
const AS_OF_DAY = END_OF_SYNC + 5;

describe("the decision table", () => {
	describe("at the default limits", () => {
		for (const row of rowsOf(AT_THE_DEFAULTS)) {
			it(describeRow(row), () => checkRow(toCase(row), DEFAULTS, row));
		}
	});

	describe("at other limits", () => {
		for (const row of rowsOf(AT_OTHER_LIMITS)) {
			const limits = limitsOf(Number(row["I"]), Number(row["U"]), Number(row["N"]));
			it(describeRow(row), () => checkRow(toCase({ inventory: "0", device: "0", product: "yes", ...row }), limits, row));
		}
	});

	it("has each of its rules and outcomes in the rows above", () => {
		const rows = rowsOf(AT_THE_DEFAULTS);
		const rules = new Set(rows.map((row) => Number(row["rule"])));
		assert.deepEqual(
			[...rules].sort((a, b) => a - b),
			RULES.map(({ number }) => number),
		);
		const outcomes = new Set(rows.map((row) => row["outcome"]));
		assert.deepEqual([...outcomes].sort(), OUTCOMES.map(({ category, reason }) => reason ?? category).sort());
	});

	it("numbers its rules from 1 and knows the place of their outcomes", () => {
		RULES.forEach((rule, place) => {
			assert.equal(rule.number, place + 1);
			assert.deepEqual(OUTCOMES[outcomeIndexOfRule(rule.number)], rule.outcome);
		});
	});
});

describe("the columnar categorizer", () => {
	const AGES = [0, 1, 29, 30, 31, 32, 59, 60, 61, 89, 90, 91, 400];
	const INVENTORIES: readonly Age[] = ["none", "future", 0, 1, 28, 29, 30, 31, 32, 90];
	const USAGES: readonly Age[] = ["none", "future", ...AGES];
	const DEVICES: readonly Age[] = ["none", 0, 29, 30, 31, 32, 60, 61, 200];
	const INSTALLS: readonly Age[] = ["none", "future", -5, -1, 0, 1, 6, 7, 8, 29, 30, 31, 100];
	const cases = INVENTORIES.flatMap((inventory) =>
		USAGES.flatMap((usage) =>
			DEVICES.flatMap((device) =>
				[true, false].flatMap((product) => INSTALLS.map((install): Case => ({ inventory, usage, device, product, install }))),
			),
		),
	);
	const LIMITS = [DEFAULTS, limitsOf(0, 0, 0), limitsOf(8, 90, 30), limitsOf(30, 29, 60), limitsOf(100, 36_500, 1)];
	for (const limits of LIMITS) {
		it(`decides ${cases.length.toLocaleString("en")} cases as the data does at ${Object.values(limits).join(", ")}`, () => {
			const decided = categorizeCases(cases, limits);
			const reached = new Set<number>();
			cases.forEach((one, place) => {
				const facts = toFacts(one);
				const rule = decide(facts, limits);
				// One message per case would take longer than all cases.
				if (decided[place]!.rule !== rule.number) assert.equal(decided[place]!.rule, rule.number, JSON.stringify(one));
				if (!rule.conditions.every((condition) => holds(condition, facts, limits))) assert.fail(`no rule holds for ${JSON.stringify(one)}`);
				reached.add(rule.number);
			});
			if (limits === DEFAULTS) assert.equal(reached.size, RULES.length);
		});
	}
});

/** Days before End of Sync. */
type Age = number | "none" | "future";

interface Case {
	readonly inventory: Age;
	readonly usage: Age;
	/** Latest usage of another product on the device; never in the future. */
	readonly device: Age;
	/** Whether the product is used on another device. */
	readonly product: boolean;
	readonly install: Age;
}

type Row = Readonly<Record<string, string>>;

function checkRow(one: Case, limits: Limits, expected: Row): void {
	const facts = toFacts(one);
	const decision = decide(facts, limits);
	assert.equal(decision.number, Number(expected["rule"]));
	assert.equal(decision.outcome.reason ?? decision.outcome.category, expected["outcome"]);
	assert.equal(decision.outcome.category === "Unreported", decision.outcome.reason !== null);
	const [decided] = categorizeCases([one], limits);
	assert.deepEqual(decided, { rule: decision.number, facts });
}

/** Each case on a device of its own, in one estate; the facts as the categorizer found them. */
function categorizeCases(cases: readonly Case[], limits: Limits): readonly { readonly rule: number; readonly facts: Facts }[] {
	const estate = makeEstate({
		devices: [
			{ device: "elsewhere", inventoryDay: END_OF_SYNC },
			...cases.map((one, place) => ({ device: `device ${place}`, inventoryDay: dayOf(one.inventory) })),
		],
		installations: [
			...cases.map((one, place) => ({
				device: `device ${place}`,
				product: `product ${place}`,
				installDay: dayOf(one.install),
				lastUsageDay: dayOf(one.usage),
			})),
			...cases.flatMap((one, place) =>
				one.device === "none" ? [] : [{ device: `device ${place}`, product: "another", lastUsageDay: dayOf(one.device) }],
			),
			...cases.flatMap((one, place) =>
				one.product ? [{ device: "elsewhere", product: `product ${place}`, lastUsageDay: END_OF_SYNC - 1 }] : [],
			),
		],
	});
	const categorization = categorize(estate, AS_OF_DAY * 86_400_000, limits, []);
	return cases.map((_, device) => {
		// Devices are in the order of their first rows, and so are the installations of each.
		const installation = estate.installationStarts[device]!;
		return { rule: categorization.rule[installation]!, facts: factsOf(categorization, installation) };
	});
}

function toFacts({ inventory, usage, device, product, install }: Case): Facts {
	const own = usage === "none" || usage === "future" ? NO_DAY : dayOf(usage);
	const latest = Math.max(own, dayOf(device));
	return {
		endOfSync: END_OF_SYNC,
		inventoryDate: toDate(inventory),
		lastUsageDate: toDate(usage),
		installDate: toDate(install),
		latestDeviceUsage: latest === NO_DAY ? null : latest,
		productReportsUsage: product || own !== NO_DAY,
	};
}

function toDate(age: Age): FactDate | null {
	return age === "none" ? null : { day: dayOf(age), inFuture: age === "future" };
}

function dayOf(age: Age): number {
	if (age === "none") return NO_DAY;
	return age === "future" ? AS_OF_DAY + 1 : END_OF_SYNC - age;
}

function toCase(row: Row): Case {
	const age = (name: string): Age => {
		const cell = row[name]!;
		return cell === "none" || cell === "future" ? cell : Number(cell);
	};
	return {
		inventory: age("inventory"),
		usage: age("usage"),
		device: age("device"),
		product: row["product"] === "yes",
		install: age("install"),
	};
}

function rowsOf(table: string): readonly Row[] {
	const [header, ...lines] = table
		.trim()
		.split("\n")
		.map((line) => line.split("|").map((cell) => cell.trim()));
	return lines.map((cells) => Object.fromEntries(header!.map((name, column) => [name, cells[column]!])));
}

function describeRow({ rule, outcome, ...inputs }: Row): string {
	const given = Object.entries(inputs).map(([name, value]) => `${name} ${value}`);
	return `${given.join(", ")}: rule ${rule}, ${outcome}`;
}
