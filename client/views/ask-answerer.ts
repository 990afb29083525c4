import * as vscode from "vscode";
import type { Failure } from "../../server/protocol/requests.ts";
import { isFailure } from "../failure.ts";
import { type Answer, ASKS, type AskMethod, type AskParams, type AskResult, type ViewMessage } from "../webviews/messages.ts";

/** Answers to what a view asks, by method. Null stands for an answer that was cancelled; URIs are those of the panel's files. */
export type AskAnswers = {
	readonly [Method in AskMethod]?: (
		params: AskParams<Method>,
		uris: readonly string[],
		token: vscode.CancellationToken,
	) => Promise<AskResult<Method> | Failure | null>;
};

/** Answers the asks of one panel, any number at a time. */
export interface AskAnswerer {
	/** The answer, checked; null when nobody waits for it any more. */
	answer(ask: Extract<ViewMessage, { readonly type: "ask" }>): Promise<Answer | null>;
	cancel(id: number): void;
	cancelAll(): void;
}

/** Makes it for the panel of these files; faults of the protocol and of an answer go to the log as well. */
export function createAskAnswerer(answers: AskAnswers, uris: readonly string[], log: vscode.LogOutputChannel): AskAnswerer {
	const open = new Map<number, vscode.CancellationTokenSource>();

	async function answer({ id, method, params }: Extract<ViewMessage, { readonly type: "ask" }>): Promise<Answer | null> {
		const source = new vscode.CancellationTokenSource();
		open.set(id, source);
		try {
			const result = await answerOne(answers, method, params, uris, source.token);
			if (source.token.isCancellationRequested) return null;
			if (result === null) return { type: "answer", id, failed: vscode.l10n.t("This was cancelled.") };
			if (isFailure(result)) return { type: "answer", id, failed: result.message };
			if (ASKS[method].result(result)) return { type: "answer", id, result };
			log.error(`${method}: the answer has not the agreed shape.`);
			return {
				type: "answer",
				id,
				failed: vscode.l10n.t("The answer could not be read. Restart the Usage Report server, or see the log."),
			};
		} catch (error) {
			log.error(`${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
			return { type: "answer", id, failed: vscode.l10n.t("Something went wrong. The log has the details.") };
		} finally {
			source.dispose();
			// A document that came after may use the number again.
			if (open.get(id) === source) open.delete(id);
		}
	}

	return {
		answer,
		cancel: (id) => open.get(id)?.cancel(),
		cancelAll() {
			for (const source of open.values()) source.cancel();
			open.clear();
		},
	};
}

async function answerOne(
	answers: AskAnswers,
	method: AskMethod,
	params: unknown,
	uris: readonly string[],
	token: vscode.CancellationToken,
): Promise<unknown> {
	// Method and parameters belong together, which the type of a table cannot say.
	const one = answers[method] as
		| ((params: unknown, uris: readonly string[], token: vscode.CancellationToken) => Promise<unknown>)
		| undefined;
	if (one === undefined) return { failed: true, message: vscode.l10n.t('This view cannot answer "{0}".', method) };
	if (!ASKS[method].params(params)) return { failed: true, message: vscode.l10n.t('"{0}" was asked for in a wrong way.', method) };
	return one(params, uris, token);
}
