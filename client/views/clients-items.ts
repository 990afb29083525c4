import * as vscode from "vscode";
import type {
	InstanceNode,
	PolicyNode,
	ProblemCounts,
	SourceNode,
	SourceProblem,
	TextRange,
} from "../../server/protocol/client-messages.ts";
import { type ClientsEntry, listChildren, nameOfEntry } from "./clients-entries.ts";

/** How an entry looks: its icon, what stands beside its name, what is said of it on hover, and what a click opens. */
export function toTreeItem(entry: ClientsEntry): vscode.TreeItem {
	const state = vscode.TreeItemCollapsibleState;
	const hasChildren = listChildren(entry).length > 0;
	const open = entry.kind === "project" || entry.kind === "loose" ? state.Expanded : state.Collapsed;
	const item = new vscode.TreeItem(nameOfEntry(entry), hasChildren ? open : state.None);
	item.id = entry.id;
	item.contextValue = contextOf(entry);
	return Object.assign(item, describe(entry));
}

function contextOf(entry: ClientsEntry): string {
	// Menus tell a file that can be shown in the explorer from a database server by this.
	return entry.kind === "source" && entry.source.file !== null ? "source.file" : entry.kind;
}

function describe(entry: ClientsEntry): Partial<vscode.TreeItem> {
	switch (entry.kind) {
		case "project": {
			const { client, uri } = entry;
			const facts = [countInstances(client.instances.length), countSubscriptions(client.subscriptions)];
			return {
				// By its resource the editor marks an entry that has problems or is changed, as everywhere else.
				resourceUri: uri,
				iconPath: new vscode.ThemeIcon("organization"),
				description: [folderOf(uri), facts[0]].filter((text) => text !== null).join(" · "),
				tooltip: tooltipOf(client.title, [...facts, pathOf(uri)], describeCounts(client.problems)),
				accessibilityInformation: { label: [client.title, ...facts, describeCounts(client.problems)].join(", ") },
				command: openAt(uri, null),
			};
		}
		case "instance": {
			const { instance, uri } = entry;
			const facts = instanceFacts(instance);
			return {
				resourceUri: uri,
				iconPath: new vscode.ThemeIcon("server-environment"),
				description: instance.installations === null ? "" : countInstalls(instance.installations),
				tooltip: tooltipOf(instance.name, [...facts, pathOf(uri)], describeCounts(instance.problems)),
				accessibilityInformation: { label: [instance.name, ...facts, describeCounts(instance.problems)].join(", ") },
				command: openAt(uri, null),
			};
		}
		case "source":
			return describeSource(entry.uri, entry.source);
		case "policy":
			return describePolicy(entry.uri, entry.policy);
		case "loose":
			return {
				iconPath: new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground")),
				description: countInstances(entry.instances.length),
				tooltip: vscode.l10n.t("These instances name no project, or one that is not there."),
			};
	}
}

function describeSource(uri: vscode.Uri, source: SourceNode): Partial<vscode.TreeItem> {
	const place = source.file === null ? source.connection : vscode.workspace.asRelativePath(vscode.Uri.parse(source.file));
	const facts = [
		vscode.l10n.t("Provides {0}", source.provides),
		vscode.l10n.t("Type {0}", source.type),
		...(place === null ? [] : [place]),
	];
	return {
		iconPath:
			source.problem === null ? new vscode.ThemeIcon(source.file === null ? "plug" : iconOfType(source.type)) : problemIcon(source.problem),
		description: source.provides,
		tooltip: tooltipOf(source.name, facts, source.problem?.message ?? null),
		accessibilityInformation: { label: [source.name, ...facts, source.problem?.message ?? ""].join(", ") },
		command: openAt(uri, source.range),
	};
}

