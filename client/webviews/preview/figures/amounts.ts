import type { Money } from "../../../../server/protocol/preview-messages.ts";
import { LANGUAGE } from "../../shared/format.ts";

const locale = LANGUAGE.startsWith("en") ? "en-GB" : LANGUAGE;

/** An amount with its currency: `£24,360`, `€1,204.50`, `−£280`; `+` before what is more where a difference is shown. */
export function formatMoney(amount: number, currency: string, isDifference = false): string {
	const rounded = Math.round(amount * 100) / 100;
	const sign = rounded < 0 ? "−" : isDifference && rounded > 0 ? "+" : "";
	const size = Math.abs(rounded);
	const digits = Number.isInteger(size) ? 0 : 2;
	const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
	try {
		const format = new Intl.NumberFormat(locale, { ...options, style: "currency", currency, currencyDisplay: "narrowSymbol" });
		return `${sign}${format.format(size)}`;
	} catch {
		// Not three letters, so no currency: the schema says so, and the amount is still worth showing.
		return `${sign}${currency} ${new Intl.NumberFormat(locale, options).format(size)}`;
	}
}

/** Currencies of some amounts, in code-unit order. */
export function currenciesOf(...amounts: readonly Money[]): readonly string[] {
	return [...new Set(amounts.flatMap((money) => Object.keys(money)))].sort();
}

/** One text per currency that there is an amount of; empty for none. */
export function formatAmounts(money: Money, isDifference = false): readonly string[] {
	return currenciesOf(money)
		.filter((currency) => money[currency] !== 0)
		.map((currency) => formatMoney(money[currency] ?? 0, currency, isDifference));
}
