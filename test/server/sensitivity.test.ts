import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { ImpactResult, PreviewLimits, SensitivityResult } from "../../server/protocol/preview-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { makeKnownClient } from "../support/known-client.ts";
import { type LspSession, startLsp } from "../support/lsp-harness.ts";
import { toLimits } from "./preview-support.ts";

describe("sensitivity of a preview", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;
	before(async () => {
		fixture = createFixture(makeKnownClient("7,30,90"));
		lsp = await startLsp({ folders: [fixture.rootUri] });
	});
	after(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	const uri = () => fixture.uri("emea.usage.yaml");
	const ask = (limits: unknown) => lsp.request<SensitivityResult | Failure>("usageReport/sensitivity", { uri: uri(), limits });

	for (const text of ["7,30,90", "0,0,0", "40,31,32", "7,90,30", "36500,36500,36500"]) {
		it(`gives for ${text} what the impact of each value is`, async () => {
			const limits = toLimits(text);
			const answer = await ask(limits);
			assert.ok(!answer.failed, JSON.stringify(answer));
			assert.deepEqual(
				answer.curves.map(({ limit }) => limit),
				Object.keys(limits),
			);
			for (const curve of answer.curves) {
				const { limit, values } = curve;
				assert.equal(values[0], 0);
				assert.ok(values.includes(limits[limit]));
				assert.ok(values.at(-1)! >= Math.min(36_500, 2 * Math.max(...Object.values(limits))));
				assert.ok(values.length <= 1003, `${values.length} values`);
				assert.deepEqual(
					values,
					[...new Set(values)].toSorted((one, other) => one - other),
				);
				const some = values.flatMap((value, place) => (place % 29 === 0 || place === values.length - 1 ? [{ value, place }] : []));
				for (const { value, place } of some) {
					const tried: PreviewLimits = { ...limits, [limit]: value };
					const { totals } = await lsp.request<ImpactResult>("usageReport/impact", { uri: uri(), limits: tried });
					const unreported = totals.slice(3).reduce((sum, count) => sum + count, 0);
					assert.deepEqual(
						[curve.used[place], curve.rarelyUsed[place], curve.unused[place], curve.unreported[place]],
						[...totals.slice(0, 3), unreported],
						`${limit} ${value}`,
					);
				}
			}
		});
	}

	it("answers what makes no sense in words", async () => {
		for (const limits of [undefined, null, 7, { UsedCategoryLimit: 3 }, toLimits("7,30,99999")]) {
			const answer = await ask(limits);
			assert.match(answer.failed ? answer.message : "", /three whole numbers of days from 0 to 36500/);
		}
	});
}).timeout(120_000);
