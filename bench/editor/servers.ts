import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A language server that is measured. */
export interface MeasuredServer {
	readonly name: string;
	/** Arguments of Node.js. */
	readonly args: readonly string[];
	readonly languageId: string;
	/** Whether it sends diagnostics by itself; otherwise it is asked for them. */
	readonly pushes: boolean;
	/** Milliseconds that it waits, after a change, before it looks at the text; taken off its times to diagnostics. */
	readonly waitsMs: number;
	/** What it is told of its settings, by section. */
	readonly settings: (folder: string) => Readonly<Record<string, unknown>>;
}

/** Ours, and yaml-language-server with our schemas. */
export function listServers(ourServer: string, root: string): readonly MeasuredServer[] {
	return [
		{
			name: "usage-report",
			args: [ourServer, "--stdio"],
			languageId: "usage-report",
			pushes: false,
			waitsMs: 0,
			settings: () => ({}),
		},
		{
			name: YAML_SERVER,
			args: [createRequire(import.meta.url).resolve(`${YAML_SERVER}/bin/yaml-language-server`), "--stdio"],
			languageId: "yaml",
			pushes: true,
			waitsMs: validationDelay(),
			settings: () => ({
				yaml: {
					schemas: Object.fromEntries(
						["project", "instance"].map((kind) => [
							pathToFileURL(join(root, "schemas", `${kind}.schema.json`)).href,
							[`*${kind}*.usage.yaml`],
						]),
					),
					schemaStore: { enable: false },
					validate: true,
					hover: true,
					completion: true,
				},
			}),
		},
	];
}

export const YAML_SERVER = "yaml-language-server";

/** How long the installed version waits, by its own source, so that no other figure is taken off than it really has. */
function validationDelay(): number {
	const source = readFileSync(createRequire(import.meta.url).resolve(`${YAML_SERVER}/out/src/yamlSettings.js`), "utf8");
	const delay = /validationDelayMs = (\d+)/.exec(source)?.[1];
	if (delay === undefined) throw new Error("This version of yaml-language-server does not say how long it waits before it validates.");
	return Number(delay);
}
