import type { DocumentLink } from "vscode-languageserver-protocol";
import { t } from "../../core/texts/translate.ts";
import type { Mention } from "../../workspace/entities/entities.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import type { FeatureContext } from "../feature-context.ts";
import { findReachableFile } from "../reachable-file.ts";

/**
 * Links from every `path` and `project` to its file, where there is one.
 * @param withTooltips whether the client shows what a link leads to.
 * @throws signal.reason
 */
export async function listDocumentLinks(
	context: FeatureContext,
	uri: string,
	withTooltips: boolean,
	signal: AbortSignal,
): Promise<readonly DocumentLink[]> {
	const file = context.workspace.file(uri);
	if (file === null) return [];
	const { rangeOf } = context.positionsOf(file);
	const mentions = context.entities.listIn(file).filter(isPath);
	const targets = new Map<string, string | null>();
	for (const { name } of mentions) {
		if (targets.has(name)) continue;
		targets.set(name, await findReachableFile(context, file, name));
		signal.throwIfAborted();
	}
	return mentions.flatMap((mention) => {
		const target = targets.get(mention.name) ?? null;
		if (target === null) return [];
		return [{ range: rangeOf(mention.nameRange), target, ...(withTooltips ? { tooltip: tooltipOf(context, file, mention) } : {}) }];
	});
}

function isPath({ kind, role }: Mention): boolean {
	return kind === "file" || (kind === "project" && role === "reference");
}

function tooltipOf({ entities, workspace }: FeatureContext, file: WorkspaceFile, mention: Mention): string {
	if (mention.kind === "file") return t`Open ${workspace.access.toPath(workspace.resolve(file.uri, mention.name))}`;
	const model = entities.findProject(file)?.steadyConfig.model ?? null;
	return model?.kind === "project" && model.title !== null ? t`Open the project "${model.title}"` : t("Open the project");
}
