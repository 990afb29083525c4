import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { NewInstanceFailure, NewInstanceResult } from "../../server/protocol/requests.ts";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { codesOf, type LspSession, startLsp } from "../support/lsp-harness.ts";

describe("new instance", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;

	beforeEach(async () => {
		fixture = createFixture(CLEAN_CLIENT);
		lsp = await startLsp({ folders: [fixture.rootUri] });
	});
	afterEach(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	const ask = (params: object) =>
		lsp.request<NewInstanceResult | NewInstanceFailure>("usageReport/newInstance", { project: fixture.uri("acme.usage.yaml"), ...params });

	it("is a file beside the project's, without a fault", async () => {
		const answer = await ask({ name: "Acme APAC" });
		assert.ok(!answer.failed);
		assert.deepEqual([answer.uri, answer.fileName], [fixture.uri("acme-apac.usage.yaml"), "acme-apac.usage.yaml"]);
		assert.match(
			answer.text,
			/^# A new instance of the project Acme .*do not follow\.\nkind: instance\nname: Acme APAC\nproject: acme\.usage\.yaml\n/,
		);
		await lsp.open(answer.uri, answer.text);
		assert.deepEqual(codesOf(await lsp.pull(answer.uri)), []);
	});

	for (const { what, params, about } of [
		{ what: "a name that is taken", params: { name: "acme emea" }, about: "name" },
		{ what: "a file that is taken", params: { name: "New", fileName: "emea.usage.yaml" }, about: "fileName" },
	]) {
		it(`says what is wrong with ${what}`, async () => {
			const answer = await ask(params);
			assert.ok(answer.failed && answer.message !== "");
			assert.equal(answer.about, about);
		});
	}
}).timeout(20_000);
