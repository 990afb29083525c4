import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isDateFormat } from "../../../core/connectors/excel/number-formats.ts";

describe("number formats", () => {
	const formats: readonly (readonly [number, string | null, boolean])[] = [
		[0, null, false],
		[1, null, false],
		[14, null, true],
		[17, null, true],
		[18, null, false],
		[22, null, true],
		[46, null, false],
		[57, null, true],
		[164, null, false],
		[164, "yyyy-mm-dd", true],
		[164, "dd/mm/yyyy hh:mm", true],
		[164, "[$-F800]dddd, mmmm dd, yyyy", true],
		[164, "mmm", true],
		[164, "mm:ss.0", false],
		[164, "[h]:mm:ss", false],
		[164, "h:mm AM/PM", false],
		[164, "General", false],
		[164, '0.0 "days"', false],
		[164, "0.0\\d", false],
		[164, "#,##0.00_d;[Red]-#,##0.00", false],
		[164, '0;"d"d', false],
		[14, "0.00", false],
	];
	for (const [id, code, expected] of formats) {
		it(`${id} ${code ?? ""} is ${expected ? "a date" : "no date"}`, () => assert.equal(isDateFormat(id, code), expected));
	}
});
