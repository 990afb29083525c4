import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { FileSystemWatcher } from "vscode-languageserver-protocol";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { codesOf, type LspSession, startLsp } from "../support/lsp-harness.ts";

describe("watched files", () => {
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

	async function start(): Promise<LspSession> {
		session = await startLsp({ folders: [fixture.rootUri] });
		return session;
	}

	it("watches configurations, linked data and deletions, and follows when the links change", async () => {
		const lsp = await start();
		const patterns = () =>
			lsp.registrations
				.filter(({ method }) => method === "workspace/didChangeWatchedFiles")
				.flatMap(({ registerOptions }) => (registerOptions as { watchers: FileSystemWatcher[] }).watchers)
				.map(({ globPattern }) =>
					typeof globPattern === "string" ? globPattern : `${String(globPattern.baseUri)}/${globPattern.pattern}`,
				);
		await lsp.next(
			"client/registerCapability",
			({ registrations }: { registrations: { method: string }[] }) => registrations[0]?.method === "workspace/didChangeWatchedFiles",
		);
		assert.deepEqual(patterns(), [
			"**/*.usage.{yaml,yml}",
			"**/*",
			fixture.uri("data/devices.csv"),
			fixture.uri("data/installs.csv"),
			fixture.uri("data/log.csv"),
		]);
		await lsp.open(fixture.uri("emea.usage.yaml"), CLEAN_CLIENT["emea.usage.yaml"]!.replace("data/installs.csv", '"elsewhere/in[1].csv"'));
		await lsp.next(
			"client/registerCapability",
			({ registrations }: { registrations: { method: string }[] }) => registrations[0]?.method === "workspace/didChangeWatchedFiles",
		);
		assert.ok(patterns().includes(`${fixture.uri("elsewhere")}/in?1?.csv`), patterns().join());
	});

	it("follows another file: an instance whose project goes away and comes back", async () => {
		const lsp = await start();
		const uri = fixture.uri("emea.usage.yaml");
		const project = fixture.uri("acme.usage.yaml");
		fixture.remove("acme.usage.yaml");
		await lsp.filesChanged({ uri: project, type: 3 });
		await lsp.next("workspace/diagnostic/refresh");
		assert.deepEqual(codesOf(await lsp.pull(uri)), ["reference/missing-project"]);
		fixture.write("acme.usage.yaml", CLEAN_CLIENT["acme.usage.yaml"]!);
		await lsp.filesChanged({ uri: project, type: 1 });
		await lsp.next("workspace/diagnostic/refresh");
		assert.deepEqual(await lsp.pull(uri), []);
	});

	it("follows linked data: a file that goes away, and one with a date that is none", async () => {
		const lsp = await start();
		const uri = fixture.uri("emea.usage.yaml");
		const data = fixture.uri("data/installs.csv");
		fixture.remove("data/installs.csv");
		await lsp.filesChanged({ uri: data, type: 3 });
		await lsp.next("workspace/diagnostic/refresh");
		const [missing] = await lsp.pull(uri);
		assert.equal(missing?.code, "source/missing-file");
		assert.deepEqual(missing?.range, { start: { line: 16, character: 10 }, end: { line: 16, character: 27 } });
		fixture.write("data/installs.csv", "device,product,installDate,lastUsageDate\nd1,Word,2026-02-30,\n");
		await lsp.filesChanged({ uri: data, type: 1 });
		await lsp.next("workspace/diagnostic/refresh");
		assert.deepEqual(codesOf(await lsp.pull(uri)), ["source/unparseable-date"]);
		assert.deepEqual(await lsp.next("usageReport/dataChanged", (params: { uris: string[] }) => params.uris.includes(uri)), { uris: [uri] });
	});

	it("follows a whole folder that is deleted", async () => {
		fixture.write("sub/other.usage.yaml", "kind: project\ntitle: Other\nnonsense: 1\n");
		const lsp = await start();
		const uri = fixture.uri("sub/other.usage.yaml");
		assert.deepEqual(codesOf(await lsp.pull(uri)), ["schema/unknown-key"]);
		fixture.remove("sub");
		await lsp.filesChanged({ uri: fixture.uri("sub"), type: 3 });
		await lsp.next("workspace/diagnostic/refresh");
		assert.equal((await lsp.pullAll())[uri], undefined);
	});
});
