import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { formatAmounts, formatMoney } from "../../../core/texts/format-money.ts";

describe("amounts of money in sentences", () => {
	for (const [amount, currency, expected] of [
		[24360, "GBP", "£24,360"],
		[1204.5, "EUR", "€1,204.50"],
		[-280, "GBP", "−£280"],
		[0, "USD", "$0"],
		[1000, "JPY", "¥1,000"],
		[12, "CHF", "CHF 12"],
		[-1204.5, "pounds", "−pounds 1,204.5"],
	] as const) {
		it(`are written ${expected}`, () => assert.equal(formatMoney(amount, currency), expected));
	}

	it("are joined by currency", () => {
		const amounts = new Map([
			["GBP", 24360],
			["EUR", 1204.5],
		]);
		assert.equal(formatAmounts(amounts), "£24,360 and €1,204.50");
		assert.equal(formatAmounts(new Map()), "");
	});
});
