import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { describe, it } from "mocha";
import { checkHistory } from "../../../core/history/check-history.ts";
import { readLogs } from "../../../core/history/read-logs.ts";
import { weekOf } from "../../../core/subscriptions/usage-week.ts";
import { createFixture } from "../../support/fixture-workspace.ts";
import { batchOf, compileWriter, createRandom, startWriter, type Writer } from "./kill-support.ts";

/** Files at the same time, how often writers of each are killed, how many write to it at once, and how many logs a batch has. */
const LANES: readonly { readonly rounds: number; readonly writers: number; readonly size: number }[] = [
	{ rounds: 30, writers: 1, size: 1 },
	{ rounds: 30, writers: 1, size: 40 },
	{ rounds: 20, writers: 1, size: 400 },
	{ rounds: 30, writers: 2, size: 15 },
	{ rounds: 15, writers: 2, size: 200 },
	{ rounds: 10, writers: 3, size: 5 },
];

describe("a history whose writers are killed", function () {
	this.timeout(300_000);

	it("is killed 200 times", () =>
		assert.equal(
			LANES.reduce((sum, { rounds, writers }) => sum + rounds * writers, 0),
			200,
		));

	it("has all that they have said to be stored, and whole batches only", async () => {
		const fixture = createFixture({});
		try {
			await compileWriter(fixture.path("compiled"));
			await Promise.all(LANES.map((lane, index) => runLane(lane, 1 + index, fixture.path("compiled"))));
		} finally {
			fixture.dispose();
		}
	});
});

async function runLane({ rounds, writers, size }: (typeof LANES)[number], seed: number, compiled: string): Promise<void> {
	const fixture = createFixture({});
	const random = createRandom(seed);
	const file = fixture.path(".usage-report/history.db");
	const all: Said[] = [];
	const next = Array.from({ length: writers }, () => 0);
	try {
		for (let round = 0; round < rounds; round++) {
			const running = next.map((first, index) => startWriter(file, `w${index}`, first, size, compiled));
			await Promise.all(running.map((writer) => killAtSomeMoment(writer, random)));
			assert.deepEqual(
				running.flatMap(({ failures }) => failures),
				[],
			);
			await checkWritten(
				file,
				running.map(({ name, stored }) => ({ name, stored, size })),
			);
			// What was stored without having been said is stored once more, which changes nothing.
			for (const [index, { name, stored }] of running.entries()) {
				next[index]! += stored.length;
				all.push({ name, stored, size });
			}
		}
		await checkWritten(file, all);
	} finally {
		fixture.dispose();
	}
}

/** Anywhere within its next batch, after some that it has stored; or anywhere in its beginning. */
async function killAtSomeMoment(writer: Writer, random: () => number): Promise<void> {
	const batches = Math.floor(random() * 4);
	const share = random();
	await writer.hasStored(batches);
	await setTimeout(share * writer.batchMs());
	await writer.kill();
}

/** Batches that a writer has said to be stored. */
interface Said {
	readonly name: string;
	readonly stored: readonly number[];
	readonly size: number;
}

async function checkWritten(file: string, said: readonly Said[]): Promise<void> {
	const read = await readLogs(file, null);
	assert.ok(!read.failed, JSON.stringify(read));
	const found = new Set(read.logs.map((log) => JSON.stringify(log)));
	const missing = said.flatMap(({ name, stored, size }) =>
		stored.flatMap((batch) => batchOf(name, batch, size).filter((log) => !found.has(JSON.stringify(log)))),
	);
	assert.deepEqual(missing, []);
	const sizes = new Map<string, number>();
	for (const { server, loggedAt } of read.logs) {
		const batch = `${server.split("-")[0]} ${weekOf(loggedAt)}`;
		sizes.set(batch, (sizes.get(batch) ?? 0) + 1);
	}
	assert.deepEqual(
		[...sizes].filter(([, count]) => count !== said[0]!.size),
		[],
		"half a batch is stored",
	);
	const checked = await checkHistory(file);
	assert.ok(!checked.failed, JSON.stringify(checked));
	assert.equal(checked.logs, read.logs.length);
}
