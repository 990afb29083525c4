import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type {
	Diagnostic,
	DocumentDiagnosticReport,
	PublishDiagnosticsParams,
	WorkspaceDiagnosticReport,
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

	it("answers unchanged per file for a workspace, and empties the files that are gone", async () => {
		fixture.write("broken.usage.yaml", "nonsense: 1\n");
		const lsp = await start();
		const broken = fixture.uri("broken.usage.yaml");
		const first = await lsp.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] });
		const previousResultIds = first.items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
		const same = await lsp.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds });
		assert.deepEqual(
			same.items.map((item) => item.kind),
			["unchanged", "unchanged", "unchanged"],
		);
		fixture.remove("broken.usage.yaml");
		await lsp.filesChanged({ uri: broken, type: 3 });
		await lsp.next("usageReport/dataChanged");
		const gone = await lsp.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds });
		const emptied = gone.items.find((item) => item.uri === broken);
		assert.deepEqual(emptied?.kind === "full" && emptied.items, []);
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

	it("warns of data outside of the workspace, and leaves it alone where the workspace is not trusted", async () => {
		const outside = createFixture({ "secret.csv": "device,inventoryDate\nd1,not a date\n" });
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
}).timeout(20_000);
