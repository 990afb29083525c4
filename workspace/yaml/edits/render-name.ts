import type { ScalarStyle } from "../config-node.ts";
import { renderPlainValue, renderQuoted } from "./render-value.ts";

/** A name in the place of another: in the quotes that the other one had, or in some where it would mean something else without them. */
export function renderName(name: string, before: { readonly style: ScalarStyle; readonly inFlow: boolean }): string {
	const { style, inFlow } = before;
	if (style === "double") return renderQuoted(name);
	if (style === "single" && !/[\p{Cc}\u2028\u2029\ufeff]/u.test(name)) return `'${renderPlainValue(name, { inFlow, quote: "'" })}'`;
	return renderPlainValue(name, { inFlow, quote: null });
}
