import { setTimeout } from "node:timers/promises";
import type { CompletionItem, CompletionList, Position } from "vscode-languageserver-protocol";
import type { LspSession } from "./lsp-harness.ts";

/** Asks for completions as an editor does: again, as long as the list says that it is incomplete and `holds` is not satisfied. */
export async function complete(
	session: LspSession,
	uri: string,
	position: Position,
	holds: (items: readonly CompletionItem[]) => boolean = () => false,
): Promise<readonly CompletionItem[]> {
	for (let attempt = 0; ; attempt++) {
		const answer = await session.request<CompletionItem[] | CompletionList>("textDocument/completion", { textDocument: { uri }, position });
		if (Array.isArray(answer)) return answer;
		if (holds(answer.items)) return answer.items;
		if (attempt > 100) throw new Error("The list stays incomplete.");
		await setTimeout(20);
	}
}
