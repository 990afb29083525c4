import * as vscode from "vscode";
import type { ApplyLimitsResult, LimitAdviceEntry, PreviewLimits } from "../../server/protocol/preview-messages.ts";
import { APPLY_LIMITS_REQUEST, type Failure } from "../../server/protocol/requests.ts";
import type { UsageClient } from "../language-client.ts";
import { isCalendarDate, todayAsDate } from "./calendar-date.ts";

/** Whether the limits stand in the file now; false when the person gave up. */
export interface AppliedLimits {
	readonly failed: false;
	readonly applied: boolean;
}

/**
 * Writes limits into a configuration as one step that can be undone, and shows it. Values that the vendor has not advised yet are asked for
 * in quick input: the advice becomes part of the same edit. Answers null when the token cancelled it.
 */
export async function applyLimits(
	client: UsageClient,
	uri: string,
	limits: PreviewLimits,
	token: vscode.CancellationToken,
): Promise<AppliedLimits | Failure | null> {
	let advice: readonly LimitAdviceEntry[] = [];
	for (;;) {
		const answer = await client.ask<ApplyLimitsResult>(APPLY_LIMITS_REQUEST, { uri, limits, advice }, token);
		if (answer === null || answer.failed) return answer;
		if (answer.unchanged) return { failed: true, message: vscode.l10n.t("The file has these limits already.") };
		const missing = answer.needsAdvice.filter(
			({ limit, value }) => !advice.some((entry) => entry.limit === limit && entry.value === value),
		);
		if (missing.length === 0) return writeEdit(client, uri, answer.edit);
		const given = await askAdvice(missing);
		if (given === null) return { failed: false, applied: false };
		advice = [...advice, ...given];
	}
}

async function writeEdit(client: UsageClient, uri: string, edit: object | null): Promise<AppliedLimits | Failure> {
	const file = vscode.Uri.parse(uri);
	const name = file.path.slice(file.path.lastIndexOf("/") + 1);
	if (edit === null) return { failed: true, message: vscode.l10n.t("The limits could not be written into {0}. Write them by hand.", name) };
	try {
		if (!(await vscode.workspace.applyEdit(await client.toWorkspaceEdit(edit))))
			return { failed: true, message: vscode.l10n.t("{0} has changed in the meantime, so nothing was written. Try again.", name) };
		await showDocument(file);
	} catch (error) {
		client.log.error(error instanceof Error ? error : String(error));
		return { failed: true, message: vscode.l10n.t("{0} could not be changed. Check that it is there and that you may write it.", name) };
	}
	return { failed: false, applied: true };
}

/** Shows the changed file beside the preview, where it is open there already in its place; the preview stays in sight and keeps the keyboard. */
async function showDocument(file: vscode.Uri): Promise<void> {
	const { all, activeTabGroup } = vscode.window.tabGroups;
	const open = all.find(
		(group) =>
			group !== activeTabGroup &&
			group.tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === file.toString()),
	);
	await vscode.window.showTextDocument(file, {
		viewColumn: open?.viewColumn ?? vscode.ViewColumn.Beside,
		preserveFocus: true,
		preview: false,
	});
}

/** Asks for the advice on each limit and value; null when the person gave up. */
async function askAdvice(missing: ApplyLimitsResult["needsAdvice"]): Promise<readonly LimitAdviceEntry[] | null> {
	const entries: LimitAdviceEntry[] = [];
	let lastReference = "";
	let lastDate = todayAsDate(new Date());
	for (const [index, { limit, value, known }] of missing.entries()) {
		const title =
			missing.length === 1
				? vscode.l10n.t("Advice for {0}: {1} days", limit, value)
				: vscode.l10n.t("Advice for {0}: {1} days ({2} of {3})", limit, value, index + 1, missing.length);
		const reference = await vscode.window.showInputBox({
			title,
			prompt: vscode.l10n.t("Where did the vendor advise this value? Write the support case or letter, such as CASE-10442."),
			value: known?.reference ?? lastReference,
			ignoreFocusOut: true,
			validateInput: (text) =>
				text.trim() === ""
					? vscode.l10n.t("A limit may differ from its default only with the vendor's advice. Write where it can be read.")
					: undefined,
		});
		if (reference === undefined) return null;
		const date = await vscode.window.showInputBox({
			title,
			prompt: vscode.l10n.t("On which day did the vendor advise it? Write it as YYYY-MM-DD."),
			value: known?.date ?? lastDate,
			ignoreFocusOut: true,
			validateInput: (text) =>
				isCalendarDate(text.trim()) ? undefined : vscode.l10n.t("Write a day of the calendar as YYYY-MM-DD, such as 2026-09-14."),
		});
		if (date === undefined) return null;
		lastReference = reference.trim();
		lastDate = date.trim();
		entries.push({ limit, value, reference: lastReference, date: lastDate });
	}
	return entries;
}
