import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { flagText, inFlagOrder, KNOWN_FLAGS } from "../../client/webviews/report/flags.ts";
import { historyWords, percentOf, perWeekWords, projectionWords, utilisationWords } from "../../client/webviews/report/report-words.ts";
import { FLAG_NAMES } from "../../core/subscriptions/flags.ts";
import type { ReportRow } from "../../server/protocol/report-messages.ts";
import { makeProjection, makeReportRow } from "./make-report-row.ts";

const AS_OF = "2026-11-04T22:00:00Z";
const ENGLISH = {
	t: (text: string, ...values: readonly (string | number)[]) => text.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)])),
};
const nothing = { registered: null, enterprise: null, designers: null };

/** 26 weeks of which the last have these values. */
function weeks(...last: readonly (number | null)[]): ReportRow["history"] {
	const registered = [...Array.from({ length: 26 - last.length }, () => null), ...last];
	return { registered, enterprise: registered, designers: registered };
}

describe("report words", () => {
	const projected = (perWeek: number, at: readonly [number, number, number] | null) => ({
		...nothing,
		registered: makeProjection(perWeek, at),
	});
	const cases: readonly { name: string; row: Partial<ReportRow>; sentence: string; verdict: string }[] = [
		{
			name: "a range over what is paid for",
			row: { renewalDate: "2027-03-31", registeredUsers: 250, projection: projected(1.5, [250.6, 260.2, 269.1]) },
			sentence: "On 2027-03-31 about 260 Registered, 250 to 270, paid 250.",
			verdict: "That may go beyond what is paid for.",
		},
		{
			name: "wholly over",
			row: { renewalDate: "2027-03-31", registeredUsers: 250, projection: projected(1.5, [251, 260, 270]) },
			sentence: "On 2027-03-31 about 260 Registered, 251 to 270, paid 250.",
			verdict: "That is 10 more than is paid for.",
		},
		{
			name: "within, up to the last user",
			row: { renewalDate: "2027-03-31", registeredUsers: 270, projection: projected(1.5, [251, 260, 270]) },
			sentence: "On 2027-03-31 about 260 Registered, 251 to 270, paid 270.",
			verdict: "That stays within what is paid for.",
		},
		{
			name: "never below nobody",
			row: { renewalDate: "2027-03-31", registeredUsers: 5, projection: projected(-1, [-8, 0, 3.2]) },
			sentence: "On 2027-03-31 about 0 Registered, 0 to 4, paid 5.",
			verdict: "That stays within what is paid for.",
		},
		{
			name: "paid figures that are not known",
			row: { renewalDate: "2027-03-31", projection: projected(1.5, [1_251, 1_260, 1_270]) },
			sentence: "On 2027-03-31 about 1,260 Registered, 1,251 to 1,270.",
			verdict: "",
		},
		{
			name: "no day of renewal",
			row: { registeredUsers: 250, projection: projected(1, null) },
			sentence: "There is no renewal date, so there is no day to project to.",
			verdict: "",
		},
		{
			name: "a day of renewal that has passed",
			row: { renewalDate: "2026-11-03", projection: projected(1, null) },
			sentence: "The renewal date, 2026-11-03, has passed, so there is no day to project to.",
			verdict: "",
		},
		{
			name: "too few weeks",
			row: { renewalDate: "2027-03-31", history: weeks(1, null, 2, 3, 4, 5) },
			sentence: "There is no projection: it needs logs of at least 6 weeks, and the last 26 have only 5.",
			verdict: "",
		},
		{
			name: "no week",
			row: { renewalDate: "2027-03-31" },
			sentence: "There is no projection: the server sent no log in the last 26 weeks.",
			verdict: "",
		},
	];
	for (const { name, row, sentence, verdict } of cases) {
		it(`say where users are heading: ${name}`, () => {
			const words = projectionWords(makeReportRow(row), "registered", AS_OF, ENGLISH);
			assert.equal(words.sentence, sentence);
			assert.equal(words.verdict, verdict);
		});
	}

	it("say how many users come and go per week", () => {
		const row = makeReportRow({ renewalDate: "2027-03-31", projection: projected(1.5, [1, 2, 3]) });
		assert.equal(projectionWords(row, "registered", AS_OF, ENGLISH).trend, "+1.5 per week (+1.0 to +2.0)");
		assert.equal(perWeekWords(-0.04), "0.0");
		assert.equal(perWeekWords(-2.25), "−2.3");
	});

	for (const { active, paid, words } of [
		{ active: 231, paid: 250, words: "Registered: 231 active, 250 paid, 92% used." },
		{ active: 7, paid: 6, words: "Registered: 7 active, 6 paid, 1 over." },
		{ active: 250, paid: 250, words: "Registered: 250 active, 250 paid, 100% used." },
		{ active: 0, paid: 0, words: "Registered: none active, none paid." },
		{ active: 3, paid: 0, words: "Registered: 3 active, 0 paid, 3 over." },
		{ active: null, paid: 250, words: "Registered: 250 paid, active users are not known." },
		{ active: 12, paid: null, words: "Registered: 12 active, paid users are not known." },
		{ active: null, paid: null, words: "Registered: nothing is known." },
	]) {
		it(`say that of ${String(paid)} paid users ${String(active)} are active`, () =>
			assert.equal(utilisationWords(makeReportRow({ activeRegistered: active, registeredUsers: paid }), "registered", ENGLISH), words));
	}

	it("never call almost all or a little more a hundred percent", () => {
		assert.equal(percentOf(999, 1000), "99%");
		assert.equal(percentOf(1001, 1000), "101%");
	});

	it("tell a line to those who cannot see it", () => {
		assert.equal(
			historyWords([null, 10, 14, null, 12], ENGLISH),
			"From 10 to 12 active Registered users, lowest 10, highest 14, 3 weeks with a log, 2 without.",
		);
		assert.equal(historyWords([10, 14], ENGLISH), "From 10 to 14 active Registered users, lowest 10, highest 14, 2 weeks.");
		assert.equal(historyWords([null, null], ENGLISH), "No log in the last 2 weeks.");
	});
});

describe("words of flags", () => {
	it("are there for every flag of the report, in its order", () => {
		assert.deepEqual(KNOWN_FLAGS, FLAG_NAMES);
		for (const name of FLAG_NAMES) {
			const { label, meaning, advice } = flagText(name, ENGLISH);
			assert.ok(label.length > 0 && label.length <= 20, name);
			assert.match(meaning, /\.$/, name);
			assert.match(advice, /\.$/, name);
		}
	});

	it("put unknown ones last", () => {
		assert.deepEqual(inFlagOrder(["new flag", "over-use", "stale"]), ["stale", "over-use", "new flag"]);
	});
});
