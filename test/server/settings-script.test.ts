import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Failure } from "../../server/protocol/requests.ts";
import type { SettingsScriptResult } from "../../server/protocol/settings-messages.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

describe("settings script", () => {
	const session = sessionPerTest(CLEAN_CLIENT);

	const ask = (name: string) =>
		session.lsp.request<SettingsScriptResult | Failure>("usageReport/settingsScript", { uri: session.fixture.uri(name) });

	it("is that of the text in the editor", async () => {
		const text = CLEAN_CLIENT["emea.usage.yaml"]!;
		await session.lsp.open(
			session.fixture.uri("emea.usage.yaml"),
			text.replace("Acme EMEA", "O'Brien").replace("UnusedCategoryLimit: 90", "UnusedCategoryLimit: 91"),
		);
		const answer = await ask("emea.usage.yaml");
		assert.ok(!answer.failed);
		assert.match(answer.text, /o\.\[Name\] = N'O''Brien'/);
		assert.match(answer.text, /\(3, N'UnusedCategoryLimit', 91\)/);
		assert.deepEqual(
			answer.leftOut.map(({ limit }) => limit),
			["UnusedCategoryLimit"],
		);
		assert.match(answer.leftOut[0]!.reasons.join(" "), /limits\/without-advice/);
	});

	it("is that of a project too", async () => {
		const answer = await ask("acme.usage.yaml");
		assert.match(answer.failed ? answer.message : answer.text, /FROM \[Project\] AS o\nINNER JOIN \[ProjectSetting\]/);
	});

	it("says in words why there is none", async () => {
		const answer = await ask("nobody.usage.yaml");
		assert.match(answer.failed ? answer.message : "", /There is no file/);
	});
}).timeout(120_000);
