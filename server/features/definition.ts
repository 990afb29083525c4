import type { DefinitionParams, Location, LocationLink } from "vscode-languageserver-protocol";
import { valueAt } from "../../core/config/value-at.ts";
import type { Mention, PlacedMention } from "../../workspace/entities/entities.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import { findAnchorAt } from "../../workspace/yaml/edits/anchor-marks.ts";
import type { OffsetRange } from "../../workspace/yaml/parse-config.ts";
import type { FeatureContext } from "../feature-context.ts";
import { findReachableFile } from "../reachable-file.ts";

/**
 * | at                                   | leads to                                                     |
 * |--------------------------------------|--------------------------------------------------------------|
 * | the `project` of an instance         | the project's title; the beginning of its file if it has none |
 * | the `path` of a data source          | the beginning of that file                                   |
 * | a component, a product of a policy or price | the bundles of this file that it names                |
 * | a server                             | the subscriptions that name it                               |
 * | the name of a limit of an instance   | the limit of its project                                     |
 * | the value of a limit                 | the advice that allows it; without one, as the name          |
 * | a limit that advice names            | the limit of this file; without one, that of the project     |
 * | an alias                             | its anchor                                                   |
 * | a name where it is defined           | itself                                                       |
 *
 * @param asLinks whether the client takes links, which mark the whole name and show the whole entry.
 */
export async function findDefinition(
	context: FeatureContext,
	params: DefinitionParams,
	asLinks: boolean,
): Promise<readonly LocationLink[] | readonly Location[] | null> {
	const file = context.workspace.file(params.textDocument.uri);
	if (file === null) return null;
	const found = await findTargets(context, file, context.positionsOf(file).offsetAt(params.position));
	if (found === null || found.targets.length === 0) return null;
	if (!asLinks) return found.targets.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
	const originSelectionRange = context.positionsOf(file).rangeOf(found.origin);
	return found.targets.map((target) => ({ originSelectionRange, ...target }));
}

interface Found {
	/** What stands where the question was asked. */
	readonly origin: OffsetRange;
	readonly targets: readonly LocationLink[];
}

async function findTargets(context: FeatureContext, file: WorkspaceFile, offset: number): Promise<Found | null> {
	const { entities } = context;
	const mention = entities.findAt(file, offset);
	if (mention !== null) return { origin: mention.nameRange, targets: await targetsOf(context, file, mention) };
	const anchor = findAnchorAt(file.parsed.text, offset);
	if (anchor !== null) {
		const targets = anchor.definition === null ? [] : [linkTo(context, file, anchor.definition.range, anchor.definition.range)];
		return { origin: anchor.at.range, targets };
	}
	return findAdvice(context, file, offset);
}

async function targetsOf(context: FeatureContext, file: WorkspaceFile, mention: Mention): Promise<readonly LocationLink[]> {
	const definitions = context.entities.listDefinitions({ file, mention }).map((placed) => toLink(context, placed));
	const isPath = mention.kind === "file" || (mention.kind === "project" && mention.role === "reference");
	if (!isPath || definitions.length > 0) return definitions;
	const uri = await findReachableFile(context, file, mention.name);
	return uri === null ? [] : [{ targetUri: uri, targetRange: BEGINNING, targetSelectionRange: BEGINNING }];
}

/** From a limit's value to where it comes from. */
function findAdvice(context: FeatureContext, file: WorkspaceFile, offset: number): Found | null {
	const { path, on, range } = file.parsed.nodeAt(offset);
	if (on !== "value" || path.length !== 2 || path[0] !== "usageCategory") return null;
	const limit = context.entities
		.listIn(file)
		.find(({ kind, path: other }) => kind === "limit" && other[0] === path[0] && other[1] === path[1]);
	if (limit === undefined) return null;
	const value = valueAt(file.config.tree, path);
	const advice = context.entities
		.listIn(file)
		.filter(
			({ kind, path: [list, index], name }) =>
				kind === "limit" && list === "limitAdvice" && name === limit.name && valueAt(file.config.tree, [list, index!, "value"]) === value,
		);
	const placed =
		advice.length > 0 ? advice.map((mention) => ({ file, mention })) : context.entities.listDefinitions({ file, mention: limit });
	return { origin: range, targets: placed.map((each) => toLink(context, each)) };
}

function toLink(context: FeatureContext, { file, mention }: PlacedMention): LocationLink {
	return linkTo(context, file, mention.around, mention.nameRange);
}

function linkTo(context: FeatureContext, file: WorkspaceFile, whole: OffsetRange, name: OffsetRange): LocationLink {
	const { rangeOf } = context.positionsOf(file);
	return { targetUri: context.clientUri(file.uri), targetRange: rangeOf(whole), targetSelectionRange: rangeOf(name) };
}

const BEGINNING = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
