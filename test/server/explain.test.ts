import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ExplainResult } from "../../server/protocol/preview-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

describe("explain", () => {
	const session = sessionPerTest(CLEAN_CLIENT);

	const explain = (device: unknown, product: unknown, name = "emea.usage.yaml") =>
		session.lsp.request<ExplainResult | Failure>("usageReport/explain", { uri: session.fixture.uri(name), device, product });

	it("says which rule decided and why, and where the installation stands in the data", async () => {
		const answer = await explain("d1", "Visio");
		assert.ok(!answer.failed, JSON.stringify(answer));
		const { steps, ruleText, nextChange, ...rest } = answer;
		assert.deepEqual(rest, {
			failed: false,
			device: "d1",
			product: "Visio",
			category: "Unused",
			reason: null,
			rule: 8,
			inventoryDate: { date: "2026-11-03", inFuture: false },
			installDate: { date: "2025-01-01", inFuture: false },
			lastUsageDate: { date: "2026-06-01", inFuture: false },
			ownLastUsageDate: { date: "2026-06-01", inFuture: false },
			latestDeviceUsage: "2026-11-03",
			productReportsUsage: true,
			ages: { inventoryAge: 0, usageLag: 0, usageAge: 155, installAge: 671 },
			place: { source: "installs", uri: session.fixture.uri("data/installs.csv"), path: "data/installs.csv", row: 4, line: 4 },
		});
		assert.deepEqual([steps.length, steps.at(-1)?.matched, steps[0]?.matched], [8, true, false]);
		assert.notEqual(ruleText, "");
		assert.equal(nextChange, null);
	});

	it("explains what was shown, also when the data has changed or is gone", async () => {
		await session.lsp.request("usageReport/preview", { uri: session.fixture.uri("emea.usage.yaml") });
		session.fixture.remove("data/installs.csv");
		const answer = await explain("d2", "Word");
		assert.equal(!answer.failed && answer.place.row, 5);
	});

	const refusals: readonly { device: unknown; product: unknown; name?: string; message: RegExp }[] = [
		{ device: "d2", product: "Visio", message: /no installation of "Visio" on "d2"/ },
		{ device: "D1", product: "Visio", message: /no installation/ },
		{ device: null, product: 7, message: /no installation/ },
		{ device: "d1", product: "Visio", name: "acme.usage.yaml", message: /is a project/ },
	];
	for (const { device, product, name, message } of refusals) {
		it(`answers ${JSON.stringify([device, product, name])} in words`, async () => {
			const answer = await explain(device, product, name);
			assert.ok(answer.failed);
			assert.match(answer.message, message);
		});
	}
}).timeout(120_000);
