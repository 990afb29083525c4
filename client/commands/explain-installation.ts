import * as vscode from "vscode";
import type { PreviewNamesParams, PreviewNamesResult, PreviewPage, PreviewPageParams } from "../../server/protocol/preview-messages.ts";
import { PREVIEW_NAMES_REQUEST, PREVIEW_PAGE_REQUEST } from "../../server/protocol/requests.ts";
import type { ConfigSummary } from "../config-files.ts";
import { isFailure } from "../failure.ts";
import { chooseInstance } from "./choose-config.ts";
import type { CommandContext } from "./command-context.ts";
import { openPreview } from "./preview-installs.ts";
import { askSearch } from "./questions.ts";
import { runWizard, type WizardStep } from "./wizard.ts";

/** Which installation, as far as it is known. */
interface Chosen {
	readonly device: string;
	readonly product: string;
}

/** More are not looked through, but searched for. */
const MAX_NAMES = 100;

/**
 * Shows why one installation has its category, in the preview of its instance.
 * @param device asked for, like the product, when it is absent.
 * @returns false when none was chosen.
 */
export async function explainInstallation(context: CommandContext, argument: unknown, device: unknown, product: unknown): Promise<boolean> {
	const instance = await chooseInstance(context, argument);
	if (instance === null) return false;
	const given = typeof device === "string" && typeof product === "string" ? { device, product } : null;
	const installation = given ?? (await runWizard({ device: "", product: "" }, listSteps(context, instance)));
	if (installation === null) return false;
	const uri = instance.uri.toString();
	await openPreview(context, instance);
	context.previews.tell([uri], { type: "show", tab: "installations", installation });
	return true;
}

function listSteps(context: CommandContext, instance: ConfigSummary): readonly WizardStep<Chosen>[] {
	const title = vscode.l10n.t("Explain an Installation of {0}", instance.name);
	const uri = instance.uri.toString();
	return [
		{
			async ask(chosen, place) {
				const answer = await askSearch(
					{
						title,
						placeholder: vscode.l10n.t("On which device? Type a part of its name"),
						search: (text) => searchDevices(context, { uri, of: "devices", text, limit: MAX_NAMES }),
					},
					place,
				);
				return typeof answer === "string" ? answer : { state: { ...chosen, device: answer.label } };
			},
		},
		{
			async ask(chosen, place) {
				const answer = await askSearch(
					{
						title,
						placeholder: vscode.l10n.t("Which product on {0}?", chosen.device),
						search: (text) => searchProducts(context, uri, chosen.device, text),
					},
					place,
				);
				return typeof answer === "string" ? answer : { state: { ...chosen, product: answer.label } };
			},
		},
	];
}

async function searchDevices(context: CommandContext, params: PreviewNamesParams): Promise<readonly vscode.QuickPickItem[] | string> {
	const found = await ask<PreviewNamesResult>(context, PREVIEW_NAMES_REQUEST, params);
	if (typeof found === "string") return found;
	return found.names.length === 0 ? vscode.l10n.t("No device has “{0}” in its name", params.text) : found.names.map((label) => ({ label }));
}

/** What is installed on a device, each with its category. */
async function searchProducts(
	context: CommandContext,
	uri: string,
	device: string,
	text: string,
): Promise<readonly vscode.QuickPickItem[] | string> {
	const params: PreviewPageParams = {
		uri,
		offset: 0,
		// A device seldom has more; what is typed decides among them here, since the server would look for it in the device's name too.
		limit: 1000,
		query: { filter: { devices: [device] }, sort: [{ by: "product" }] },
	};
	const page = await ask<PreviewPage>(context, PREVIEW_PAGE_REQUEST, params);
	if (typeof page === "string") return page;
	const wanted = text.trim().toLowerCase();
	const rows = page.rows.filter(({ product }) => product.toLowerCase().includes(wanted)).slice(0, MAX_NAMES);
	if (rows.length === 0) return vscode.l10n.t("No product on {0} has “{1}” in its name", device, text);
	return rows.map(({ product, category, reason }) => ({
		label: product,
		description: reason === null ? category : `${category}: ${reason}`,
	}));
}

/** The answer, or in words why there is none. */
async function ask<Answer>(context: CommandContext, method: string, params: object): Promise<Answer | string> {
	const never = new vscode.CancellationTokenSource();
	try {
		const answer = await context.client.ask<Answer>(method, params, never.token);
		if (answer === null) return vscode.l10n.t("The Usage Report server was stopped.");
		return isFailure(answer) ? answer.message : answer;
	} finally {
		never.dispose();
	}
}
