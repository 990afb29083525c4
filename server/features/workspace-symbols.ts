import { setImmediate } from "node:timers/promises";
import type { SymbolInformation, SymbolKind, WorkspaceSymbolParams } from "vscode-languageserver-protocol";
import type { EntityKind, Mention } from "../../workspace/entities/entities.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import type { FeatureContext } from "../feature-context.ts";

/**
 * What the configurations of the workspace define: projects, instances, clients, servers, data sources, bundles and policies whose name has the
 * characters of the query in their order, whatever their case. Those that have them in one piece come first.
 * @throws signal.reason
 */
export async function listWorkspaceSymbols(
	context: FeatureContext,
	params: WorkspaceSymbolParams,
	signal: AbortSignal,
): Promise<readonly SymbolInformation[]> {
	const query = params.query.toLowerCase().replace(/\s+/g, "");
	const whole: SymbolInformation[] = [];
	const scattered: SymbolInformation[] = [];
	let pausedAt = performance.now();
	for (const uri of context.workspace.uris()) {
		if (performance.now() - pausedAt > MAX_BUSY_MS) {
			await setImmediate();
			signal.throwIfAborted();
			pausedAt = performance.now();
		}
		const file = context.workspace.file(uri);
		if (file === null) continue;
		for (const mention of context.entities.listIn(file)) {
			const kind = kindOf(mention);
			const name = mention.name.toLowerCase().replace(/\s+/g, "");
			if (kind === null || !hasInOrder(name, query)) continue;
			(name.includes(query) ? whole : scattered).push(toSymbol(context, file, mention, kind));
		}
	}
	return [...whole, ...scattered];
}

/** Milliseconds after which other requests, and the cancellation of this one, have their turn. */
const MAX_BUSY_MS = 10;

function toSymbol(context: FeatureContext, file: WorkspaceFile, mention: Mention, kind: SymbolKind): SymbolInformation {
	const owner = containerOf(context, file, mention);
	return {
		name: mention.name,
		kind,
		location: { uri: context.clientUri(file.uri), range: context.positionsOf(file).rangeOf(mention.nameRange) },
		...(owner === null ? {} : { containerName: owner }),
	};
}

/** The title or name of the file that it is in; of an instance, the title of its project. */
function containerOf({ entities }: FeatureContext, file: WorkspaceFile, { kind }: Mention): string | null {
	if (kind === "project") return null;
	const owner = kind === "instance" ? entities.findProject(file) : file;
	const model = owner?.steadyConfig.model ?? null;
	return model === null ? null : model.kind === "project" ? model.title : model.name;
}

function hasInOrder(name: string, query: string): boolean {
	let at = 0;
	for (const character of query) {
		const found = name.indexOf(character, at);
		if (found < 0) return false;
		at = found + character.length;
	}
	return true;
}

function kindOf({ kind, role }: Mention): SymbolKind | null {
	return role === "definition" ? KINDS[kind] : null;
}

/** `SymbolKind`, of those that every client knows: Module, Namespace, Class, Field, File, Package, Function; limits are no symbols. */
const KINDS: { readonly [kind in EntityKind]: SymbolKind | null } = {
	project: 2,
	instance: 3,
	client: 5,
	server: 8,
	dataSource: 1,
	product: 4,
	policy: 12,
	limit: null,
	file: null,
};
