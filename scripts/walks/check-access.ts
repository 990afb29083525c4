import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame } from "playwright-core";

/** What axe-core answers, as far as it is read here. */
interface AxeResult {
	readonly violations: readonly {
		readonly id: string;
		readonly impact: string | null;
		readonly help: string;
		readonly nodes: readonly { readonly target: readonly unknown[]; readonly html: string; readonly failureSummary?: string }[];
	}[];
}

/** Elements that are printed per rule; the count says how many there are. */
const MAX_SHOWN = 4;

/**
 * Has axe-core look at a view, and throws a readable list when it finds serious or critical violations. The script comes in
 * by the debugger, since the content security policy of the view lets no other one in.
 */
export async function checkAccess(view: Frame, what: string): Promise<void> {
	const isThere = await view.evaluate(() => "axe" in globalThis);
	if (!isThere) await view.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
	const { violations } = await view.evaluate(async () => {
		const { axe } = globalThis as unknown as { axe: { run(where: Document, options: object): Promise<AxeResult> } };
		return axe.run(document, { resultTypes: ["violations"], iframes: false });
	});
	const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
	if (grave.length === 0) return;
	const lines = grave.flatMap(({ id, impact, help, nodes }) => [
		`  ${impact}: ${help} (${id}), ${nodes.length} elements`,
		...nodes.slice(0, MAX_SHOWN).flatMap(({ target, html, failureSummary }) => [
			`    ${target.join(" ")}: ${html.slice(0, 200)}`,
			...(failureSummary ?? "")
				.split("\n")
				.slice(1, 3)
				.map((line) => `      ${line.trim()}`),
		]),
	]);
	throw new Error(`axe-core found violations in ${what}:\n${lines.join("\n")}`);
}
