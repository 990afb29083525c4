import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { severityNames } from "../../scripts/generate-severities.ts";
import { DEFAULT_SETTINGS, readSettings } from "../../server/settings.ts";
import { WANTED_SEVERITIES } from "../../server/severities.ts";

interface Manifest {
	readonly engines: { readonly vscode: string };
	readonly contributes: {
		readonly commands: readonly {
			readonly command: string;
			readonly title: string;
			readonly category: string;
			readonly icon: string;
			readonly enablement: string;
		}[];
		readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
		readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
		readonly viewsWelcome: readonly { readonly view: string; readonly when: string }[];
		readonly walkthroughs: readonly { readonly steps: readonly { readonly completionEvents: readonly string[] }[] }[];
		readonly configuration: {
			readonly properties: Readonly<
				Record<
					string,
					{
						readonly type: string;
						readonly default: unknown;
						readonly pattern?: string;
						readonly minimum?: number;
						readonly propertyNames?: { readonly enum: readonly string[] };
						readonly additionalProperties?: { readonly enum: readonly string[] };
					}
				>
			>;
		};
	};
	readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
	readonly devDependencies: Readonly<Record<string, string>>;
}

const text = readFileSync("package.json", "utf8");
const manifest = JSON.parse(text) as Manifest;
const { commands, menus, configuration } = manifest.contributes;

