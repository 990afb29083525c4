import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkDateFormat } from "../../../../core/config/check-data.ts";
import type { DateFormat } from "../../../../core/config/model.ts";
import { parseDay } from "../../../../core/dates/day-number.ts";
import { detectDateFormats } from "../../../../core/dates/detect-date-format.ts";
import { makeSource } from "../../connectors/source-fixture.ts";
import { makeDates, makeFacts } from "./facts-fixture.ts";

const TODAY = parseDay("2026-11-05")!;

/** Dates that were read, with how many rows have each, and cells that could not be read. */
interface Column {
	readonly format: DateFormat;
	readonly read: Readonly<Record<string, number>>;
	readonly unread: readonly string[];
}

describe("source/wrong-date-format", () => {
	const american = ["03/14/2026", "03/25/2026", "10/30/2026"];
	const cases: readonly (Column & { what: string; problem: string | null })[] = [
		{ what: "every cell fails, and is another format", format: "iso", read: {}, unread: american, problem: "MM/dd/yyyy" },
		{
			what: "some fail, the others have days that could be months",
			format: "dd/MM/yyyy",
			read: { "2026-03-04": 2 },
			unread: american,
			problem: "MM/dd/yyyy",
		},
		{
			what: "as many fail as can only be read as stated",
			format: "dd/MM/yyyy",
			read: { "2026-03-24": 3 },
			unread: american,
			problem: null,
		},
		{
			what: "one of ten can only be read as stated",
			format: "dd/MM/yyyy",
			read: { "2026-03-24": 1 },
			unread: [...american, ...american, ...american],
			problem: "MM/dd/yyyy",
		},
		{
			what: "nearly all are read, though they could be months",
			format: "dd/MM/yyyy",
			read: { "2026-03-04": 400 },
			unread: american,
			problem: null,
		},
		{ what: "one fails of a few", format: "MM/dd/yyyy", read: { "2026-03-04": 4 }, unread: ["25/12/2026"], problem: "dd/MM/yyyy" },
		{ what: "those that fail are no dates at all", format: "iso", read: {}, unread: ["never", "n/a"], problem: null },
		{ what: "seconds instead of text", format: "iso", read: {}, unread: ["1387295813", "1367633260"], problem: "epochSeconds" },
		{ what: "serial numbers of Excel", format: "iso", read: {}, unread: ["45963", "45001.5"], problem: "excelSerial" },
		{
			what: "days that could be months, of which nobody can tell",
			format: "iso",
			read: {},
			unread: ["03/04/2026"],
			problem: "dd/MM/yyyy, MM/dd/yyyy",
		},
		{ what: "seconds as milliseconds", format: "epochMilliseconds", read: { "1970-01-20": 30 }, unread: [], problem: "epochSeconds" },
		{ what: "zeros as milliseconds", format: "epochMilliseconds", read: { "1970-01-01": 30 }, unread: [], problem: null },
		{
			what: "a future that vanishes when exchanged",
			format: "MM/dd/yyyy",
			read: { "2026-12-01": 25, "2026-12-11": 5, "2026-10-10": 20 },
			unread: [],
			problem: null,
		},
		{
			what: "all of the future vanishes when exchanged",
			format: "MM/dd/yyyy",
			read: { "2026-12-01": 25, "2026-12-02": 5, "2026-10-10": 20 },
			unread: [],
			problem: "dd/MM/yyyy",
		},
		{ what: "few dates in the future", format: "MM/dd/yyyy", read: { "2026-12-01": 5, "2026-10-10": 20 }, unread: [], problem: null },
		{
			what: "a future beside days that can be no months",
			format: "MM/dd/yyyy",
			read: { "2026-12-01": 25, "2026-10-13": 1 },
			unread: [],
			problem: null,
		},
		{ what: "everything is well", format: "iso", read: { "2026-10-10": 20 }, unread: [], problem: null },
	];
	for (const { what, problem, ...column } of cases) it(what, () => checkFormats(column, problem));

	it("of usage logs, by the dates that were counted while they were read", () => {
		const source = makeSource({ provides: "usageLog", dateFormat: "dd/MM/yyyy" });
		const base = { source, facts: null, today: TODAY, detectFormats: detectDateFormats };
		const seen = { source: source.name, unread: ["10/28/2026"], read: 5, early: 5 };
		assert.match(
			checkDateFormat({ ...base, unread: 1, seen })!.message,
			/^1 cell is not a date .*, and 5 more are read with day and month exchanged\. It is /,
		);
		assert.equal(checkDateFormat({ ...base, unread: 1, seen: { ...seen, early: 4 } }), null);
	});

	it("has a fix that is preferred only where it is the only one, at the format or else at the data", () => {
		const stated = check({ format: "dd/MM/yyyy", read: {}, unread: american })!;
		assert.deepEqual(stated.path, ["dataSources", 0, "dateFormat"]);
		assert.deepEqual(stated.fixes, [
			{ kind: "set", title: "Set dateFormat to MM/dd/yyyy", preferred: true, path: ["dataSources", 0, "dateFormat"], value: "MM/dd/yyyy" },
		]);
		const unstated = check({ format: "iso", read: {}, unread: ["03/04/2026"] })!;
		assert.deepEqual(unstated.path, ["dataSources", 0, "path"]);
		assert.deepEqual(
			unstated.fixes!.map(({ preferred }) => preferred),
			[false, false],
		);
	});
});

function check({ format, read, unread }: Column) {
	const source = makeSource({ provides: "installations", path: "a.csv", dateFormat: format });
	return checkDateFormat({
		source,
		seen: unread.length === 0 ? null : { source: source.name, unread, read: 0, early: 0 },
		unread: unread.length,
		facts: makeFacts({ dates: [makeDates("lastUsageDate", read)] }),
		today: TODAY,
		detectFormats: detectDateFormats,
	});
}

/** The formats that the fixes set, in order; null for no problem. */
function checkFormats(column: Column, expected: string | null): void {
	const found = check(column);
	assert.equal(found && (found.fixes ?? []).map((fix) => ("value" in fix ? fix.value : "")).join(", "), expected);
}
