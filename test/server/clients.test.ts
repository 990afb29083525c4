import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ClientsResult, StatusResult } from "../../server/protocol/client-messages.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { startLsp } from "../support/lsp-harness.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

describe("clients", () => {
	const session = sessionPerTest(CLEAN_CLIENT);
	const ask = () => session.lsp.request<ClientsResult>("usageReport/clients", {});

	it("are projects with their instances, sources and policies, each with its place", async () => {
		const { clients, loose } = await ask();
		assert.deepEqual(
			clients.map(({ uri, title, subscriptions, instances, sources }) => ({
				uri,
				title,
				subscriptions,
				instances: instances.map(({ name }) => name),
				sources: sources.map(({ name, provides, type, file }) => [name, provides, type, file]),
			})),
			[
				{
					uri: session.fixture.uri("acme.usage.yaml"),
					title: "Acme",
					subscriptions: 1,
					instances: ["Acme EMEA"],
					sources: [["weekly log", "usageLog", "csv", session.fixture.uri("data/log.csv")]],
				},
			],
		);
		assert.deepEqual(loose, []);
		const text = CLEAN_CLIENT["acme.usage.yaml"]!.split("\n");
		const { start, end } = clients[0]!.sources[0]!.range;
		assert.equal(text[start.line]?.slice(start.character, end.character), "weekly log");
	});

	it("load nothing: installations are told only when something else has loaded them", async () => {
		const status = () => session.lsp.request<StatusResult>("usageReport/status", {});
		const before = (await ask()).clients[0]?.instances[0];
		assert.equal(before?.installations, null);
		assert.deepEqual((await status()).loaded, { instances: 0, installations: 0, bytes: 0 });
		await session.lsp.request("usageReport/preview", { uri: session.fixture.uri("emea.usage.yaml") });
		await ask();
		await session.lsp.request("textDocument/hover", {
			textDocument: { uri: session.fixture.uri("emea.usage.yaml") },
			position: { line: 5, character: 4 },
		});
		assert.equal((await status()).loaded.bytes > 0, true);
	});

	it("follow an edit that is not saved, and say that they have changed", async () => {
		const uri = session.fixture.uri("acme.usage.yaml");
		await session.lsp.open(uri, CLEAN_CLIENT["acme.usage.yaml"]!.replace("title: Acme", "title: Zenith"));
		await session.lsp.next("usageReport/clientsChanged");
		assert.deepEqual(
			(await ask()).clients.map(({ title }) => title),
			["Zenith"],
		);
	});

	it("keep an instance whose project is gone, apart", async () => {
		session.fixture.remove("acme.usage.yaml");
		await session.lsp.filesChanged({ uri: session.fixture.uri("acme.usage.yaml"), type: 3 });
		const { clients, loose } = await ask();
		assert.deepEqual([clients.length, loose.map(({ name }) => name)], [0, ["Acme EMEA"]]);
	});

	it("tell what is wrong with a source once that is known, and count it", async () => {
		session.fixture.remove("data/installs.csv");
		const uri = session.fixture.uri("emea.usage.yaml");
		await session.lsp.filesChanged({ uri: session.fixture.uri("data/installs.csv"), type: 3 });
		await session.lsp.pull(uri);
		const instance = (await ask()).clients[0]?.instances[0];
		assert.equal(instance?.problems.errors, 1);
		const faulty = instance?.sources.filter(({ problem }) => problem !== null);
		assert.deepEqual(
			faulty?.map(({ provides, problem }) => [provides, problem?.severity]),
			[["installations", "error"]],
		);
		assert.match(faulty?.[0]?.problem?.message ?? "", /installs\.csv/);
	});

	it("are sorted as people look names up, numbers by their value", async () => {
		for (const name of ["Client 10", "client 2", "Zeta", "alpha"])
			session.fixture.write(`${name.replace(" ", "-")}.usage.yaml`, `kind: project\ntitle: ${name}\n`);
		await session.restart({});
		assert.deepEqual(
			(await ask()).clients.map(({ title }) => title),
			["Acme", "alpha", "client 2", "Client 10", "Zeta"],
		);
	});

	it("of two folders with the same file names are told apart by their URIs", async () => {
		const other = session.fixture.uri("other");
		for (const [name, text] of Object.entries(CLEAN_CLIENT)) session.fixture.write(`other/${name}`, text);
		session.fixture.makeFolder("first");
		for (const [name, text] of Object.entries(CLEAN_CLIENT)) session.fixture.write(`first/${name}`, text);
		const lsp = await startLsp({ folders: [session.fixture.uri("first"), other] });
		try {
			const { clients } = await lsp.request<ClientsResult>("usageReport/clients", {});
			assert.deepEqual(
				clients.map(({ uri, instances }) => [uri, instances.map((instance) => instance.uri)]),
				["first", "other"].map((folder) => [
					session.fixture.uri(`${folder}/acme.usage.yaml`),
					[session.fixture.uri(`${folder}/emea.usage.yaml`)],
				]),
			);
		} finally {
			await lsp.dispose();
		}
	});

	it("have policies with what they take, and whether they are in force", async () => {
		const text = `${CLEAN_CLIENT["emea.usage.yaml"]}reclaimPolicies:
  - { name: Visio, products: ["Visio*"], categories: [Unused], action: mandatory, state: published, enabled: true }
  - { name: Draft, products: ["Word"], categories: [Unused], action: optional, state: draft, enabled: true }
`;
		await session.lsp.open(session.fixture.uri("emea.usage.yaml"), text);
		const policies = (await ask()).clients[0]?.instances[0]?.policies;
		assert.deepEqual(
			policies?.map(({ name, action, inForce, products }) => [name, action, inForce, products]),
			[
				["Visio", "mandatory", true, ["Visio*"]],
				["Draft", "optional", false, ["Word"]],
			],
		);
	});
}).timeout(120_000);
