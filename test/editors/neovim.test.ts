import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { after, before, describe, it } from "mocha";
import { createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { requireProgram } from "../support/require-program.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** What the walk in neovim-walk.lua leaves: what a person would have seen. */
interface Walk {
	readonly failure?: string;
	readonly diagnostics: readonly { readonly code: string; readonly line: number; readonly message: string }[];
	readonly hover: string;
	readonly actions: readonly string[];
	readonly mended: string;
	readonly completion: readonly string[];
	readonly completed: readonly string[];
	/** File name and line, after "go to definition" on the path of the project. */
	readonly definition: readonly [string, number];
	readonly references: readonly string[];
	readonly renamed: readonly string[];
	/** The other file that the rename went through. */
	readonly renamedElsewhere: readonly string[];
	readonly formatted: readonly string[];
	readonly symbols: readonly string[];
}

const INSTANCE = `kind: instance
name: Walk
project: project.usage.yaml
asOf: 2026-11-04T21:00:00Z
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 45
  UnusedCategoryLimit: 90
dataSourcs:
  - name: devices
    provides: devices
    type: csv
    path: devices.csv
reclaimPolicies:
  - name: Office reclaim
    products: [Word]
    categories:   [Unused]
`;

describe("Neovim, over stdio", () => {
	let fixture: FixtureWorkspace;
	let walk: Walk;

	before(async () => {
		const program = requireProgram("nvim", "Neovim", "neovim");
		fixture = createFixture({
			"walk.usage.yaml": INSTANCE,
			"other.usage.yaml": INSTANCE.replace("name: Walk", "name: Other").replace("dataSourcs", "dataSources").replace("45", "30"),
			"project.usage.yaml":
				"kind: project\ntitle: Walk project\nusageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\n",
			"devices.csv": "device,inventoryDate\nd1,2026-11-03\n",
		});
		const out = fixture.path("seen.json");
		const server = [process.execPath, resolve(ROOT, "cli/launch.ts"), "serve", "--stdio"];
		await promisify(execFile)(program, ["--headless", "--clean", "-S", resolve(import.meta.dirname, "neovim-walk.lua")], {
			timeout: 120_000,
			env: { ...process.env, SERVER_COMMAND: JSON.stringify(server), WALK_FILE: fixture.path("walk.usage.yaml"), WALK_OUT: out },
		});
		walk = JSON.parse(readFileSync(out, "utf8")) as Walk;
		assert.equal(walk.failure, undefined);
	});
	after(() => fixture.dispose());

	it("shows diagnostics where they are", () => {
		assert.deepEqual(
			walk.diagnostics.map(({ code, line }) => [line, code]),
			[
				[7, "limits/without-advice"],
				[7, "limits/drift-from-project"],
				[9, "schema/unknown-key"],
			],
		);
	});

	it("hovers over a limit", () => {
		assert.match(walk.hover, /Used category limit/);
		assert.match(walk.hover, /30.*days/);
	});

	it("carries out a code action", () => {
		assert.deepEqual(walk.actions.includes("Change to `dataSources`"), true, walk.actions.join("\n"));
		assert.equal(walk.mended, "dataSources:");
	});

	it("completes the key that is missing, in its column", () => {
		assert.deepEqual(walk.completion, ["UnusedCategoryLimit"]);
		assert.equal(walk.completed[7], "  UnusedCategoryLimit: 90");
	});

	it("goes from an instance to its project", () => {
		assert.match(walk.definition[0], /project\.usage\.yaml$/);
	});

	it("finds and renames a product in both instances", () => {
		assert.equal(walk.references.length, 2, walk.references.join("\n"));
		assert.ok(walk.renamed.includes("    products: [Word processor]"), walk.renamed.join("\n"));
		assert.ok(walk.renamedElsewhere.includes("    products: [Word processor]"), walk.renamedElsewhere.join("\n"));
	});

	it("formats", () => assert.ok(walk.formatted.includes("    categories: [Unused]"), walk.formatted.join("\n")));

	it("lists symbols", () => assert.ok(walk.symbols.includes("Office reclaim"), walk.symbols.join(", ")));
}).timeout(150_000);
