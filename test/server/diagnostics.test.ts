import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import {
	CancellationTokenSource,
	type Diagnostic,
	type DocumentDiagnosticReport,
	LSPErrorCodes,
	type PreviousResultId,
	type PublishDiagnosticsParams,
	type WorkspaceDiagnosticReport,
	WorkspaceDiagnosticRequest,
	type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver-protocol";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { codesOf, FULL_CLIENT, type LspSession, PUSH_CLIENT, type SessionStart, startLsp } from "../support/lsp-harness.ts";

describe("diagnostics", () => {
	let fixture: FixtureWorkspace;
	let session: LspSession | null = null;

	beforeEach(() => {
		fixture = createFixture(CLEAN_CLIENT);
	});
	afterEach(async () => {
		await session?.dispose();
		session = null;
		fixture.dispose();
	});

	async function start(more: Partial<SessionStart> = {}): Promise<LspSession> {
		session = await startLsp({ folders: [fixture.rootUri], ...more });
		return session;
	}

	const instance = (before: string, after: string) => CLEAN_CLIENT["emea.usage.yaml"]!.replace(before, after);

	it("announces pull to a client that pulls, and nothing to one that does not", async () => {
		const pulling = await start();
		assert.deepEqual(pulling.initialized.capabilities.diagnosticProvider, { interFileDependencies: true, workspaceDiagnostics: true });
		await pulling.dispose();
		const pushed = await start({ capabilities: PUSH_CLIENT });
		assert.equal(pushed.initialized.capabilities.diagnosticProvider, undefined);
	});

	it("checks the whole workspace, also files that are not open", async () => {
		fixture.write("sub/broken.usage.yml", "kind: [");
		fixture.write("node_modules/x/other.usage.yaml", "kind: nothing");
		const { pullAll } = await start();
		const codes = await pullAll();
		assert.deepEqual(Object.keys(codes).sort(), [
			fixture.uri("acme.usage.yaml"),
			fixture.uri("emea.usage.yaml"),
			fixture.uri("sub/broken.usage.yml"),
		]);
		assert.deepEqual(codes[fixture.uri("acme.usage.yaml")], []);
		assert.deepEqual(codes[fixture.uri("emea.usage.yaml")], []);
		assert.match(codes[fixture.uri("sub/broken.usage.yml")]![0]!, /^yaml\//);
	});

	it("shows and takes back diagnostics as the text changes", async () => {
		const { open, change, pull } = await start();
		const uri = fixture.uri("emea.usage.yaml");
		await open(uri, instance("UsedCategoryLimit: 30", "UsedCategoryLimit: 95"));
		assert.deepEqual([...codesOf(await pull(uri))].sort(), ["limits/drift-from-project", "limits/order", "limits/without-advice"]);
		await change(uri, CLEAN_CLIENT["emea.usage.yaml"]!);
		assert.deepEqual(await pull(uri), []);
	});

	it("prefers the open text to the disk, and goes back to the disk on close", async () => {
		const { open, close, pull } = await start();
		const uri = fixture.uri("emea.usage.yaml");
		await open(uri, "kind: instance\n");
		assert.notDeepEqual(await pull(uri), []);
		await close(uri);
		assert.deepEqual(await pull(uri), []);
	});

	it("answers unchanged for a result that the client has", async () => {
		const lsp = await start();
		const uri = fixture.uri("emea.usage.yaml");
		const pull = (previousResultId?: string) =>
			lsp.request<DocumentDiagnosticReport>("textDocument/diagnostic", {
				textDocument: { uri },
				...(previousResultId === undefined ? {} : { previousResultId }),
			});
		const first = await pull();
		assert.equal(first.kind, "full");
		assert.deepEqual(await pull(first.resultId), { kind: "unchanged", resultId: first.resultId });
		await lsp.open(uri, instance("UsedCategoryLimit: 30", "UsedCategoryLimit: 31"));
		const changed = await pull(first.resultId);
		assert.equal(changed.kind, "full");
		assert.notEqual(changed.resultId, first.resultId);
	});

	describe("of a workspace", () => {
		const ask = (lsp: LspSession, previousResultIds: readonly PreviousResultId[], more: object = {}) =>
			lsp.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds, ...more });
		const idsOf = (items: readonly WorkspaceDocumentDiagnosticReport[]) => items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
		const kindsOf = (items: readonly WorkspaceDocumentDiagnosticReport[]) =>
			Object.fromEntries(items.map(({ uri, kind }) => [uri.slice(fixture.rootUri.length + 1), kind]));

		/** Whether a request is still open after another one that came later was answered. */
		async function isHeld(lsp: LspSession, request: Promise<unknown>): Promise<boolean> {
			let settled = false;
			request.then(
				() => (settled = true),
				() => (settled = true),
			);
			for (let turn = 0; turn < 3; turn++) await lsp.pull(fixture.uri("acme.usage.yaml"));
			return !settled;
		}

		it("holds a request as long as the client has everything, then answers with what differs", async () => {
			const lsp = await start();
			const { items } = await ask(lsp, []);
			assert.deepEqual(kindsOf(items), { "acme.usage.yaml": "full", "emea.usage.yaml": "full" });
			const held = ask(lsp, idsOf(items));
			assert.ok(await isHeld(lsp, held));
			const uri = fixture.uri("emea.usage.yaml");
			await lsp.open(uri, instance("UsedCategoryLimit: 30", "UsedCategoryLimit: 95"));
			const changed = (await held).items;
			assert.deepEqual(kindsOf(changed), { "acme.usage.yaml": "unchanged", "emea.usage.yaml": "full" });
			const found = changed.find((item) => item.uri === uri);
			assert.ok(found?.kind === "full" && codesOf(found.items).includes("limits/order") && found.version === 1);
		});

		it("keeps holding when a change makes no difference", async () => {
			const lsp = await start();
			const { items } = await ask(lsp, []);
			const held = ask(lsp, idsOf(items));
			const uri = fixture.uri("emea.usage.yaml");
			await lsp.open(uri, instance("name: Acme EMEA", "name: Acme Europe"));
			await lsp.next("usageReport/dataChanged");
			assert.ok(await isHeld(lsp, held));
			await lsp.change(uri, "kind: instance\n");
			assert.equal(kindsOf((await held).items)["emea.usage.yaml"], "full");
		});

		it("tells of other files that a change concerns", async () => {
			const lsp = await start();
			const { items } = await ask(lsp, []);
			const held = ask(lsp, idsOf(items));
			await lsp.open(
				fixture.uri("acme.usage.yaml"),
				CLEAN_CLIENT["acme.usage.yaml"]!.replace("UnusedCategoryLimit: 90", "UnusedCategoryLimit: 60"),
			);
			const answer = (await held).items.find(({ uri }) => uri === fixture.uri("emea.usage.yaml"));
			assert.deepEqual(answer?.kind === "full" && codesOf(answer), ["limits/drift-from-project"]);
		});

		it("empties files that are gone", async () => {
			fixture.write("broken.usage.yaml", "nonsense: 1\n");
			const broken = fixture.uri("broken.usage.yaml");
			const lsp = await start();
			const { items } = await ask(lsp, []);
			const held = ask(lsp, idsOf(items));
			fixture.remove("broken.usage.yaml");
			await lsp.filesChanged({ uri: broken, type: 3 });
			const emptied = (await held).items.find((item) => item.uri === broken);
			assert.deepEqual(emptied?.kind === "full" && emptied.items, []);
			assert.ok(await isHeld(lsp, ask(lsp, idsOf((await ask(lsp, [])).items))));
		});

		it("streams each report to a client that takes parts, those of open files first", async () => {
			for (const name of ["a", "b", "c"]) fixture.write(`${name}.usage.yaml`, `kind: project\ntitle: ${name}\nnonsense: 1\n`);
			const lsp = await start();
			await lsp.open(fixture.uri("c.usage.yaml"), "kind: project\n");
			const parts: WorkspaceDocumentDiagnosticReport[] = [];
			const listener = lsp.connection.onProgress(
				WorkspaceDiagnosticRequest.partialResult,
				"parts",
				(part) => void parts.push(...part.items),
			);
			const answer = await ask(lsp, [], { partialResultToken: "parts" });
			listener.dispose();
			assert.deepEqual(answer, { items: [] });
			assert.deepEqual(
				parts.slice(0, 1).map(({ uri }) => uri),
				[fixture.uri("c.usage.yaml")],
			);
			assert.deepEqual(
				parts.map(({ uri }) => uri).sort(),
				["a", "acme", "b", "c", "emea"].map((name) => fixture.uri(`${name}.usage.yaml`)),
			);
			const held = ask(lsp, idsOf(parts), { partialResultToken: "more" });
			assert.ok(await isHeld(lsp, held));
			const more: WorkspaceDocumentDiagnosticReport[] = [];
			lsp.connection.onProgress(WorkspaceDiagnosticRequest.partialResult, "more", (part) => void more.push(...part.items));
			await lsp.change(fixture.uri("c.usage.yaml"), "kind: project\ntitle: c\n");
			assert.deepEqual(await held, { items: [] });
			assert.deepEqual(
				Object.entries(kindsOf(more)).filter(([, kind]) => kind === "full"),
				[["c.usage.yaml", "full"]],
			);
			assert.equal(more.length, 5);
		});

		it("streams what the configuration tells first, and what the data tells when it is there", async () => {
			fixture.write("emea.usage.yaml", instance("data/installs.csv", "data/none.csv").replace("title", "titel"));
			const uri = fixture.uri("emea.usage.yaml");
			const lsp = await start({ server: { patienceMs: 0 } });
			const parts: WorkspaceDocumentDiagnosticReport[] = [];
			lsp.connection.onProgress(WorkspaceDiagnosticRequest.partialResult, "parts", (part) => void parts.push(...part.items));
			await ask(lsp, [], { partialResultToken: "parts" });
			const last = parts.findLast((part) => part.uri === uri);
			assert.deepEqual(last?.kind === "full" && codesOf(last), ["source/missing-file"]);
		});

		it("ends an older request when a newer one comes, when it is cancelled, and at the end", async () => {
			const lsp = await start();
			const ids = idsOf((await ask(lsp, [])).items);
			const refused = { code: LSPErrorCodes.ServerCancelled, data: { retriggerRequest: false } };
			const first = ask(lsp, ids);
			assert.ok(await isHeld(lsp, first));
			const cancellation = new CancellationTokenSource();
			const second = lsp.connection.sendRequest("workspace/diagnostic", { previousResultIds: ids }, cancellation.token);
			await assert.rejects(first, refused);
			assert.ok(await isHeld(lsp, second));
			cancellation.cancel();
			await assert.rejects(second, { code: LSPErrorCodes.RequestCancelled });
			const third = ask(lsp, ids);
			assert.ok(await isHeld(lsp, third));
			const ended = assert.rejects(third, refused);
			await lsp.request("shutdown", undefined);
			await ended;
			assert.deepEqual(lsp.errors, []);
			session = null;
			lsp.connection.dispose();
		});

		it("answers a workspace without configurations, and holds that of a client that takes parts", async () => {
			for (const name of Object.keys(CLEAN_CLIENT)) fixture.remove(name);
			const lsp = await start();
			assert.deepEqual(await ask(lsp, []), { items: [] });
			const held = ask(lsp, [], { partialResultToken: 1 });
			assert.ok(await isHeld(lsp, held));
			fixture.write("new.usage.yaml", "kind: project\ntitle: New\n");
			await lsp.filesChanged({ uri: fixture.uri("new.usage.yaml"), type: 1 });
			assert.deepEqual(await held, { items: [] });
		});

		it("looks again at each request where nobody tells it of changed data", async () => {
			const lsp = await start({ capabilities: { ...FULL_CLIENT, workspace: { diagnostics: { refreshSupport: true } } } });
			const { items } = await ask(lsp, []);
			fixture.write("data/devices.csv", "device,inventoryDate\nd1,yesterday\n");
			const changed = await ask(lsp, idsOf(items));
			assert.deepEqual(kindsOf(changed.items), { "acme.usage.yaml": "unchanged", "emea.usage.yaml": "full" });
		});
	});

	it("links codes to their documentation, tags what is unnecessary, and relates places", async () => {
		fixture.write("twin.usage.yaml", "kind: project\ntitle: Acme\n");
		const lsp = await start({ initializationOptions: { documentationUri: "file:///docs/diagnostics.md" } });
		const [duplicate] = await lsp.pull(fixture.uri("twin.usage.yaml"));
		assert.equal(duplicate?.code, "reference/duplicate-title");
		assert.equal(duplicate?.source, "usage-report");
		assert.equal(duplicate?.codeDescription?.href, "file:///docs/diagnostics.md#reference-duplicate-title");
		assert.equal(duplicate?.relatedInformation?.[0]?.location.uri, fixture.uri("acme.usage.yaml"));
		const uri = fixture.uri("emea.usage.yaml");
		await lsp.open(
			uri,
			`${CLEAN_CLIENT["emea.usage.yaml"]}limitAdvice:\n  - { limit: UsedCategoryLimit, value: 45, reference: A-1, date: 2026-01-01 }\n`,
		);
		const unused = (await lsp.pull(uri)).find((diagnostic) => diagnostic.code === "limits/advice-unused");
		assert.deepEqual(unused?.tags, [1]);
		assert.equal(unused?.severity, 4);
	});

	it("pushes to a client that cannot pull, and clears what is gone", async () => {
		fixture.write("broken.usage.yaml", "kind: project\ntitle: B\nnonsense: 1\n");
		const lsp = await start({ capabilities: PUSH_CLIENT });
		const uri = fixture.uri("broken.usage.yaml");
		const next = (holds: (params: PublishDiagnosticsParams) => boolean) => lsp.next("textDocument/publishDiagnostics", holds);
		assert.deepEqual(codesOf(await next((params) => params.uri === uri)), ["schema/unknown-key"]);
		await lsp.open(uri, "kind: project\ntitle: B\n");
		assert.deepEqual(codesOf(await next((params) => params.uri === uri)), []);
		await lsp.change(uri, "kind: project\n");
		assert.deepEqual(codesOf(await next((params) => params.uri === uri)), ["schema/missing-key"]);
		fixture.remove("broken.usage.yaml");
		await lsp.close(uri);
		assert.deepEqual(codesOf(await next((params) => params.uri === uri)), []);
	});

	it("answers a patient client fully, and an impatient one in two steps", async () => {
		fixture.write(
			"emea.usage.yaml",
			instance("data/installs.csv", "data/none.csv").replace("UnusedCategoryLimit: 90", "UnusedCategoryLimit: 91"),
		);
		const uri = fixture.uri("emea.usage.yaml");
		const both = ["limits/drift-from-project", "limits/without-advice", "source/missing-file"];
		// Asked to answer at once, it can't have read the data; a refresh follows when it has.
		const impatient = await start({ server: { patienceMs: 0 } });
		const first = [...codesOf(await impatient.pull(uri))].sort();
		assert.ok(first.length >= 2 && first.every((code) => both.includes(code)), first.join());
		await impatient.next("workspace/diagnostic/refresh");
		await impatient.dispose();
		const { refreshSupport: _, ...noRefresh } = FULL_CLIENT.workspace!.diagnostics!;
		const patient = await start({
			server: { patienceMs: 0 },
			capabilities: { ...FULL_CLIENT, workspace: { ...FULL_CLIENT.workspace, diagnostics: noRefresh } },
		});
		assert.deepEqual([...codesOf(await patient.pull(uri))].sort(), both);
	});

	it("gives problems the severities of the settings, but never to errors about limits", async () => {
		const severities = { "limits/drift-from-project": "warning", "source/*": "off", "limits/order": "hint", nonsense: "off" };
		const lsp = await start({ settings: { severities } });
		const uri = fixture.uri("emea.usage.yaml");
		await lsp.open(uri, instance("UsedCategoryLimit: 30", "UsedCategoryLimit: 95").replace("data/installs.csv", "data/none.csv"));
		const found = await lsp.pull(uri);
		assert.deepEqual(found.map(({ code, severity }) => `${severity} ${code}`).sort(), [
			"1 limits/order",
			"1 limits/without-advice",
			"2 limits/drift-from-project",
		]);
		assert.deepEqual(
			lsp.shown.map((message) => /"(limits\/order|nonsense)"/.exec(message)?.[1]),
			["limits/order", "nonsense"],
		);
	});

	it("leaves out what a comment allows", async () => {
		const lsp = await start();
		const uri = fixture.uri("emea.usage.yaml");
		const narrow = instance(
			"  UnusedCategoryLimit: 90",
			"  # usage-report: allow limits/drift-from-project -- agreed\n  UnusedCategoryLimit: 91",
		);
		await lsp.open(uri, narrow);
		assert.deepEqual(codesOf(await lsp.pull(uri)), ["limits/without-advice"]);
		await lsp.change(uri, narrow.replace("91", "90"));
		const [unneeded] = await lsp.pull(uri);
		assert.deepEqual([unneeded?.code, unneeded?.severity, unneeded?.tags], ["allow/unneeded", 4, [1]]);
	});

	it("warns of data outside of the workspace, and leaves it alone where the workspace is not trusted", async () => {
		const outside = createFixture({ "secret.csv": "device,inventoryDate\nd1,not a date\nd2,2026-11-02\n" });
		try {
			const path = `../${outside.root.split("/").at(-1)}/secret.csv`;
			fixture.write("emea.usage.yaml", instance("data/devices.csv", path));
			const uri = fixture.uri("emea.usage.yaml");
			const trusted = await start();
			assert.deepEqual(codesOf(await trusted.pull(uri)), ["source/outside-workspace", "source/unparseable-date"]);
			await trusted.dispose();
			const untrusted = await start({ initializationOptions: { trusted: false } });
			const found: readonly Diagnostic[] = await untrusted.pull(uri);
			assert.deepEqual(codesOf(found), ["source/outside-workspace"]);
			assert.match(String(found[0]?.message), /not read/);
		} finally {
			outside.dispose();
		}
	});
}).timeout(120_000);
