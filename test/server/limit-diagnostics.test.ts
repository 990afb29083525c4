import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { commitAll } from "../support/git-repository.ts";
import { codesOf, type LspSession, startLsp } from "../support/lsp-harness.ts";

const POLICIES = "reclaimPolicies:\n  - { name: Reclaim, products: [Excel], categories: [Unused], action: mandatory, state: published }\n";
const ADVICE = "limitAdvice: [{ limit: UnusedCategoryLimit, value: 45, reference: CASE-1, date: 2026-09-14 }]\n";
const INSTANCE = `${CLEAN_CLIENT["emea.usage.yaml"]}${POLICIES}${ADVICE}`;

describe("diagnostics of limits", () => {
	let fixture: FixtureWorkspace;
	let session: LspSession | null = null;

	beforeEach(() => {
		fixture = createFixture({ ...CLEAN_CLIENT, "emea.usage.yaml": INSTANCE });
		commitAll(fixture.root);
	});
	afterEach(async () => {
		await session?.dispose();
		session = null;
		fixture.dispose();
	});

	const uri = () => fixture.uri("emea.usage.yaml");
	const withUnused = (days: number) => INSTANCE.replace("UnusedCategoryLimit: 90", `UnusedCategoryLimit: ${days}`);

	async function changedIn(lsp: LspSession): Promise<string | undefined> {
		const message = (await lsp.pull(uri())).find(({ code }) => code === "limits/changed")?.message;
		return typeof message === "string" ? message : message?.value;
	}

	it("come with the effect later, when the client is not kept waiting, and at once from then on", async () => {
		session = await startLsp({ folders: [fixture.rootUri], server: { patienceMs: 0 } });
		await session.open(uri(), withUnused(45));
		const effect = /90 → 45 \(committed: 90\): 1 installation becomes Unused instead of Rarely Used; "Reclaim" would reclaim 1 more/;
		for (let message = await changedIn(session); message === undefined || !effect.test(message); message = await changedIn(session)) {
			assert.match(message ?? "changed from the committed 90", /changed from the committed 90/);
			await session.next("workspace/diagnostic/refresh");
		}
		await session.change(uri(), withUnused(51));
		assert.match((await changedIn(session)) ?? "", /90 → 51 \(committed: 90\): no installation changes category\./);
	});

	for (const { reclaimExposure, told } of [
		{ reclaimExposure: undefined, told: true },
		{ reclaimExposure: 0, told: true },
		{ reclaimExposure: 1, told: false },
		{ reclaimExposure: -1, told: true },
		{ reclaimExposure: "1", told: true },
	]) {
		it(`${told ? "tell" : "do not tell"} of an exposed installation with usageReport.reclaimExposure ${JSON.stringify(reclaimExposure)}`, async () => {
			session = await startLsp({ folders: [fixture.rootUri], settings: { reclaimExposure } });
			await session.open(uri(), withUnused(45));
			assert.equal(codesOf(await session.pull(uri())).includes("limits/reclaim-exposure"), told);
		});
	}
});
