import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createFaultLog } from "../../server/fault-log.ts";
import type { StatusResult } from "../../server/protocol/client-messages.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { TEST_NOW } from "../support/lsp-harness.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

describe("status", () => {
	const session = sessionPerTest(CLEAN_CLIENT);
	const ask = () => session.lsp.request<StatusResult>("usageReport/status", {});

	it("counts clients, instances and what is wrong with them, and loads nothing", async () => {
		const { loading, ...status } = await ask();
		assert.equal(typeof loading, "number");
		assert.deepEqual(status, {
			failed: false,
			clients: 1,
			instances: 1,
			errors: 0,
			warnings: 0,
			loaded: { instances: 0, installations: 0, bytes: 0 },
			lastError: null,
		});
	});

	it("counts the installations that are in memory, and their bytes", async () => {
		await session.lsp.pull(session.fixture.uri("emea.usage.yaml"));
		const { loaded, loading } = await ask();
		assert.deepEqual([loaded.instances, loaded.installations, loading], [1, 5, 0]);
		assert.ok(loaded.bytes > 0);
	});

	it("counts problems of open text", async () => {
		await session.lsp.open(session.fixture.uri("emea.usage.yaml"), "kind: instance\nname: 7 8\nwrong: 1\n");
		const { errors } = await ask();
		assert.ok(errors >= 1);
	});

	for (const { what, text, message } of [
		{ what: "a line", text: "usageReport/preview failed: RangeError", message: "usageReport/preview failed: RangeError" },
		{ what: "the first line of a stack", text: "x failed: Error: no\r\n    at y", message: "x failed: Error: no" },
	]) {
		it(`tells ${what} of the last error, with the time`, () => {
			const log = createFaultLog(() => TEST_NOW);
			assert.equal(log.last(), null);
			log.note("earlier");
			log.note(text);
			assert.deepEqual(log.last(), { message, at: "2026-11-04T21:30:00.000Z" });
		});
	}
}).timeout(120_000);
