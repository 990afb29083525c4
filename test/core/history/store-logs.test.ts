import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { afterEach, beforeEach, describe, it } from "mocha";
import { parseInstant } from "../../../core/dates/instant.ts";
import { readLogs } from "../../../core/history/read-logs.ts";
import { type StoredLogs, type StoreInput, storeLogs } from "../../../core/history/store-logs.ts";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";
import { createFixture, type FixtureWorkspace } from "../../support/fixture-workspace.ts";

/** "10-28 21:00:04 sent 40/3/2 v12" and the like: of the server `live`, or of the one that stands before a colon. */
function log(text: string): UsageLogRow {
	const match = /^(?:([^:]+): )?(\S+ \S+) (sent|computed) (\d+)\/(\d+)\/(\d+)(?: v(\S+))?$/.exec(text)!;
	const [, server = "live", at, kind, registered, enterprise, designers, version] = match;
	return {
		server,
		loggedAt: parseInstant(`2026-${at}Z`)!,
		activeRegistered: Number(registered),
		activeEnterprise: Number(enterprise),
		activeDesigners: Number(designers),
		...(version === undefined ? {} : { version }),
		...(kind === "computed" ? { isComputed: true } : {}),
	};
}

const PROJECT = { file: "../acme.usage.yaml", title: "Acme" };
const NOW = parseInstant("2026-11-05T09:00:00Z")!;

