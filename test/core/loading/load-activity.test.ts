import assert from "node:assert/strict";
import { statSync } from "node:fs";
import fc from "fast-check";
import type { DataSource } from "../../../core/config/model.ts";
import { MS_PER_DAY } from "../../../core/dates/instant.ts";
import { loadUsageLogs, type UsageLogJobs } from "../../../core/loading/load-usage-logs.ts";
import type { LoadProgress } from "../../../core/loading/loaded.ts";
import { readActivity } from "../../../core/loading/read-activity.ts";
import { countActivity } from "../../../core/subscriptions/count-activity.ts";
import type { UsageLogRow, UserAccess, UserType } from "../../../core/subscriptions/usage-log.ts";
import { referenceLogs } from "../../support/reference-report.ts";
import { createFolder, type Folder, makeSource } from "../connectors/source-fixture.ts";

const AS_OF = Date.UTC(2026, 10, 12, 12);
const HEAD = "server,user,userType,accessedAt\n";

describe("load accesses", function () {
	this.timeout(120_000);

	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	/** Reads each file in two parts that are cut at a place. */
	const cutAt = (place: (bytes: number) => number): UsageLogJobs => ({
		readActivity: (request, signal, onProgress) => readActivity(request, { signal, onProgress }),
		countActivity: async (tallies, asOf) => countActivity(tallies, asOf),
		plan: async (_source, path) => {
			const middle = Math.max(1, place(statSync(path!).size));
			return [
				{ from: 0, to: middle, exact: true },
				{ from: middle, to: null, exact: false },
			];
		},
	});

	function load(contents: readonly string[], jobs?: UsageLogJobs, values: Partial<DataSource> = {}, progress: LoadProgress[] = []) {
		const sources = contents.map((content, index) => {
			folder.write(`source-${index}.csv`, content);
			return makeSource({ index, name: `s${index}`, provides: "userActivity", path: `source-${index}.csv`, ...values });
		});
		return loadUsageLogs(sources, AS_OF, {
			resolvePath: (path) => folder.file(path),
			signal: new AbortController().signal,
			onProgress: (step) => progress.push(step),
			...(jobs === undefined ? {} : { jobs }),
		});
	}

	const access = fc.record({
		server: fc.constantFrom("s", "t", "ü"),
		user: fc.constantFrom("ann", "bob", 'c "x"', "dé"),
		userType: fc.constantFrom<UserType>("Registered", "Enterprise", "Designer"),
		accessedAt: fc
			.tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom(0, 1, -1, 75_600_000, 75_600_001, 12_345_678))
			.map(([days, ms]) => Date.UTC(2026, 10, 12) - days * MS_PER_DAY + ms)
			.filter((instant) => instant <= AS_OF),
	});

	it("counts as the reference does, whatever the files and their parts are", () =>
		fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(access, { maxLength: 25 }), { minLength: 1, maxLength: 3 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				async (lists, share) => {
					const expected = sortLogs(referenceLogs(lists.flat(), AS_OF));
					const files = lists.map(toCsv);
					for (const jobs of [undefined, cutAt((bytes) => Math.floor(share * (bytes + 2)))]) {
						const { value, problemCount, failures } = await load(files, jobs);
						assert.deepEqual([problemCount, failures], [0, []]);
						assert.deepEqual(sortLogs(value!), expected);
					}
				},
			),
			{ numRuns: 300 },
		));

	it("takes the type of the later access in the file, of the later part and of the later source at the same instant", async () => {
		const line = (type: string) => `s,ann,${type},2026-11-05 10:00\n`;
		const typeOf = async (files: readonly string[], jobs?: UsageLogJobs) => {
			const latest = (await load(files, jobs)).value!.at(-1)!;
			return [latest.activeRegistered, latest.activeEnterprise, latest.activeDesigners];
		};
		const both = HEAD + line("Designer") + line("Enterprise");
		assert.deepEqual(await typeOf([both]), [0, 1, 0]);
		assert.deepEqual(
			await typeOf(
				[both],
				cutAt((bytes) => bytes - 3),
			),
			[0, 1, 0],
		);
		assert.deepEqual(
			await typeOf(
				[both],
				cutAt(() => HEAD.length + 3),
			),
			[0, 1, 0],
		);
		assert.deepEqual(await typeOf([HEAD + line("Designer"), HEAD + line("Registered")]), [1, 0, 0]);
		assert.deepEqual(
			await typeOf(
				[HEAD + line("Registered"), HEAD + line("Designer")],
				cutAt(() => HEAD.length),
			),
			[0, 0, 1],
		);
	});

	it("counts the rows of problems from the beginning of the file, also where a cut lies inside of a quoted cell", async () => {
		const content = [
			HEAD,
			"s,ann,Registered,2026-11-02\n",
			",bob,Registered,2026-11-02\n",
			'"s\n,x,y,z\n",cid,Admin,soon\n',
			"\n",
			"s,,Registered,2026-11-02\n",
			"s,dan,Designer,2026-11-13\n",
			"s,eve,Designer,2026-13-11,more\n",
			"s,fay,,2026-11-05\n",
		].join("");
		const { seenDates, ...whole } = await load([content]);
		assert.deepEqual(
			whole.problems.map(({ code, row, column }) => `${code} ${row} ${column}`),
			[
				"source/missing-key 3 server",
				"source/unknown-user-type 4 userType",
				"source/unparseable-date 4 accessedAt",
				"source/missing-key 6 user",
				"source/future-access 7 accessedAt",
				"source/surplus-cells 8 null",
				"source/unparseable-date 8 accessedAt",
				"source/unknown-user-type 9 userType",
			],
		);
		assert.deepEqual(seenDates, [{ source: "s0", unread: ["2026-13-11"], read: 3, early: 2 }]);
		const sorted = (counts: typeof whole.counts) =>
			counts.toSorted((one, other) => Number(one.code > other.code) - Number(one.code < other.code));
		for (let cut = 1; cut <= content.length + 1; cut++) {
			const parts = await load(
				[content],
				cutAt(() => cut),
			);
			assert.deepEqual(parts.value, whole.value, `cut at ${cut}`);
			assert.deepEqual(parts.problems, whole.problems, `cut at ${cut}`);
			assert.deepEqual(sorted(parts.counts), sorted(whole.counts), `cut at ${cut}`);
			assert.deepEqual(parts.seenDates, seenDates, `cut at ${cut}`);
		}
	});

	it("keeps the first 1,000 problems of a code over all parts, and counts all", async () => {
		const content = HEAD + Array.from({ length: 2500 }, (_, row) => `s,u${row},Admin,2026-11-${row % 2 === 0 ? "02" : "31"}\n`).join("");
		for (const jobs of [undefined, cutAt((bytes) => Math.floor(bytes / 3))]) {
			const { problems, problemCount, counts } = await load([content], jobs);
			assert.equal(problemCount, 3750);
			assert.deepEqual(counts.map(({ source, code, count }) => `${source} ${code} ${count}`).sort(), [
				"s0 source/unknown-user-type 2500",
				"s0 source/unparseable-date 1250",
			]);
			for (const [code, last] of [
				["source/unknown-user-type", 1001],
				["source/unparseable-date", 2001],
			] as const) {
				const kept = problems.filter((problem) => problem.code === code);
				assert.deepEqual([kept.length, kept.at(-1)!.row], [1000, last]);
			}
			assert.ok(problems.every(({ message }) => !/u\d/.test(message)));
		}
	});

	it("tells how far it has come in bytes of the file", async () => {
		const content = HEAD + "s,ann,Registered,2026-11-02 10:00:00\n".repeat(1000);
		const progress: LoadProgress[] = [];
		await load([content], undefined, {}, progress);
		assert.deepEqual(progress.at(-1), { sourceName: "s0", rows: 1000, bytes: content.length, totalBytes: content.length });
	});

	it("tells the row of a fault in a later part as it is counted in the whole file", async () => {
		const content = `${HEAD}${"s,ann,Registered,2026-11-02\n".repeat(100)}s,"ann"x,Registered,2026-11-02\n`;
		const whole = await load([content]);
		const parts = await load(
			[content],
			cutAt((bytes) => Math.floor(bytes / 2)),
		);
		assert.match(whole.failures[0]!.message, /Row 102 /);
		assert.deepEqual(parts.failures, whole.failures);
		assert.equal(parts.value, null);
	});
});

function toCsv(accesses: readonly UserAccess[]): string {
	const quote = (text: string) => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text);
	const lines = accesses.map(
		({ server, user, userType, accessedAt }) => `${server},${quote(user)},${userType},${new Date(accessedAt).toISOString()}\r\n`,
	);
	return HEAD + lines.join("");
}

function sortLogs(logs: readonly UsageLogRow[]): readonly UsageLogRow[] {
	return logs.toSorted((a, b) => a.server.localeCompare(b.server) || a.loggedAt - b.loggedAt);
}
