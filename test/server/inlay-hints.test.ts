import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { InlayHint, MarkupContent, Range } from "vscode-languageserver-protocol";
import type { Jobs } from "../../workspace/jobs/job.ts";
import { createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { commitAll } from "../support/git-repository.ts";
import { askUntil, instanceWith, makeKnownClient } from "../support/known-client.ts";
import { FULL_CLIENT, type LspSession, type SessionStart, startLsp } from "../support/lsp-harness.ts";

const COMMITTED = instanceWith("7,30,90");

describe("inlay hints", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;

	beforeEach(() => {
		fixture = createFixture(makeKnownClient("7,30,90"));
	});
	afterEach(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	async function start(more: Partial<SessionStart> = {}): Promise<void> {
		lsp = await startLsp({ folders: [fixture.rootUri], ...more });
	}

	async function ask(name: string, text: string, range?: Range): Promise<readonly InlayHint[]> {
		const whole = { start: { line: 0, character: 0 }, end: { line: text.split("\n").length, character: 0 } };
		return lsp.request<InlayHint[]>("textDocument/inlayHint", { textDocument: { uri: fixture.uri(name) }, range: range ?? whole });
	}

	/** The hints of an open text, once some words are among them. */
	async function hintsOf(name: string, text: string, words: readonly string[], range?: Range): Promise<readonly InlayHint[]> {
		await lsp.open(fixture.uri(name), text);
		return askUntil(
			lsp,
			() => ask(name, text, range),
			(hints) => words.every((word) => hints.some(({ label }) => String(label).includes(word))),
		);
	}

	it("are announced", async () => {
		await start();
		assert.equal(lsp.initialized.capabilities.inlayHintProvider, true);
	});

	it("stand behind what they are about in an instance", async () => {
		commitAll(fixture.root);
		await start();
		const text = instanceWith("7,20,60");
		const hints = await hintsOf("emea.usage.yaml", text, ["committed", "to reclaim"]);
		assert.deepEqual(drawHints(text, hints), [
			"  UsedCategoryLimit: 20⟨committed: 30⟩",
			"  UnusedCategoryLimit: 60⟨committed: 90⟩",
			"    path: data/devices.csv⟨50 rows⟩",
			"    path: data/installs.csv⟨199 rows⟩",
			"  - name: Suite⟨50 installs⟩",
			"  - name: Visio reclaim⟨10 to reclaim⟩",
			'    products: ["Visio*"⟨83 installs⟩]',
			"  - name: All drafts⟨71 if published⟩",
			'    products: ["*"⟨199 installs⟩]',
			"  - { products: [Visio Standard⟨50 installs⟩], price: 280, currency: GBP }",
			'  - { products: ["Visio*"⟨83 installs⟩], price: 12.5, currency: EUR }',
		]);
		assert.ok(hints.every(({ paddingLeft }) => paddingLeft === true));
		assert.match(
			tooltipOf(hints, "committed: 30"),
			/^All limits against those of the last commit: 22 installations change category: .*"Visio reclaim" would reclaim 4 more \(€50\)\.$/,
		);
		assert.match(tooltipOf(hints, "10 to reclaim"), /^Reclaims \*\*10 installations, worth £1,680 and €50\*\*\.$/);
		assert.match(tooltipOf(hints, "199 installs"), /\\<img src=x\\>/);
	});

	it("stand behind what they are about in a project", async () => {
		await start();
		const text = makeKnownClient("7,30,90")["acme.usage.yaml"]!;
		const hints = await hintsOf("acme.usage.yaml", text, ["of 50"]);
		assert.deepEqual(drawHints(text, hints), [
			"    registeredUsers: 50⟨used 37–49 of 50⟩",
			"    enterpriseUsers: 4⟨used 3–4 of 4⟩",
			"    designerUsers: 2⟨used 2–4 of 2⟩",
			"    servers: [acme-live⟨today⟩, acme-test⟨today⟩]",
			"    registeredUsers: 20⟨used 22 of 20⟩",
			"    enterpriseUsers: 1⟨used 1 of 1⟩",
			"    designerUsers: 1⟨used 0 of 1⟩",
			"      - labs-live⟨14 days ago⟩",
			"      - labs-new⟨never reported⟩",
			"    path: data/log.csv⟨4 logs⟩",
		]);
		assert.match(tooltipOf(hints, "used 37–49 of 50"), /The same person may use several servers/);
		assert.match(tooltipOf(hints, "14 days ago"), /\*\*stale\*\*: No log for 14 days/);
	});

	it("tell deployed limits beside committed ones", async () => {
		const text = `${COMMITTED.replace("bundles:", "  - { name: deployed, provides: settings, type: csv, path: settings.csv }\nbundles:")}`;
		fixture.write("emea.usage.yaml", text);
		const rows = ["InstallDateCutOffLimit,7", "UsedCategoryLimit,45", "UnusedCategoryLimit,120"].map((row) => `Acme EMEA,${row}`);
		fixture.write("settings.csv", `title,name,value\n${rows.join("\n")}\n`);
		commitAll(fixture.root);
		await start();
		const changed = text.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 20");
		const hints = await hintsOf("emea.usage.yaml", changed, ["committed: 30 · deployed"]);
		assert.deepEqual(drawHints(changed, hints).slice(0, 2), [
			"  UsedCategoryLimit: 20⟨committed: 30 · deployed: 45⟩",
			"  UnusedCategoryLimit: 90⟨deployed: 120⟩",
		]);
	});

	const texts: readonly { readonly what: string; readonly text: string; readonly expected: readonly string[] }[] = [
		{
			what: "CRLF and emoji",
			text: COMMITTED.replace("[Visio Standard]", "[😀, Visio Standard]").replaceAll("\n", "\r\n"),
			expected: ["  - { products: [😀⟨0 installs⟩, Visio Standard⟨50 installs⟩], price: 280, currency: GBP }"],
		},
		{
			what: "an alias: only at its anchor",
			text: COMMITTED.replace('products: ["*"]', "products: *all").replace('products: ["Visio*"]', 'products: &all ["Visio*"]'),
			expected: ['    products: &all ["Visio*"⟨83 installs⟩]', "    products: *all"],
		},
		{
			what: "quotes and comments",
			text: COMMITTED.replace("- name: Visio reclaim", "- name: 'Visio reclaim' # for Visio"),
			expected: ["  - name: 'Visio reclaim'⟨6 to reclaim⟩ # for Visio"],
		},
		{
			what: "a policy that is off",
			text: COMMITTED.replace("enabled: true", "enabled: false"),
			expected: ["  - name: Visio reclaim⟨6 if enabled⟩"],
		},
		{
			what: "an entry that is being typed above",
			text: COMMITTED.replace("reclaimPolicies:\n", 'reclaimPolicies:\n  - name: "New\n'),
			expected: ["  - name: All drafts⟨55 if published⟩"],
		},
	];
	for (const { what, text, expected } of texts) {
		it(`keep their places with ${what}`, async () => {
			await start();
			await hintsOf("emea.usage.yaml", COMMITTED, ["to reclaim"]);
			await lsp.change(fixture.uri("emea.usage.yaml"), text);
			const drawn = drawAll(text, await ask("emea.usage.yaml", text));
			for (const line of expected) assert.ok(drawn.includes(line), `${line}\nin\n${drawn.join("\n")}`);
		});
	}

	it("are given for the asked lines only", async () => {
		await start();
		const lines = COMMITTED.split("\n");
		const line = lines.findIndex((candidate) => candidate.includes("name: All drafts"));
		const range = { start: { line, character: 0 }, end: { line: line + 1, character: lines[line + 1]!.length } };
		const hints = await hintsOf("emea.usage.yaml", COMMITTED, ["if published"], range);
		assert.deepEqual(drawHints(COMMITTED, hints), ["  - name: All drafts⟨55 if published⟩", '    products: ["*"⟨199 installs⟩]']);
	});

	it("do not wait for data", async () => {
		await start({ server: { jobs: NEVER_DONE } });
		assert.deepEqual(await ask("emea.usage.yaml", COMMITTED), []);
	});

	it("are asked for again when the data is there, by a client that can be told so", async () => {
		await start();
		await ask("emea.usage.yaml", COMMITTED);
		await lsp.next("workspace/inlayHint/refresh");
		await lsp.dispose();
		const { inlayHint: _, ...workspace } = FULL_CLIENT.workspace!;
		await start({ capabilities: { ...FULL_CLIENT, workspace } });
		await ask("emea.usage.yaml", COMMITTED);
		await lsp.next("workspace/codeLens/refresh");
		const told = lsp.next("workspace/inlayHint/refresh").then(() => "told");
		await lsp.filesChanged({ uri: fixture.uri("data/log.csv"), type: 2 });
		assert.equal(await Promise.race([told, lsp.next("workspace/codeLens/refresh").then(() => "not told")]), "not told");
	});

	it("change with the data", async () => {
		await start();
		await hintsOf("emea.usage.yaml", COMMITTED, ["50 rows"]);
		fixture.write("data/devices.csv", "device,inventoryDate\nd1,2026-11-03\n");
		await lsp.filesChanged({ uri: fixture.uri("data/devices.csv"), type: 2 });
		const hints = await askUntil(
			lsp,
			() => ask("emea.usage.yaml", COMMITTED),
			(found) => found.some(({ label }) => label === "1 row"),
		);
		assert.ok(drawHints(COMMITTED, hints).includes("    path: data/devices.csv⟨1 row⟩"));
	});

	const silent: readonly { readonly what: string; readonly text: string }[] = [
		{ what: "an empty file", text: "" },
		{ what: "a file without a kind", text: "title: Acme\n" },
		{ what: "a file that is hardly one", text: "kind: [\n" },
	];
	for (const { what, text } of silent) {
		it(`are none in ${what}`, async () => {
			await start();
			await lsp.open(fixture.uri("other.usage.yaml"), text);
			assert.deepEqual(await ask("other.usage.yaml", text), []);
		});
	}
}).timeout(120_000);

/** Jobs of which none ever comes to an end. */
const NEVER_DONE: Jobs = { run: () => new Promise(() => {}), dispose: async () => {} };

/** The lines with hints, each hint between angle brackets where it stands. */
function drawHints(text: string, hints: readonly InlayHint[]): readonly string[] {
	return drawAll(text, hints).filter((line) => line.includes("⟨"));
}

function drawAll(text: string, hints: readonly InlayHint[]): readonly string[] {
	return text.split(/\r?\n/).map((line, index) =>
		hints
			.filter(({ position }) => position.line === index)
			.sort((left, right) => right.position.character - left.position.character)
			.reduce((drawn, { position: { character }, label }) => `${drawn.slice(0, character)}⟨${label}⟩${drawn.slice(character)}`, line),
	);
}

function tooltipOf(hints: readonly InlayHint[], label: string): string {
	const hint = hints.find((candidate) => candidate.label === label);
	assert.ok(hint?.tooltip !== undefined, label);
	return (hint.tooltip as MarkupContent).value;
}