describe("storing logs in a history", () => {
	let fixture: FixtureWorkspace;
	let file: string;
	beforeEach(() => {
		fixture = createFixture({});
		file = fixture.path(".usage-report/history.db");
	});
	afterEach(() => fixture.dispose());

	async function store(texts: readonly string[], more: Partial<StoreInput> = {}): Promise<StoredLogs> {
		const result = await storeLogs(file, { project: PROJECT, logs: texts.map(log), replaceComputed: false, now: NOW, ...more });
		assert.ok(!result.failed, JSON.stringify(result));
		return result;
	}

	async function stored(servers: readonly string[] | null = null, project: string | null = null): Promise<readonly UsageLogRow[]> {
		const read = await readLogs(file, servers === null ? null : { servers, project });
		assert.ok(!read.failed, JSON.stringify(read));
		return read.logs;
	}

	const cases: readonly {
		readonly name: string;
		readonly before: readonly string[];
		readonly logs: readonly string[];
		readonly replace?: boolean;
		readonly outcome: string;
		readonly after: readonly string[];
	}[] = [
		{ name: "a new log", before: [], logs: ["10-28 21:00:04 sent 40/3/2"], outcome: "1 added", after: ["10-28 21:00:04 sent 40/3/2"] },
		{
			name: "the same log",
			before: ["10-28 21:00:04 sent 40/3/2 v12"],
			logs: ["10-28 21:00:04 sent 40/3/2 v12"],
			outcome: "1 unchanged",
			after: ["10-28 21:00:04 sent 40/3/2 v12"],
		},
		{
			name: "several logs of a week: the latest",
			before: [],
			logs: ["10-28 21:10:00 sent 41/3/2", "10-28 21:00:04 sent 40/3/2"],
			outcome: "1 added",
			after: ["10-28 21:10:00 sent 41/3/2"],
		},
		{
			name: "logs on both sides of the end of a week",
			before: [],
			logs: ["11-04 20:59:59.999 sent 40/3/2", "11-04 21:00:00 sent 41/3/2"],
			outcome: "2 added",
			after: ["11-04 20:59:59.999 sent 40/3/2", "11-04 21:00:00 sent 41/3/2"],
		},
		{
			name: "a later sent log for an earlier one",
			before: ["10-28 21:00:04 sent 40/3/2"],
			logs: ["10-28 21:10:00 sent 41/3/2"],
			outcome: "1 replaced",
			after: ["10-28 21:10:00 sent 41/3/2"],
		},
		{
			name: "an earlier sent log does not count",
			before: ["10-28 21:10:00 sent 41/3/2"],
			logs: ["10-28 21:00:04 sent 40/3/2"],
			outcome: "1 unchanged",
			after: ["10-28 21:10:00 sent 41/3/2"],
		},
		{
			name: "a sent log that was corrected at its source",
			before: ["10-28 21:00:04 sent 40/3/2"],
			logs: ["10-28 21:00:04 sent 42/3/2"],
			outcome: "1 replaced",
			after: ["10-28 21:00:04 sent 42/3/2"],
		},
		{
			name: "a sent log for a computed one",
			before: ["10-28 21:00:00 computed 39/3/2"],
			logs: ["10-28 21:00:04 sent 40/3/2"],
			outcome: "1 replaced",
			after: ["10-28 21:00:04 sent 40/3/2"],
		},
		{
			name: "a sent log of the same instant for a computed one, even with the same figures",
			before: ["10-28 21:00:00 computed 40/3/2"],
			logs: ["10-28 21:00:00 sent 40/3/2"],
			outcome: "1 replaced",
			after: ["10-28 21:00:00 sent 40/3/2"],
		},
		{
			name: "a computed log never counts where one was sent",
			before: ["10-28 21:00:00 sent 40/3/2"],
			logs: ["10-28 21:00:00 computed 50/3/2"],
			replace: true,
			outcome: "1 unchanged",
			after: ["10-28 21:00:00 sent 40/3/2"],
		},
		{
			name: "a computed log stays",
			before: ["10-28 21:00:00 computed 40/3/2"],
			logs: ["10-28 21:00:00 computed 38/3/2"],
			outcome: "1 kept",
			after: ["10-28 21:00:00 computed 40/3/2"],
		},
		{
			name: "a computed log is replaced when that is asked for",
			before: ["10-28 21:00:00 computed 40/3/2"],
			logs: ["10-28 21:00:00 computed 38/3/2"],
			replace: true,
			outcome: "1 replaced",
			after: ["10-28 21:00:00 computed 38/3/2"],
		},
		{
			name: "the same computed log",
			before: ["10-28 21:00:00 computed 40/3/2"],
			logs: ["10-28 21:00:00 computed 40/3/2"],
			replace: true,
			outcome: "1 unchanged",
			after: ["10-28 21:00:00 computed 40/3/2"],
		},
		{
			name: "of a sent and a computed log of the same instant the sent one, whatever their order",
			before: [],
			logs: ["10-28 21:00:00 sent 40/3/2", "10-28 21:00:00 computed 39/3/2"],
			outcome: "1 added",
			after: ["10-28 21:00:00 sent 40/3/2"],
		},
		{
			name: "a version that the source does not say any more stays known",
			before: ["10-28 21:00:04 sent 40/3/2 v12"],
			logs: ["10-28 21:00:04 sent 41/3/2"],
			outcome: "1 replaced",
			after: ["10-28 21:00:04 sent 41/3/2 v12"],
		},
		{
			name: "the version of another instant is not taken over",
			before: ["10-28 21:00:04 sent 40/3/2 v12"],
			logs: ["10-28 21:10:00 sent 40/3/2"],
			outcome: "1 replaced",
			after: ["10-28 21:10:00 sent 40/3/2"],
		},
		{
			name: "logs in the future are left out, and counted",
			before: [],
			logs: ["11-05 09:00:00 sent 40/3/2", "11-05 09:00:00.001 sent 41/3/2"],
			outcome: "1 added, 1 future",
			after: ["11-05 09:00:00 sent 40/3/2"],
		},
		{
			name: "names are trimmed, and compared exactly",
			before: ["live: 10-28 21:00:04 sent 40/3/2"],
			logs: [" live : 10-28 21:00:04 sent 40/3/2", "Live: 10-28 21:00:04 sent 7/0/0", "ŁÓDŹ-🏭: 10-28 21:00:04 sent 8/0/0"],
			outcome: "2 added, 1 unchanged",
			after: ["Live: 10-28 21:00:04 sent 7/0/0", "live: 10-28 21:00:04 sent 40/3/2", "ŁÓDŹ-🏭: 10-28 21:00:04 sent 8/0/0"],
		},
	];
	for (const { name, before, logs, replace = false, outcome, after } of cases) {
		it(name, async () => {
			if (before.length > 0) await store(before);
			const { added, replaced, unchanged, kept, future } = await store(logs, { replaceComputed: replace });
			const counts = Object.entries({ added, replaced, unchanged, kept, future });
			assert.equal(
				counts
					.filter(([, count]) => count > 0)
					.map(([what, count]) => `${count} ${what}`)
					.join(", "),
				outcome,
			);
			assert.deepEqual(await stored(), after.map(log));
		});
	}

	it("names the first logs that stay though they differ", async () => {
		const texts = (registered: number) =>
			["a", "b", "c", "d", "e", "f"].map((server) => `${server}: 10-28 21:00:00 computed ${registered}/3/2`);
		await store(texts(40));
		const { kept, differing } = await store(texts(38));
		assert.equal(kept, 6);
		assert.deepEqual(
			differing.map(({ stored: old, computed }) => [old, computed]),
			["a", "b", "c", "d", "e"].map((server) => [
				log(`${server}: 10-28 21:00:00 computed 40/3/2`),
				log(`${server}: 10-28 21:00:00 computed 38/3/2`),
			]),
		);
	});

	it("writes nothing when nothing is new", async () => {
		await store(["10-28 21:00:04 sent 40/3/2"]);
		const before = { content: readFileSync(file), time: statSync(file).mtimeMs };
		await store(["10-28 21:00:04 sent 40/3/2"]);
		assert.ok(readFileSync(file).equals(before.content));
		assert.equal(statSync(file).mtimeMs, before.time);
	});

	it("makes no file when there is nothing to store", async () => {
		await store(["11-11 21:00:04 sent 40/3/2"]);
		assert.equal(existsSync(fixture.path(".usage-report")), false);
		assert.deepEqual(await stored(), []);
	});

	it("keeps git from taking the folder that it makes", async () => {
		await store(["10-28 21:00:04 sent 40/3/2"]);
		assert.equal(readFileSync(fixture.path(".usage-report/.gitignore"), "utf8"), "*\n");
	});

	it("reads what is asked for by name, and what is noted for a project", async () => {
		await store(["a: 10-28 21:00:04 sent 1/0/0", "b: 10-28 21:00:04 sent 2/0/0"]);
		await store(["b: 11-04 21:00:04 sent 3/0/0", "c: 11-04 21:00:04 sent 4/0/0"], {
			project: { file: "../other.usage.yaml", title: "Other" },
		});
		await store(["d: 11-04 21:00:04 sent 5/0/0"], { project: null });
		const servers = async (names: readonly string[], project: string | null) =>
			(await stored(names, project)).map(({ server, activeRegistered }) => `${server}${activeRegistered}`).join();
		assert.equal(await servers([], null), "");
		assert.equal(await servers(["d", "unknown", "a"], null), "a1,d5");
		assert.equal(await servers([], "../acme.usage.yaml"), "a1,b2,b3");
		assert.equal(await servers(["d"], "../other.usage.yaml"), "b2,b3,c4,d5");
		assert.equal(await servers([], "../third.usage.yaml"), "");
	});

	it("is aborted without having stored anything", async () => {
		await store(["10-28 21:00:04 sent 40/3/2"]);
		const controller = new AbortController();
		controller.abort(new Error("enough"));
		const input = { project: PROJECT, logs: [log("11-04 21:00:04 sent 41/3/2")], replaceComputed: false, now: NOW };
		await assert.rejects(storeLogs(file, input, { signal: controller.signal }), /enough/);
		assert.equal((await stored()).length, 1);
	});
});
