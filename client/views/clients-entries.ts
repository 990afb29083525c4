import * as vscode from "vscode";
import type { ClientNode, ClientsResult, InstanceNode, PolicyNode, SourceNode } from "../../server/protocol/client-messages.ts";

/** An entry of the view of clients. Its identity stays when names and problems change, so that what is unfolded stays so. */
export type ClientsEntry =
	| (Placed & { readonly kind: "project"; readonly client: ClientNode })
	| (Placed & { readonly kind: "instance"; readonly instance: InstanceNode })
	| (Placed & { readonly kind: "source"; readonly source: SourceNode })
	| (Placed & { readonly kind: "policy"; readonly policy: PolicyNode })
	| { readonly kind: "loose"; readonly id: string; readonly instances: readonly InstanceNode[] };

interface Placed {
	readonly id: string;
	/** Of the configuration that it stands in; commands take it from here. */
	readonly uri: vscode.Uri;
}

/** The entries at the top: projects, and at the end the instances without one together. */
export function listRoots({ clients, loose }: ClientsResult): readonly ClientsEntry[] {
	return [
		...clients.map((client): ClientsEntry => ({ kind: "project", id: `project ${client.uri}`, uri: vscode.Uri.parse(client.uri), client })),
		...(loose.length === 0 ? [] : [{ kind: "loose", id: "loose", instances: loose } as const]),
	];
}

/** What an entry consists of. */
export function listChildren(entry: ClientsEntry): readonly ClientsEntry[] {
	switch (entry.kind) {
		case "project":
			return [...entry.client.instances.map(toInstance), ...toSources(entry.uri, entry.client.sources)];
		case "loose":
			return entry.instances.map(toInstance);
		case "instance":
			return [
				...toSources(entry.uri, entry.instance.sources),
				...entry.instance.policies.map((policy, index): ClientsEntry => {
					return { kind: "policy", id: `policy ${index} ${entry.uri.toString()}`, uri: entry.uri, policy };
				}),
			];
		case "source":
		case "policy":
			return [];
	}
}

/** The name of an entry, without anything around it. */
export function nameOfEntry(entry: ClientsEntry): string {
	switch (entry.kind) {
		case "project":
			return entry.client.title;
		case "instance":
			return entry.instance.name;
		case "source":
			return entry.source.name;
		case "policy":
			return entry.policy.name;
		case "loose":
			return vscode.l10n.t("Without a project");
	}
}

function toInstance(instance: InstanceNode): ClientsEntry {
	return { kind: "instance", id: `instance ${instance.uri}`, uri: vscode.Uri.parse(instance.uri), instance };
}

function toSources(uri: vscode.Uri, sources: readonly SourceNode[]): readonly ClientsEntry[] {
	// Two sources of a faulty file may have one name.
	return sources.map((source, index) => ({ kind: "source", id: `source ${index} ${uri.toString()}`, uri, source }));
}
