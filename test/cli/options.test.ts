import assert from "node:assert/strict";
import { chooseFormat, parseAsOf, parseLimits } from "../../cli/options.ts";
import { formatInstant } from "../../core/dates/instant.ts";

describe("command-line values", () => {
	describe("--limits", () => {
		const cases: readonly (readonly [string, readonly number[] | RegExp])[] = [
			["7,30,90", [7, 30, 90]],
			[" 0 , 1 , 36500 ", [0, 1, 36500]],
			["90,30,7", [90, 30, 7]],
			["7,30", /has 2 parts instead of 3/],
			["7", /has 1 part instead of 3/],
			["7,30,90,1", /has 4 parts/],
			["", /has 1 part/],
			["-1,30,90", /InstallDateCutOffLimit is "-1"/],
			["7,1e9,90", /UsedCategoryLimit is "1e9"/],
			["7,30,36501", /UnusedCategoryLimit is "36501".*0 to 36,500/],
			["7,30,1000000000", /UnusedCategoryLimit/],
			["7,30.5,90", /UsedCategoryLimit is "30\.5"/],
			["7,,90", /UsedCategoryLimit is ""/],
			["7,0x1e,90", /UsedCategoryLimit/],
			["default", /has 1 part/],
		];
		for (const [text, expected] of cases) it(`"${text}"`, () => checkLimits(text, expected));
	});

	describe("--as-of", () => {
		const cases: readonly (readonly [string, string | RegExp])[] = [
			["2026-11-04T21:00:00Z", "2026-11-04T21:00:00Z"],
			["2026-11-04T22:00:00+01:00", "2026-11-04T21:00:00Z"],
			["2026-11-04", "2026-11-04T00:00:00Z"],
			["2026-02-30", /not an instant that exists/],
			["04/11/2026", /not an instant/],
			["today", /not an instant/],
			["", /not an instant/],
		];
		for (const [text, expected] of cases) it(`"${text}"`, () => checkAsOf(text, expected));
	});

	describe("the format", () => {
		const formats = ["text", "json", "xlsx"] as const;
		const cases: readonly (readonly [(typeof formats)[number] | undefined, string | undefined, string | RegExp])[] = [
			[undefined, undefined, "text"],
			["json", undefined, "json"],
			[undefined, "a.json", "json"],
			[undefined, "a.XLSX", "xlsx"],
			[undefined, "a.md", "text"],
			["text", "a.json", "text"],
			["xlsx", "a", "xlsx"],
			["xlsx", undefined, /Say where to write it/],
		];
		for (const [asked, file, expected] of cases) {
			it(`--format ${asked ?? "–"} --out ${file ?? "–"} → ${expected}`, () => {
				const chosen = chooseFormat(asked, file, formats);
				if (expected instanceof RegExp) assert.match(messageOf(chosen), expected);
				else assert.equal(chosen, expected);
			});
		}
	});
});

function checkLimits(text: string, expected: readonly number[] | RegExp): void {
	const limits = parseLimits(text);
	if (expected instanceof RegExp) assert.match(messageOf(limits), expected);
	else assert.deepEqual(Object.values(limits), expected);
}

function checkAsOf(text: string, expected: string | RegExp): void {
	const asOf = parseAsOf(text);
	if (expected instanceof RegExp) assert.match(messageOf(asOf), expected);
	else assert.equal(typeof asOf === "number" ? formatInstant(asOf) : asOf.message, expected);
}

function messageOf(value: unknown): string {
	assert.ok(typeof value === "object" && value !== null && "message" in value, `not a failure: ${JSON.stringify(value)}`);
	return String(value.message);
}
