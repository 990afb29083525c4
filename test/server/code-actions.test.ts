import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { CodeAction, Diagnostic, TextDocumentEdit, TextEdit } from "vscode-languageserver-protocol";
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

	it("takes the diagnostics of the range for a client that names none, and finds them without their data", async () => {
		const faulty = clean.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45");
		await lsp.open(uri, faulty);
		const diagnostics = (await lsp.pull(uri)).filter(({ code }) => code === "limits/without-advice");
		const named = await actionsFor(diagnostics);
		const withoutData = diagnostics.map(({ data: _, ...diagnostic }) => diagnostic);
		const edits = (actions: readonly CodeAction[]) => actions.map(({ title, edit }) => ({ title, edit }));
		assert.deepEqual(edits(await actionsFor(withoutData)), edits(named));
		const atRange = await lsp.request<CodeAction[]>("textDocument/codeAction", {
			textDocument: { uri },
			range: diagnostics[0]!.range,
			context: { diagnostics: [] },
		});
		assert.deepEqual(edits(atRange).filter(({ title }) => named.some((action) => action.title === title)).length, named.length);
		const elsewhere = { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } };
		assert.deepEqual(
			await lsp.request("textDocument/codeAction", { textDocument: { uri }, range: elsewhere, context: { diagnostics: [] } }),
			[],
		);
	});

	it("offers to allow a warning, and asks for the reason", async () => {
		const text = clean.replace("  UnusedCategoryLimit: 90", "  UnusedCategoryLimit: 31").replaceAll("\n", "\r\n");
		await lsp.open(uri, text);
		const diagnostics = await lsp.pull(uri);
		const narrow = diagnostics.find(({ code }) => code === "limits/narrow-band")!;
		const allow = (await actionsFor([narrow])).find(({ title }) => title.startsWith("Allow"))!;
		assert.equal(allow.title, "Allow limits/narrow-band here…");
		assert.equal(allow.isPreferred, false);
		const allowed = applyEdits(text, allow.edit?.changes?.[uri] ?? []);
		assert.ok(allowed.includes("\r\n  # usage-report: allow limits/narrow-band -- \r\n  UnusedCategoryLimit: 31\r\n"), allowed);
		await lsp.change(uri, allowed);
		assert.ok(codesOf(await lsp.pull(uri)).includes("allow/no-reason"));
		await lsp.change(uri, allowed.replace("-- ", "-- agreed"));
		assert.deepEqual(
			codesOf(await lsp.pull(uri)).filter((code) => code === "limits/narrow-band" || code.startsWith("allow/")),
			[],
		);
		const error = diagnostics.find(({ code }) => code === "limits/without-advice")!;
		assert.deepEqual(
			(await actionsFor([error])).filter(({ title }) => title.startsWith("Allow")),
			[],
		);
	});

	it("mends comments that allow nothing, each where it is", async () => {
		const comment = "# usage-report: allow limits/narow-band -- x\n";
		await lsp.open(uri, `${comment}${clean.replace("usageCategory:", `${comment}usageCategory:`)}`);
		const [first, second] = (await lsp.pull(uri)).filter(({ code }) => code === "allow/unknown-code");
		const [mend] = await actionsFor([second!]);
		assert.equal(mend?.title, "Change to limits/narrow-band");
		assert.deepEqual(
			mend?.edit?.changes?.[uri]?.map(({ range }) => range),
			[second!.range],
		);
		assert.notDeepEqual(first!.range, second!.range);
	});

	describe("for several problems", () => {
		const twice = clean.replace("name: devices", "nam: devices").replace("name: installs", "nme: installs");

		it("mends all of a kind, as one of the fixes", async () => {
			await lsp.open(uri, twice);
			const [first] = (await lsp.pull(uri)).filter(({ code }) => code === "schema/unknown-key");
			const actions = await actionsFor([first!]);
			assert.equal(actions[0]?.isPreferred, true);
			const all = actions.find(({ title }) => title === "Fix all 2 problems of this file with the code schema/unknown-key")!;
			assert.equal(all.isPreferred, undefined);
			assert.equal(applyEdits(twice, all.edit?.changes?.[uri] ?? []), clean);
		});

		it("mends a whole file when it is asked by the kind, or a family of it", async () => {
			await lsp.open(uri, twice);
			for (const kind of ["source.fixAll", "source.fixAll.usageReport", "source", ""]) {
				const actions = (await actionsFor([], [kind])).filter((action) => action.kind === "source.fixAll.usageReport");
				assert.deepEqual(
					actions.map(({ edit }) => applyEdits(twice, edit?.changes?.[uri] ?? [])),
					[clean],
					kind,
				);
			}
			for (const only of [undefined, ["quickfix"], ["source.organizeImports"], ["source.fixAll.other"]])
				assert.deepEqual(
					(await actionsFor([], only)).filter(({ kind }) => kind !== "quickfix"),
					[],
				);
			await lsp.change(uri, clean);
			assert.deepEqual(await actionsFor([], ["source.fixAll"]), []);
		});
	});

	describe("for a client that resolves actions, takes versions and snippets", () => {
		beforeEach(async () => {
			await lsp.dispose();
			lsp = await startLsp({
				folders: [fixture.rootUri],
				capabilities: {
					...FULL_CLIENT,
					workspace: { ...FULL_CLIENT.workspace, workspaceEdit: { documentChanges: true, snippetEditSupport: true } },
					textDocument: {
						...FULL_CLIENT.textDocument,
						codeAction: { ...FULL_CLIENT.textDocument!.codeAction, dataSupport: true, resolveSupport: { properties: ["edit"] } },
					},
				},
			});
		});

		const editsOf = (action: CodeAction): readonly TextDocumentEdit[] => (action.edit?.documentChanges ?? []) as TextDocumentEdit[];

		it("says so", () =>
			assert.deepEqual(lsp.initialized.capabilities.codeActionProvider, {
				codeActionKinds: ["quickfix", "source.fixAll.usageReport"],
				resolveProvider: true,
			}));

		it("works out what takes long when it is needed, from the text as it is then", async () => {
			const text = clean.replace("name: devices", "nam: devices");
			await lsp.open(uri, text);
			const [action] = await actionsFor([], ["source.fixAll"]);
			assert.equal(action?.edit, undefined);
			await lsp.change(uri, `# new\n${text}`);
			const resolved = await lsp.request<CodeAction>("codeAction/resolve", action);
			const [edit] = editsOf(resolved);
			assert.deepEqual(edit?.textDocument, { uri, version: 2 });
			assert.equal(applyEdits(`# new\n${text}`, (edit?.edits ?? []) as TextEdit[]), `# new\n${clean}`);
			await lsp.change(uri, clean);
			assert.equal((await lsp.request<CodeAction>("codeAction/resolve", action)).edit, undefined);
		});

		it("resolves a fix of several steps", async () => {
			const advised = { "UsedCategoryLimit: 30": "UsedCategoryLimit: 45", "subscriptions:": `limitAdvice:\n${ADVICE}subscriptions:` };
			const project = Object.entries(advised).reduce((text, [from, to]) => text.replace(from, to), CLEAN_CLIENT["acme.usage.yaml"]!);
			await lsp.open(fixture.uri("acme.usage.yaml"), project);
			const text = clean.replace(/usageCategory:\n(?: {2}\w+: \d+\n){3}/, "");
			await lsp.open(uri, text);
			const diagnostic = (await lsp.pull(uri)).find(({ code }) => code === "instance/no-limits")!;
			const action = (await actionsFor([diagnostic])).find(({ title }) => /project/i.test(title))!;
			assert.equal(action.edit, undefined);
			assert.equal(action.isPreferred, true);
			const resolved = await lsp.request<CodeAction>("codeAction/resolve", action);
			assert.match(applyEdits(text, (editsOf(resolved)[0]?.edits ?? []) as TextEdit[]), /UsedCategoryLimit: 45[\s\S]*limitAdvice:/);
		});

		it("puts the caret where the reason goes", async () => {
			await lsp.open(uri, clean.replace("  UnusedCategoryLimit: 90", "  UnusedCategoryLimit: 31"));
			const narrow = (await lsp.pull(uri)).find(({ code }) => code === "limits/narrow-band")!;
			const allow = (await actionsFor([narrow])).find(({ title }) => title.startsWith("Allow"))!;
			const [edit] = editsOf(allow)[0]!.edits;
			assert.deepEqual(edit, {
				range: { start: { line: narrow.range.start.line, character: 0 }, end: { line: narrow.range.start.line, character: 0 } },
				snippet: { kind: "snippet", value: "  # usage-report: allow limits/narrow-band -- $0\n" },
			});
		});

		it("answers a resolve request that is not ours as it came", async () => {
			const stranger = { title: "x", data: { other: true } };
			assert.deepEqual(await lsp.request("codeAction/resolve", stranger), stranger);
			const unsaid = { title: "x", data: { uri, code: "limits/order", single: { path: 3 } } };
			assert.deepEqual(await lsp.request("codeAction/resolve", unsaid), unsaid);
		});
	});

	it("offers nothing for a diagnostic that is gone and for other kinds, and is not announced to a client that takes no actions", async () => {
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
		assert.equal(lsp.initialized.capabilities.codeActionProvider, undefined);
	});

	it("fixes the place where the problem is now, when the text has moved meanwhile", async () => {
		const faulty = clean.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45");
		await lsp.open(uri, faulty);
		const diagnostics = (await lsp.pull(uri)).filter((diagnostic) => diagnostic.code === "limits/without-advice");
		await lsp.change(uri, `# one\n# two\n${faulty}`);
		const action = (await actionsFor(diagnostics)).find((candidate) => /default/i.test(candidate.title));
		assert.equal(applyEdits(`# one\n# two\n${faulty}`, action?.edit?.changes?.[uri] ?? []), `# one\n# two\n${clean}`);
	});
}).timeout(120_000);

/** One entry of `limitAdvice`. */
const ADVICE = "  - limit: UsedCategoryLimit\n    value: 45\n    reference: CASE-1\n    date: 2026-01-02\n";

function applyEdits(text: string, edits: readonly TextEdit[]): string {
	return TextDocument.applyEdits(TextDocument.create("", "", 0, text), [...edits]);
}
