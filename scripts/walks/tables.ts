import type { Frame, Locator } from "playwright-core";
import { STEP_MS, until } from "../workbench.ts";
import { numberIn } from "./views.ts";

/** The tables of the views, by their names. */
export type TableName = "installations" | "products" | "servers";

/** A table as a person uses it. */
export interface TableOnScreen {
	/** Takes the focus and scrolls. */
	readonly grid: Locator;
	/** How many rows the line below the table says that there are, once all that is shown has come. */
	total(): Promise<number>;
	/** Waits until there are so many rows. */
	untilTotal(wanted: number): Promise<void>;
	/** Texts of one column, of the rows that stand in the document, from the top. */
	column(id: string): Promise<readonly string[]>;
	/** Clicks on the header of a column. */
	sortBy(id: string): Promise<void>;
	/** What the line below the table says. */
	readonly status: Locator;
}

/** A table that is in sight. */
export function tableOf(view: Frame, name: TableName): TableOnScreen {
	const grid = view.locator(`[role=grid][data-table=${name}]`);
	const root = view.locator(".data-table", { has: grid });
	const status = root.locator(".table-status");
	const ready = async () => {
		await root.locator("[role=grid][aria-busy=false]").waitFor({ timeout: STEP_MS });
		await until(
			async () => (await grid.locator(".coming").count()) === 0,
			() => `Rows of the table ${name} do not come.`,
		);
	};
	const total = async () => {
		await ready();
		return numberIn(status.locator("span").first());
	};
	return {
		grid,
		status,
		total,
		untilTotal: (wanted) =>
			until(
				async () => (await total()) === wanted,
				async () => `The table ${name} has ${await total()} rows, and should have ${wanted}.`,
			),
		async column(id) {
			await ready();
			const header = grid.locator(`[role=columnheader][data-column="${id}"]`);
			const place = Number(await header.getAttribute("aria-colindex")) - 1;
			return grid.locator(`.rows [role=row] [data-place="${place}"]`).allInnerTexts();
		},
		async sortBy(id) {
			const header = grid.locator(`[role=columnheader][data-column="${id}"]`);
			const before = await header.getAttribute("aria-sort");
			await header.locator(".header-text").click({ timeout: STEP_MS });
			await until(
				async () => (await header.getAttribute("aria-sort")) !== before,
				() => `The column ${id} is not sorted.`,
			);
			await ready();
		},
	};
}