describe("extension manifest", () => {
	it("has a text for every placeholder, and no text that nothing uses", () => {
		const texts = Object.keys(JSON.parse(readFileSync("package.nls.json", "utf8")) as object).sort();
		const used = [...new Set([...text.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]))].sort();
		assert.deepEqual(used, texts);
	});

	it("announces exactly the commands that the extension registers, each complete", () => {
		const registered = [...readFileSync("client/extension.ts", "utf8").matchAll(/register\("(\w+)"/g)].map(
			(match) => `usageReport.${match[1]}`,
		);
		assert.deepEqual(commands.map(({ command }) => command).sort(), registered.sort());
		const incomplete = commands.filter(
			({ title, category, icon, enablement }) => !title || !category || !icon.startsWith("$(") || !enablement,
		);
		assert.deepEqual(incomplete, []);
	});

	it("places only its own commands in menus, each under a condition", () => {
		const names = commands.map(({ command }) => command);
		const stray = Object.values(menus)
			.flat()
			.filter(({ command, when }) => !names.includes(command) || !when);
		assert.deepEqual(stray, []);
	});

	it("leads by links in its texts only to commands that there are", () => {
		const texts = Object.values(JSON.parse(readFileSync("package.nls.json", "utf8")) as Readonly<Record<string, string>>);
		const linked = texts.flatMap((each) => [...each.matchAll(/\(command:([\w.]+)/g)].map((match) => match[1]!));
		const own = commands.map(({ command }) => command);
		const views = Object.values(manifest.contributes.views)
			.flat()
			.map(({ id }) => `${id}.focus`);
		assert.ok(linked.length > 10);
		assert.deepEqual(
			linked.filter((command) => ![...own, ...views, "vscode.openFolder", "workbench.actions.view.problems"].includes(command)),
			[],
		);
	});

	it("ends steps of the walkthrough by what really happens: its own commands and views, and context keys that the extension sets", () => {
		const sources = ["client/extension.ts", "client/config-files.ts", "client/commands/new-project.ts", "client/views/clients-tree.ts"].map(
			(file) => readFileSync(file, "utf8"),
		);
		const events = manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ completionEvents }) => completionEvents));
		assert.ok(events.length >= 6 && events.every((each) => each.length > 0));
		const views = Object.values(manifest.contributes.views).flat();
		const happens = (event: string): boolean => {
			const [kind, name = ""] = event.split(":");
			if (kind === "onCommand") return commands.some(({ command }) => command === name) || views.some(({ id }) => `${id}.focus` === name);
			if (kind === "onView") return views.some(({ id }) => id === name);
			return kind === "onContext" && sources.some((source) => source.includes(`"${name}"`));
		};
		assert.deepEqual(
			events.flat().filter((event) => !happens(event)),
			[],
		);
	});

	it("restricts, without trust, only settings that there are", () => {
		const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
		assert.deepEqual(
			restrictedConfigurations.filter((name) => !Object.hasOwn(configuration.properties, name)),
			[],
		);
	});

	it("tests every command in the editor", () => {
		const tests = readFileSync("test/client/activation.test.ts", "utf8");
		assert.deepEqual(
			commands.filter(({ command }) => !tests.includes(`"${command}"`)),
			[],
		);
	});

	it("offers no editor older than the types that the code is checked against", () => {
		assert.equal(manifest.engines.vscode, `^${manifest.devDependencies["@types/vscode"]}`);
	});

	it("has the defaults that the server has", () => {
		const section = Object.fromEntries(
			Object.entries(configuration.properties).map(([name, property]) => [name.replace(/^usageReport\./, ""), property.default]),
		);
		assert.deepEqual(readSettings(section), { settings: DEFAULT_SETTINGS, problems: [] });
	});

	it("points to files that exist", () => {
		const files = [...text.matchAll(/"(?:\.\/)?(client\/[^"]+)"/g)].map((match) => match[1] ?? "");
		assert.ok(files.length > 0);
		assert.deepEqual(
			files.filter((file) => !existsSync(file)),
			[],
		);
	});

	for (const { value, accepted } of [
		{ value: "", accepted: true },
		{ value: "2026-11-04", accepted: true },
		{ value: "2026-11-04T21:00Z", accepted: true },
		{ value: "2026-11-04T21:00:00.5+01:00", accepted: true },
		{ value: "2026-11-04 21:00:00", accepted: true },
		{ value: "4 November 2026", accepted: false },
		{ value: "2026-11-04T21", accepted: false },
	]) {
		it(`${accepted ? "accepts" : "refuses"} usageReport.asOf "${value}" as the server does`, () => {
			const pattern = new RegExp(configuration.properties["usageReport.asOf"]?.pattern ?? "^$");
			assert.equal(pattern.test(value), accepted);
			assert.equal(readSettings({ asOf: value }).problems.length === 0, accepted);
		});
	}

	for (const { value, accepted } of [
		{ value: "", accepted: true },
		{ value: "off", accepted: true },
		{ value: "histories/all.db", accepted: true },
		{ value: " C:\\histories\\all.db ", accepted: true },
		{ value: "  ", accepted: false },
	]) {
		it(`${accepted ? "accepts" : "refuses"} usageReport.history "${value}" as the server does`, () => {
			assert.equal(new RegExp(configuration.properties["usageReport.history"]?.pattern ?? "^$").test(value), accepted);
			assert.equal(readSettings({ history: value }).problems.length === 0, accepted);
		});
	}

	it("offers the codes and severities that the server takes", () => {
		const { propertyNames, additionalProperties } = configuration.properties["usageReport.severities"]!;
		assert.deepEqual(propertyNames?.enum, severityNames());
		assert.deepEqual(additionalProperties?.enum, WANTED_SEVERITIES);
		const all = Object.fromEntries(severityNames().map((name) => [name, "hint"]));
		assert.deepEqual(readSettings({ severities: all }).problems, []);
	});

	for (const { value, accepted } of [
		{ value: 64, accepted: true },
		{ value: 4096, accepted: true },
		{ value: 63, accepted: false },
		{ value: 100.5, accepted: false },
		{ value: "1024", accepted: false },
		{ value: -1, accepted: false },
	]) {
		it(`${accepted ? "accepts" : "refuses"} usageReport.memory ${JSON.stringify(value)} as the server does`, () => {
			const { type, minimum } = configuration.properties["usageReport.memory"]!;
			assert.equal(type === "integer" && Number.isInteger(value) && Number(value) >= (minimum ?? 0), accepted);
			assert.equal(readSettings({ memory: value }).problems.length === 0, accepted);
		});
	}
});
