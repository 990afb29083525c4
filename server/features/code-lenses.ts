import type { CodeLens, CodeLensParams } from "vscode-languageserver-protocol";
import { formatCount } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import { CATEGORIES } from "../../core/usage/category.ts";
import { DEFAULT_LIMITS } from "../../core/usage/limits.ts";
import { type CategoryMove, totalsWithLimits, type UsageProfile } from "../../core/usage/usage-profile.ts";
import type { FileInsight } from "../../workspace/insights/insights.ts";
import { describeLimitChange, type LimitChange } from "../../workspace/insights/limit-change.ts";
import type { FeatureContext } from "../feature-context.ts";
import { COMMANDS, type CommandName } from "../protocol/requests.ts";

// above               | of an instance                              | of a project
// --------------------|---------------------------------------------|------------------------------------
// the kind of file    | Preview 48,211 installs · Export to Excel   | Run usage report · Export to Excel
// its limits          | Impact of uncommitted change: 312 → Unused  | Show settings script
//                     | Show settings script                        |

/**
 * What can be done with a file, with the figures that are known now.
 * @param commands that the client can carry out; the others are not offered.
 */
export function listCodeLenses(context: FeatureContext, params: CodeLensParams, commands: ReadonlySet<string>): readonly CodeLens[] {
	const { workspace } = context;
	const file = workspace.file(params.textDocument.uri);
	const insight = file === null ? null : workspace.insights.peek(file.uri);
	if (file === null || insight === null) return [];
	const positions = context.positionsOf(file);
	const tree: unknown = file.config.tree;
	return lensesOf(insight).flatMap(({ key, title, command, more = [] }): readonly CodeLens[] => {
		const isWritten = typeof tree === "object" && tree !== null && Object.hasOwn(tree, key);
		if (!isWritten || !commands.has(command)) return [];
		return [
			{
				range: positions.rangeOf(file.parsed.rangeOf([key], "key")),
				command: { title, command, arguments: [context.clientUri(file.uri), ...more] },
			},
		];
	});
}

interface Lens {
	/** Of the root: the lens stands above it. */
	readonly key: "kind" | "usageCategory";
	readonly title: string;
	readonly command: CommandName;
	/** Arguments of the command after the URI. */
	readonly more?: readonly string[];
}

function lensesOf(insight: FileInsight): readonly Lens[] {
	const script: Lens = { key: "usageCategory", title: t("Show settings script"), command: COMMANDS.showSettingsScript };
	if (insight.kind === "project") {
		return [
			{ key: "kind", title: t("Run usage report"), command: COMMANDS.runReport },
			{ key: "kind", title: t("Export to Excel"), command: COMMANDS.exportReport },
			script,
		];
	}
	const installations = insight.profile === null ? null : countInstallations(insight.profile);
	const change = describeLimitChange(insight);
	return [
		{
			key: "kind",
			title:
				installations === null
					? t("Preview installs")
					: installations === 1
						? t`Preview ${formatCount(installations)} install`
						: t`Preview ${formatCount(installations)} installs`,
			command: COMMANDS.preview,
		},
		{ key: "kind", title: t("Export to Excel"), command: COMMANDS.exportPreview },
		...(change === null
			? []
			: [{ key: "usageCategory", title: describeChange(change), command: COMMANDS.compareLimits, more: ["compare"] } as const]),
		script,
	];
}

/** Whatever the limits are. */
function countInstallations(profile: UsageProfile): number {
	return totalsWithLimits(profile, DEFAULT_LIMITS).reduce((sum, count) => sum + count, 0);
}

function describeChange({ basis, effect }: LimitChange): string {
	const what = basis === "committed" ? t("Impact of uncommitted change") : t("Impact against deployed limits");
	return effect === null ? what : `${what}: ${describeTargets(effect.impact.moves)}`;
}

/** Into which categories installations come: `312 → Unused`. */
function describeTargets(moves: readonly CategoryMove[]): string {
	const targets = CATEGORIES.flatMap((category) => {
		const count = moves.reduce((sum, move) => (move.to === category ? sum + move.count : sum), 0);
		return count === 0 ? [] : [`${formatCount(count)} → ${category}`];
	});
	return targets.length === 0 ? t("no installation changes category") : targets.join(", ");
}
