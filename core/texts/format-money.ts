import { formatCount } from "./format-count.ts";
import { language, t } from "./translate.ts";

/** An amount as messages show it: `£24,360`, `€1,204.50`, `−£280`; with the code of the currency where it has no sign of its own. */
export function formatMoney(amount: number, currency: string): string {
	const minus = amount < 0 ? "−" : "";
	const size = Math.abs(amount);
	try {
		const format = new Intl.NumberFormat(language() === "en" ? "en-GB" : language(), {
			style: "currency",
			currency,
			currencyDisplay: "narrowSymbol",
			...(Number.isInteger(size) ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}),
		});
		// Between a code and its number stands a space that does not break, which nobody expects in a text that is searched.
		return `${minus}${format.format(size).replace(/\u00A0/g, " ")}`;
	} catch {
		// Not three letters, so no currency: the schema says so.
		return `${minus}${currency} ${formatCount(size)}`;
	}
}

/** Amounts by currency, in their order: `£24,360 and €1,204.50`; empty for none. */
export function formatAmounts(amounts: ReadonlyMap<string, number>): string {
	if (amounts.size === 0) return "";
	return [...amounts].map(([currency, amount]) => formatMoney(amount, currency)).reduce((list, amount) => t`${list} and ${amount}`);
}