function describePolicy(uri: vscode.Uri, policy: PolicyNode): Partial<vscode.TreeItem> {
	const inForce = policy.inForce ? vscode.l10n.t("in force") : vscode.l10n.t("not in force");
	const facts = [
		`${actionOf(policy)}, ${inForce}`,
		vscode.l10n.t("Products: {0}", policy.products.join(", ")),
		vscode.l10n.t("Categories: {0}", policy.categories.join(", ")),
	];
	return {
		iconPath: new vscode.ThemeIcon(policy.inForce ? "shield" : "circle-slash"),
		description: `${actionOf(policy)} · ${inForce}`,
		tooltip: tooltipOf(policy.name, facts, null),
		accessibilityInformation: { label: [policy.name, ...facts].join(", ") },
		command: openAt(uri, policy.range),
	};
}

function actionOf({ action }: PolicyNode): string {
	return action === "mandatory" ? vscode.l10n.t("mandatory") : vscode.l10n.t("optional");
}

function problemIcon({ severity }: SourceProblem): vscode.ThemeIcon {
	if (severity === "error") return new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
	if (severity === "warning") return new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
	return new vscode.ThemeIcon("info");
}

function iconOfType(type: string): string {
	if (type === "sqlite") return "database";
	return type === "csv" ? "list-flat" : "table";
}

function instanceFacts({ sources, policies, installations }: InstanceNode): readonly string[] {
	return [
		...(installations === null ? [] : [countInstallations(installations)]),
		sources.length === 1 ? vscode.l10n.t("1 data source") : vscode.l10n.t("{0} data sources", sources.length),
		policies.length === 1 ? vscode.l10n.t("1 reclaim policy") : vscode.l10n.t("{0} reclaim policies", policies.length),
	];
}

function countInstances(count: number): string {
	return count === 1 ? vscode.l10n.t("1 instance") : vscode.l10n.t("{0} instances", count);
}

function countSubscriptions(count: number): string {
	return count === 1 ? vscode.l10n.t("1 subscription") : vscode.l10n.t("{0} subscriptions", count);
}

function countInstallations(count: number): string {
	return count === 1 ? vscode.l10n.t("1 installation") : vscode.l10n.t("{0} installations", count.toLocaleString(vscode.env.language));
}

/** Shorter, for the narrow place beside a name. */
function countInstalls(count: number): string {
	return count === 1 ? vscode.l10n.t("1 install") : vscode.l10n.t("{0} installs", count.toLocaleString(vscode.env.language));
}

/** `2 errors and 1 warning`; `No errors or warnings`. */
export function describeCounts({ errors, warnings }: ProblemCounts): string {
	const inErrors = errors === 1 ? vscode.l10n.t("1 error") : vscode.l10n.t("{0} errors", errors);
	const inWarnings = warnings === 1 ? vscode.l10n.t("1 warning") : vscode.l10n.t("{0} warnings", warnings);
	if (errors > 0 && warnings > 0) return vscode.l10n.t("{0} and {1}", inErrors, inWarnings);
	if (errors > 0) return inErrors;
	return warnings > 0 ? inWarnings : vscode.l10n.t("No errors or warnings");
}

/** Names come from files, so nothing in them is taken for markup. */
function tooltipOf(name: string, facts: readonly string[], problem: string | null): vscode.MarkdownString {
	const tooltip = new vscode.MarkdownString();
	tooltip.appendMarkdown("**").appendText(name).appendMarkdown("**\n\n");
	for (const fact of facts) tooltip.appendMarkdown("- ").appendText(fact).appendMarkdown("\n");
	if (problem !== null) tooltip.appendMarkdown("\n\n").appendText(problem);
	return tooltip;
}

/** The workspace folder, where there are several; null otherwise. */
function folderOf(uri: vscode.Uri): string | null {
	const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
	return several ? (vscode.workspace.getWorkspaceFolder(uri)?.name ?? null) : null;
}

function pathOf(uri: vscode.Uri): string {
	return vscode.workspace.asRelativePath(uri);
}

function openAt(uri: vscode.Uri, range: TextRange | null): vscode.Command {
	const options =
		range === null ? {} : { selection: new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character) };
	return { command: "vscode.open", title: vscode.l10n.t("Open"), arguments: [uri, options] };
}
