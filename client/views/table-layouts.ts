import type * as vscode from "vscode";
import { isTableLayout, type TableLayout } from "../webviews/messages.ts";
import type { AskAnswers } from "./ask-answerer.ts";

/** Key of the memory that all workspaces share: people want the same columns everywhere. */
const MEMORY = "usageReport.tableLayouts";

/** How the columns of the tables were arranged last, by the name of the table. */
export function readLayouts(context: vscode.ExtensionContext): Readonly<Record<string, TableLayout>> {
	const kept = context.globalState.get<Readonly<Record<string, unknown>>>(MEMORY) ?? {};
	return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, TableLayout] => isTableLayout(entry[1])));
}

/** Remembers what a view tells about its columns. */
export function layoutAnswers(context: vscode.ExtensionContext): AskAnswers {
	return {
		async layout({ table, layout }) {
			await context.globalState.update(MEMORY, { ...readLayouts(context), [table]: layout });
			return { failed: false };
		},
	};
}
