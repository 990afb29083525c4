import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { NewInstanceFailure, NewInstanceResult } from "../../server/protocol/settings-messages.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { codesOf } from "../support/lsp-harness.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

describe("new instance", () => {
	const session = sessionPerTest(CLEAN_CLIENT);

	const ask = (params: object) =>
		session.lsp.request<NewInstanceResult | NewInstanceFailure>("usageReport/newInstance", {
			project: session.fixture.uri("acme.usage.yaml"),
			...params,
		});

	it("is a file beside the project's, without a fault", async () => {
		const answer = await ask({ name: "Acme APAC" });
		assert.ok(!answer.failed);
		assert.deepEqual([answer.uri, answer.fileName], [session.fixture.uri("acme-apac.usage.yaml"), "acme-apac.usage.yaml"]);
		assert.match(
			answer.text,
			/^# A new instance of the project Acme .*do not follow\.\nkind: instance\nname: Acme APAC\nproject: acme\.usage\.yaml\n/,
		);
		await session.lsp.open(answer.uri, answer.text);
		assert.deepEqual(codesOf(await session.lsp.pull(answer.uri)), []);
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
