import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { CodeAction, Diagnostic, TextEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { codesOf, FULL_CLIENT, type LspSession, startLsp } from "../support/lsp-harness.ts";

describe("code actions", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;
	let uri: string;
	const clean = CLEAN_CLIENT["emea.usage.yaml"]!;

	beforeEach(async () => {
		fixture = createFixture(CLEAN_CLIENT);
		lsp = await startLsp({ folders: [fixture.rootUri] });
		uri = fixture.uri("emea.usage.yaml");
	});
	afterEach(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	async function actionsFor(diagnostics: readonly Diagnostic[], only?: readonly string[]): Promise<readonly CodeAction[]> {
		const range = diagnostics[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
		return lsp.request<CodeAction[]>("textDocument/codeAction", {
			textDocument: { uri },
			range,
			context: { diagnostics, ...(only === undefined ? {} : { only }) },
		});
	}

	async function checkFix(text: string, code: string, title: RegExp, preferred: boolean): Promise<string> {
		await lsp.open(uri, text);
		const diagnostic = (await lsp.pull(uri)).find((candidate) => candidate.code === code);
		assert.ok(diagnostic, `no ${code}`);
		const action = (await actionsFor([diagnostic])).find((candidate) => title.test(candidate.title));
		assert.ok(action, `no action ${title}`);
		assert.equal(action.kind, "quickfix");
		assert.equal(action.isPreferred, preferred);
		assert.deepEqual(action.diagnostics, [diagnostic]);
		const fixed = applyEdits(text, action.edit?.changes?.[uri] ?? []);
		await lsp.change(uri, fixed);
		assert.ok(!codesOf(await lsp.pull(uri)).includes(code), fixed);
		return fixed;
	}

	it("records the vendor's advice", async () => {
		const fixed = await checkFix(
			clean.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"),
			"limits/without-advice",
			/advice/i,
			false,
		);
		assert.match(fixed, /limitAdvice:/);
		assert.match(fixed, /value: 45/);
	});

	it("restores the default", async () => {
		assert.equal(
			await checkFix(clean.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45 # why"), "limits/without-advice", /default/i, false),
			clean.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 30 # why"),
		);
	});

	it("corrects an unknown key", async () => {
		assert.equal(await checkFix(clean.replace("usageCategory:", "usageCategroy:"), "schema/unknown-key", /usageCategory/, true), clean);
	});

	it("copies the project's limits", async () => {
		const fixed = await checkFix(clean.replace(/usageCategory:\n(?: {2}\w+: \d+\n){3}/, ""), "instance/no-limits", /project/i, true);
		assert.match(fixed, /usageCategory:\n {2}InstallDateCutOffLimit: 7\n {2}UsedCategoryLimit: 30\n {2}UnusedCategoryLimit: 90\n/);
	});

	it("copies the project's advice together with its limits", async () => {
		const advised = { "UsedCategoryLimit: 30": "UsedCategoryLimit: 45", "subscriptions:": `limitAdvice:\n${ADVICE}subscriptions:` };
		const project = Object.entries(advised).reduce((text, [from, to]) => text.replace(from, to), CLEAN_CLIENT["acme.usage.yaml"]!);
		await lsp.open(fixture.uri("acme.usage.yaml"), project);
		for (const left of ["", "usageCategory:\n", "usageCategory: {}\n"]) {
			const text = clean.replace(/usageCategory:\n(?: {2}\w+: \d+\n){3}/, left);
			const fixed = await checkFix(text, "instance/no-limits", /project/i, true);
			assert.ok(fixed.includes("  UsedCategoryLimit: 45\n") && fixed.includes(`limitAdvice:\n${ADVICE}`), fixed);
			assert.deepEqual(await lsp.pull(uri), []);
			await lsp.close(uri);
		}
		const fixed = await checkFix(
			clean.replace("  UsedCategoryLimit: 30\n", ""),
			"schema/missing-key",
			/^Add `UsedCategoryLimit: 45`/,
			true,
		);
		assert.ok(fixed.includes("  UsedCategoryLimit: 45\n") && fixed.includes(`limitAdvice:\n${ADVICE}`), fixed);
		assert.deepEqual(await lsp.pull(uri), []);
	});

	const columns: readonly { name: string; csv: string; entry: string; title: RegExp; fixed: RegExp }[] = [
		{
			name: "a wrong name",
			csv: "ID,x",
			entry: "\n    columns: { device: IDD }",
			title: /^Change to "ID"$/,
			fixed: /columns: \{ device: ID \}/,
		},
		{ name: "a near name", csv: "devcie,x", entry: "", title: /"devcie"/, fixed: /\n {4}columns:\n {6}device: devcie\n/ },
		{ name: "semicolons", csv: "device;x", entry: "", title: /^Set the delimiter to ";"$/, fixed: /\n {4}delimiter: ;\n/ },
		{
			name: "tabs",
			csv: "device\tx",
			entry: '\n    delimiter: ";"',
			title: /^Set the delimiter to a tab$/,
			fixed: /\n {4}delimiter: "\\t"\n/,
		},
	];
	for (const { name, csv, entry, title, fixed } of columns) {
		it(`mends columns: ${name}`, async () => {
			fixture.write("data/devices.csv", `${csv}\nd1,2026-01-01\n`);
			const text = clean.replace("data/devices.csv", `data/devices.csv${entry}`);
			assert.match(await checkFix(text, "source/missing-column", title, true), fixed);
		});
	}

	it("offers once what mends several diagnostics, and names them all", async () => {
		await lsp.open(uri, clean.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 120"));
		const diagnostics = await lsp.pull(uri);
		assert.deepEqual([...codesOf(diagnostics)].sort(), ["limits/drift-from-project", "limits/order", "limits/without-advice"]);
		const actions = await actionsFor(diagnostics);
		const edits = actions.map((action) => JSON.stringify(action.edit));
		assert.deepEqual(edits, [...new Set(edits)]);
		const restore = actions.filter((action) => JSON.stringify(action.edit).includes('"newText":"30"'));
		assert.deepEqual(
			restore.map((action) => [...codesOf(action.diagnostics ?? [])].sort()),
			[["limits/drift-from-project", "limits/order", "limits/without-advice"]],
		);
	});

	it("offers nothing for a diagnostic that is gone, for other kinds, and to a client that takes no actions", async () => {
		await lsp.open(uri, clean.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"));
		const diagnostics = (await lsp.pull(uri)).filter((diagnostic) => diagnostic.code === "limits/without-advice");
		assert.ok((await actionsFor(diagnostics)).length >= 2);
		assert.deepEqual(await actionsFor(diagnostics, ["refactor"]), []);
		assert.ok((await actionsFor(diagnostics, ["quickfix"])).length >= 2);
		await lsp.change(uri, clean);
		assert.deepEqual(await actionsFor(diagnostics), []);
		await lsp.dispose();
		const { codeAction: _, ...textDocument } = FULL_CLIENT.textDocument!;
		lsp = await startLsp({ folders: [fixture.rootUri], capabilities: { ...FULL_CLIENT, textDocument } });
		await lsp.open(uri, clean.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45"));
		assert.deepEqual(await actionsFor(await lsp.pull(uri)), []);
	});

	it("fixes the place where the problem is now, when the text has moved meanwhile", async () => {
		const faulty = clean.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45");
		await lsp.open(uri, faulty);
		const diagnostics = (await lsp.pull(uri)).filter((diagnostic) => diagnostic.code === "limits/without-advice");
		await lsp.change(uri, `# one\n# two\n${faulty}`);
		const action = (await actionsFor(diagnostics)).find((candidate) => /default/i.test(candidate.title));
		assert.equal(applyEdits(`# one\n# two\n${faulty}`, action?.edit?.changes?.[uri] ?? []), `# one\n# two\n${clean}`);
	});
}).timeout(20_000);

/** One entry of `limitAdvice`. */
const ADVICE = "  - limit: UsedCategoryLimit\n    value: 45\n    reference: CASE-1\n    date: 2026-01-02\n";

function applyEdits(text: string, edits: readonly TextEdit[]): string {
	return TextDocument.applyEdits(TextDocument.create("", "", 0, text), [...edits]);
}
