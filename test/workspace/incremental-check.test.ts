import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { createSchemaValidator, type SchemaValidator } from "../../core/schema/validate-schema.ts";
import { type ConfigurationCheck, createConfigurationCheck } from "../../workspace/check-configuration.ts";
import { readConfig, type WorkspaceFile } from "../../workspace/workspace-file.ts";
import { carryOut, createDraw, type Draw, drawConfig, drawEdit } from "../support/random-edits.ts";

/** More than are run each time, when somebody wants to be sure. */
const EDITS = Number(process.env["USAGE_REPORT_RANDOM_EDITS"] ?? 300);
const SEED = Number(process.env["USAGE_REPORT_RANDOM_SEED"] ?? 1);
const NOW = Date.UTC(2026, 10, 22, 12);

describe("checking after edits", function () {
	this.timeout(Math.max(240_000, EDITS * 400));

	it("finds what a workspace that reads everything anew finds, after each of many edits", () => {
		const draw = createDraw(SEED);
		const texts = [...sampleTexts(), drawConfig(draw, 200), longProject(draw), longInstance(draw)];
		let files = readAll(texts);
		let fresh = readAll(texts);
		const check = checkOf(() => files, createSchemaValidator());
		const validator = createSchemaValidator();
		for (let edit = 0; edit < EDITS; edit++) {
			const index = draw(files.length);
			const before = files[index]!;
			// A broken file is mended now and then, so that there is more to check than syntax.
			const isMended = before.parsed.problems.length > 0 && before.lastGood !== null && draw(3) > 0;
			const text = isMended ? before.lastGood!.text : carryOut(before.parsed.text, drawEdit(before.parsed.text, draw));
			const file = readConfig(before.uri, text, before);
			files = files.with(index, file);
			fresh = fresh.with(index, readAnew(file));
			const freshCheck = checkOf(() => fresh, validator);
			try {
				// With the file that was edited, one that was not.
				for (const each of new Set([index, draw(files.length)])) {
					assert.deepEqual(files[each]!.config, fresh[each]!.config);
					assert.deepEqual(check.check(files[each]!), freshCheck.check(fresh[each]!));
				}
			} catch (error) {
				throw new Error(`After edit ${edit} of ${file.uri}`, { cause: error });
			}
		}
	});
});

/** Other files see the last good text of a broken one. */
function readAnew({ uri, parsed, lastGood }: WorkspaceFile): WorkspaceFile {
	const fresh = readConfig(uri, parsed.text, null);
	return lastGood === parsed || lastGood === null
		? fresh
		: { ...fresh, steadyConfig: readConfig(uri, lastGood.text, null).config, lastGood };
}

function checkOf(files: () => readonly WorkspaceFile[], validator: SchemaValidator): ConfigurationCheck {
	let revision = 0;
	return createConfigurationCheck({
		validator,
		configs: () => files().map(({ steadyConfig }) => steadyConfig),
		revision: () => revision++,
		resolve: (from, path) => new URL(path, from).href,
		isRefused: () => false,
		clock: () => NOW,
	});
}

function readAll(texts: readonly string[]): readonly WorkspaceFile[] {
	return texts.map((text, index) => readConfig(`file:///clients/${index}.usage.yaml`, text, null));
}

function sampleTexts(): readonly string[] {
	const samples = join(import.meta.dirname, "..", "..", "samples");
	return readdirSync(samples, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".usage.yaml"))
		.sort()
		.map((name) => readFileSync(join(samples, name), "utf8"));
}

/** So many entries that the text is parsed in pieces also while it is faulty; some of them have faults. */
function longProject(draw: Draw): string {
	const entries = Array.from({ length: 120 }, (_, index) => {
		const users = draw(6) === 0 ? -1 : draw(8) === 0 ? 1.5 : 40 + index;
		const renewal = ["2028-03-31", "2026-12-24", "2026-01-31", "soon"][draw(12)] ?? "2027-03-31";
		return `  - client: Client ${draw(110)}\n    renewalDate: ${renewal}\n    registeredUsers: ${users}\n    servers: [live-${draw(200)}, test-${index}]\n`;
	});
	return `kind: project\ntitle: Northwind\nusageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\nsubscriptions:\n${entries.join("")}${PADDING}`;
}

function longInstance(draw: Draw): string {
	const policies = Array.from(
		{ length: 100 },
		(_, index) =>
			`- name: Policy ${draw(90)}\n  products:\n    - ${["Visio", "Office*", `Product ${draw(60)}`, "'*Reader'"][draw(4)]}\n    - Vendor ${index}*\n  categories: [${draw(5) === 0 ? "Rarely Used" : "Unused"}]\n  enabled: ${draw(4) > 0}\n`,
	);
	const bundles = Array.from(
		{ length: 60 },
		(_, index) => `  - name: Bundle ${index}\n    components: [Product ${index}, Bundle ${draw(300)}]\n`,
	);
	return `kind: instance\nname: Here\nproject: 1.usage.yaml\nusageCategory: { InstallDateCutOffLimit: 0, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }\nreclaimPolicies:\n${policies.join("")}bundles:\n${bundles.join("")}${PADDING}`;
}

const PADDING = "# A line of a comment that says nothing, which makes the file longer than a short one.\n".repeat(60);
