import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { ImpactResult, PreviewSummary } from "../../server/protocol/preview-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { type LspSession, startLsp } from "../support/lsp-harness.ts";
import { createNotingJobs } from "../support/noting-jobs.ts";

describe("impact", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;
	let jobs: string[];

	beforeEach(async () => {
		jobs = [];
		fixture = createFixture(CLEAN_CLIENT);
		lsp = await startLsp({ folders: [fixture.rootUri], server: { jobs: createNotingJobs(jobs) } });
	});
	afterEach(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	const uri = () => fixture.uri("emea.usage.yaml");
	const limits = (install: unknown, used: unknown, unused: unknown) => ({
		InstallDateCutOffLimit: install,
		UsedCategoryLimit: used,
		UnusedCategoryLimit: unused,
	});
	const impact = (more: object) => lsp.request<ImpactResult | Failure>("usageReport/impact", { uri: uri(), ...more });
	const preview = () => lsp.request<PreviewSummary>("usageReport/preview", { uri: uri() });

	const comparisons: readonly { to: readonly [number, number, number]; moves: ImpactResult["moves"] }[] = [
		{ to: [7, 30, 90], moves: [] },
		{ to: [7, 60, 90], moves: [{ from: "Rarely Used", to: "Used", count: 1 }] },
		{
			to: [7, 3, 40],
			moves: [
				{ from: "Used", to: "Rarely Used", count: 1 },
				{ from: "Rarely Used", to: "Unused", count: 1 },
			],
		},
	];
	for (const { to, moves } of comparisons) {
		it(`tells what ${to.join(", ")} would make of 7, 30, 90, as a preview with them counts`, async () => {
			const shown = await preview();
			const answer = await impact({ limits: limits(...to) });
			assert.ok(!answer.failed, JSON.stringify(answer));
			assert.deepEqual([answer.from, answer.to], [shown.limits, limits(...to)]);
			assert.deepEqual([answer.moves, answer.moved], [moves, moves.reduce((sum, { count }) => sum + count, 0)]);
			const [, used, unused] = to;
			const text = CLEAN_CLIENT["emea.usage.yaml"]!.replace("UsedCategoryLimit: 30", `UsedCategoryLimit: ${used}`);
			await lsp.open(uri(), text.replace("UnusedCategoryLimit: 90", `UnusedCategoryLimit: ${unused}`));
			const other = await preview();
			assert.deepEqual([answer.totals, answer.worth], [other.totals.map(({ count }) => count), other.worth]);
		});
	}

	it("reads and categorizes nothing for it", async () => {
		await preview();
		jobs.length = 0;
		for (const used of [10, 20, 30]) assert.equal((await impact({ limits: limits(7, used, 90) })).failed, false);
		assert.deepEqual(jobs, ["profile"]);
	});

	it("answers what makes no sense in words", async () => {
		for (const given of [null, limits(7, "30", 90), limits(-1, 30, 90), limits(7, 1.5, 90), { UsedCategoryLimit: 3 }]) {
			const answer = await impact({ limits: given });
			assert.match(answer.failed ? answer.message : "", /three whole numbers/);
		}
		const answer = await impact({ uri: fixture.uri("acme.usage.yaml"), limits: limits(7, 30, 90) });
		assert.match(answer.failed ? answer.message : "", /is a project/);
	});
}).timeout(120_000);
