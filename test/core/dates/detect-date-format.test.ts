import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { detectDateFormats } from "../../../core/dates/detect-date-format.ts";

describe("detecting date formats", () => {
	const detected: readonly (readonly [name: string, texts: readonly string[], formats: readonly string[]])[] = [
		["ISO days", ["2026-11-04", "2025-01-31"], ["iso"]],
		["ISO instants", ["2026-11-04T21:00:00Z", "2026-11-04 21:00:05"], ["iso"]],
		["days first", ["04/11/2026", "31/10/2026"], ["dd/MM/yyyy"]],
		["months first", ["11/04/2026", "10/31/2026 9:15 AM"], ["MM/dd/yyyy"]],
		["either first, as no text tells", ["04/11/2026", "01/02/2026"], ["dd/MM/yyyy", "MM/dd/yyyy"]],
		["years first", ["2026/11/04"], ["yyyy/MM/dd"]],
		["seconds", ["1762290000", "1762376400"], ["epochSeconds"]],
		["milliseconds", ["1762290000000"], ["epochMilliseconds"]],
		["numbers of days", ["46330", "46330.875"], ["excelSerial"]],
		["a slip among many", [...new Array<string>(19).fill("2026-11-04"), "never"], ["iso"]],
		["too much else", ["2026-11-04", "2026-11-05", "never"], []],
		["small numbers", ["1", "17", "250"], []],
		["dates without separators", ["20261104"], []],
		["names", ["Microsoft Edge", "WXH-CHM-L0107"], []],
		["nothing", [], []],
	];
	for (const [name, texts, formats] of detected) it(name, () => assert.deepEqual(detectDateFormats(texts), formats));
});
