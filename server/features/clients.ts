import { fileNameOf } from "../../core/config/file-names.ts";
import type { DataSource, ReclaimPolicy } from "../../core/config/model.ts";
import type { ConfigPath } from "../../core/problems.ts";
import { isInForce } from "../../core/usage/reclaim.ts";
import { type InstanceFile, listInstances } from "../../workspace/entities/instances-of.ts";
import type { PlacedProblem, WorkspaceFile } from "../../workspace/workspace.ts";
import { countProblems } from "../count-problems.ts";
import type { FeatureContext } from "../feature-context.ts";
import type { Inspections } from "../inspections.ts";
import type { ClientNode, ClientsResult, InstanceNode, PolicyNode, SourceNode, SourceProblem } from "../protocol/client-messages.ts";

/**
 * The projects of a workspace with their instances, and what those are made of, by their last good texts. All of it is known already: nothing is
 * read or loaded for it, so it may be asked after every change.
 */
export function listClients(context: FeatureContext, inspections: Inspections): ClientsResult {
	const { workspace } = context;
	const instances = listInstances(workspace);
	const projects = workspace.uris().flatMap((uri) => {
		const file = workspace.file(uri);
		return file?.steadyConfig.model?.kind === "project" ? [file] : [];
	});
	const known = new Set(projects.map(({ uri }) => uri));
	const toInstance = (instance: InstanceFile) => describeInstance(context, inspections, instance);
	return {
		failed: false,
		clients: byName(
			projects.map((file): ClientNode => {
				const own = instances.filter(({ projectUri }) => projectUri === file.uri).map(toInstance);
				return describeProject(
					context,
					inspections,
					file,
					byName(own, ({ name }) => name),
				);
			}),
			({ title }) => title,
		),
		loose: byName(instances.filter(({ projectUri }) => projectUri === null || !known.has(projectUri)).map(toInstance), ({ name }) => name),
	};
}

function describeProject(
	context: FeatureContext,
	inspections: Inspections,
	file: WorkspaceFile,
	instances: readonly InstanceNode[],
): ClientNode {
	const model = file.steadyConfig.model;
	const { problems } = inspections.peek(file.uri);
	return {
		uri: context.clientUri(file.uri),
		title: (model?.kind === "project" ? model.title : null) ?? fileNameOf(file.uri),
		problems: countProblems(problems),
		subscriptions: model?.kind === "project" ? model.subscriptions.length : 0,
		instances,
		sources: (model?.dataSources ?? []).map((source) => describeSource(context, file, source, problems)),
	};
}

function describeInstance(context: FeatureContext, inspections: Inspections, { file, instance }: InstanceFile): InstanceNode {
	const { problems } = inspections.peek(file.uri);
	const insight = context.workspace.insights.recall(file.uri);
	return {
		uri: context.clientUri(file.uri),
		name: instance.name ?? fileNameOf(file.uri),
		problems: countProblems(problems),
		sources: instance.dataSources.map((source) => describeSource(context, file, source, problems)),
		policies: instance.reclaimPolicies.map((policy) => describePolicy(context, file, policy)),
		installations: insight?.kind === "instance" ? (insight.loaded?.value?.productOf.length ?? null) : null,
	};
}

function describeSource(context: FeatureContext, file: WorkspaceFile, source: DataSource, problems: readonly PlacedProblem[]): SourceNode {
	return {
		name: source.name,
		provides: source.provides,
		type: source.type,
		range: rangeOf(context, file, ["dataSources", source.index, "name"]),
		file: source.path === null ? null : context.workspace.resolve(file.uri, source.path),
		connection: source.connection,
		problem: gravestOf(problems, source.index),
	};
}

function describePolicy(context: FeatureContext, file: WorkspaceFile, policy: ReclaimPolicy): PolicyNode {
	const { name, index, products, categories, action, state, enabled } = policy;
	const range = rangeOf(context, file, ["reclaimPolicies", index, "name"]);
	return { name, range, products, categories, action, state, enabled, inForce: isInForce(policy) };
}

function rangeOf(context: FeatureContext, file: WorkspaceFile, path: ConfigPath): SourceNode["range"] {
	return context.positionsOf(file).rangeOf(file.parsed.rangeOf(path, "value"));
}

/** Of what is wrong with an entry of `dataSources` the first of the gravest. */
function gravestOf(problems: readonly PlacedProblem[], index: number): SourceProblem | null {
	const own = problems.map(({ problem }) => problem).filter(({ path }) => path[0] === "dataSources" && path[1] === index);
	for (const severity of SEVERITIES) {
		const found = own.find((problem) => problem.severity === severity);
		if (found !== undefined) return { severity, message: found.message };
	}
	return null;
}

const SEVERITIES = ["error", "warning", "information"] as const;

/** In the order in which people look names up; what has the same name, by where it is. */
function byName<Node extends { readonly uri: string }>(nodes: readonly Node[], nameOf: (node: Node) => string): readonly Node[] {
	return [...nodes].sort((left, right) => COLLATOR.compare(nameOf(left), nameOf(right)) || (left.uri < right.uri ? -1 : 1));
}

const COLLATOR = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
