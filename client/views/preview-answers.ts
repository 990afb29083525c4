import * as vscode from "vscode";
import type { CopyRowsResult, SourcePlaceResult } from "../../server/protocol/preview-messages.ts";
import {
	COPY_REQUEST,
	EXPLAIN_REQUEST,
	type ExportResult,
	type Failure,
	IMPACT_REQUEST,
	PREVIEW_NAMES_REQUEST,
	PREVIEW_PAGE_REQUEST,
	PREVIEW_PRODUCTS_REQUEST,
	SELECTION_REQUEST,
	SENSITIVITY_REQUEST,
	SOURCE_PLACE_REQUEST,
} from "../../server/protocol/requests.ts";
import type { UsageClient } from "../language-client.ts";
import type { AskMethod, AskParams, AskResult } from "../webviews/messages.ts";
import { applyLimits } from "./apply-limits.ts";
import type { AskAnswers } from "./ask-answerer.ts";
import { openPlace } from "./common-answers.ts";

/** What the view of a preview can ask for; most of it the server answers. */
export function createPreviewAnswers(client: UsageClient): AskAnswers {
	/** Hands the ask to the server, with the panel's file. */
	const fromServer =
		<Method extends AskMethod>(request: string) =>
		(params: AskParams<Method>, uris: readonly string[], token: vscode.CancellationToken): Promise<AskResult<Method> | Failure | null> =>
			client.ask<AskResult<Method>>(request, { ...(params as object), uri: uris[0] ?? "" }, token);
	return {
		page: fromServer<"page">(PREVIEW_PAGE_REQUEST),
		products: fromServer<"products">(PREVIEW_PRODUCTS_REQUEST),
		selection: fromServer<"selection">(SELECTION_REQUEST),
		names: fromServer<"names">(PREVIEW_NAMES_REQUEST),
		explain: fromServer<"explain">(EXPLAIN_REQUEST),
		impact: fromServer<"impact">(IMPACT_REQUEST),
		sensitivity: fromServer<"sensitivity">(SENSITIVITY_REQUEST),
		applyLimits: ({ limits }, uris, token) => applyLimits(client, uris[0] ?? "", limits, token),
		async openSource(params, uris, token) {
			const place = await client.ask<SourcePlaceResult>(SOURCE_PLACE_REQUEST, { ...params, uri: uris[0] ?? "" }, token);
			return place === null || place.failed ? place : openPlace(place);
		},
		async copy(params, uris, token) {
			const copied = await client.ask<CopyRowsResult>(COPY_REQUEST, { ...params, uri: uris[0] ?? "" }, token);
			if (copied === null || copied.failed) return copied;
			await vscode.env.clipboard.writeText(copied.text);
			return { failed: false, rows: copied.rows };
		},
		async exportShown(shown, uris) {
			const written = await vscode.commands.executeCommand<ExportResult | null>(
				"usageReport.exportPreview",
				vscode.Uri.parse(uris[0] ?? ""),
				undefined,
				shown,
			);
			return { failed: false, written: written !== null && written !== undefined };
		},
	};
}
