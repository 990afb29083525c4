import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeMachine, type Machine } from "../measure/machine.ts";
import { DOCUMENT_STYLES, makeDocument } from "./editor-documents.ts";
import { measureServer, type ServerMeasured } from "./measure-server.ts";
import { listServers, YAML_SERVER } from "./servers.ts";

/** Both language servers on one document. */
export interface DocumentMeasured {
	readonly style: string;
	readonly lines: number;
	readonly ours: ServerMeasured;
	/** Null when the other one gave no answer in time. */
	readonly theirs: ServerMeasured | null;
}

/** Both language servers on all documents. */
export interface EditorMeasured {
	readonly machine: Machine;
	/** Milliseconds that the other one waits before it validates, which are not in its times. */
	readonly theirWaitMs: number;
	readonly documents: readonly DocumentMeasured[];
}

/** @param sizes numbers of lines. */
export async function measureEditor(
	ourServer: string,
	root: string,
	folder: string,
	{ sizes, keystrokes }: { readonly sizes: readonly number[]; readonly keystrokes: number },
	say: (line: string) => void,
): Promise<EditorMeasured> {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "northwind.usage.yaml"), PROJECT);
	const [ours, theirs] = listServers(ourServer, root);
	const documents: DocumentMeasured[] = [];
	for (const style of DOCUMENT_STYLES) {
		for (const size of sizes) {
			const document = makeDocument(style, size);
			say(`  ${style}, ${size.toLocaleString("en")} lines …`);
			documents.push({
				style,
				lines: size,
				ours: await measureServer(ours!, folder, document, keystrokes),
				theirs: await measureServer(theirs!, folder, document, keystrokes).catch((error: unknown) => {
					say(`    ${theirs!.name}: ${error instanceof Error ? error.message : String(error)}`);
					return null;
				}),
			});
		}
	}
	return { machine: describeMachine([YAML_SERVER]), theirWaitMs: theirs!.waitsMs, documents };
}

/** What the instances name. */
const PROJECT = `kind: project
title: Northwind
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 30
  UnusedCategoryLimit: 90
subscriptions: []
dataSources: []
`;
