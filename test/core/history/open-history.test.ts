import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, it } from "mocha";
import { checkHistory } from "../../../core/history/check-history.ts";
import type { HistoryCode, HistoryFailure } from "../../../core/history/history-failure.ts";
import { APPLICATION_ID, identify, MIGRATIONS, migrate } from "../../../core/history/history-schema.ts";
import { readLogs } from "../../../core/history/read-logs.ts";
import { storeLogs } from "../../../core/history/store-logs.ts";
import { createFixture, type FixtureWorkspace } from "../../support/fixture-workspace.ts";
import { asOrdinaryUser } from "../../support/ordinary-user.ts";
import { batchOf } from "./kill-support.ts";

describe("opening a history", () => {
	let fixture: FixtureWorkspace;
	let file: string;
	const children: ChildProcess[] = [];
	beforeEach(() => {
		fixture = createFixture({});
		file = fixture.path("history.db");
	});
	afterEach(async () => {
		await Promise.all(
			children.splice(0).map(async (child) => {
				const ended = once(child, "exit");
				if (child.exitCode === null && child.kill("SIGKILL")) await ended;
			}),
		);
		fixture.dispose();
	});

	const store = (batch: number, waitMs = 0) =>
		storeLogs(
			file,
			{
				project: { file: "acme.usage.yaml", title: "Acme" },
				logs: batchOf("live", batch, 300),
				replaceComputed: false,
				now: Number.POSITIVE_INFINITY,
			},
			{ waitMs },
		);
	const read = () => readLogs(file, null, { waitMs: 0 });

	async function fill(): Promise<void> {
		for (const batch of [0, 1, 2]) {
			const stored = await store(batch);
			assert.ok(!stored.failed, JSON.stringify(stored));
		}
	}

	function expect(result: { readonly failed: false } | HistoryFailure, code: HistoryCode, message: RegExp): void {
		assert.ok(result.failed, JSON.stringify(result).slice(0, 200));
		assert.equal(result.code, code);
		assert.match(result.message, message);
		assert.ok(result.message.includes(file), result.message);
	}

	async function expectAll(code: HistoryCode, message: RegExp): Promise<void> {
		expect(await store(9), code, message);
		expect(await read(), code, message);
		expect(await checkHistory(file, { waitMs: 0 }), code, message);
	}

	/** Starts a program that runs some SQL on the file and then keeps it open. */
	async function hold(sql: string): Promise<ChildProcess> {
		const child = spawn(process.execPath, [join(import.meta.dirname, "lock-program.ts"), file, sql], {
			stdio: ["pipe", "pipe", "inherit"],
		});
		children.push(child);
		await once(child.stdout, "data");
		return child;
	}

	it("takes a file that is not there, and an empty one, for a history without logs", async () => {
		assert.deepEqual(await read(), { failed: false, logs: [] });
		assert.equal(existsSync(file), false);
		writeFileSync(file, "");
		assert.deepEqual(await read(), { failed: false, logs: [] });
		const checked = await checkHistory(file);
		assert.deepEqual(checked.failed ? checked : [checked.version, checked.logs], [0, 0]);
		await fill();
	});

	it("writes with a write-ahead log, an id and a version, into strict tables", async () => {
		await fill();
		const database = new Database(file);
		try {
			assert.equal(database.pragma("journal_mode", { simple: true }), "wal");
			assert.equal(database.pragma("application_id", { simple: true }), APPLICATION_ID);
			assert.equal(database.pragma("user_version", { simple: true }), MIGRATIONS.length);
			const tables = database.prepare(
				"SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name",
			);
			assert.deepEqual(tables.raw().all(), [
				["log", 1],
				["project", 1],
				["project_server", 1],
			]);
		} finally {
			database.close();
		}
	});

	it("says what it holds when it is checked", async () => {
		await fill();
		const checked = await checkHistory(file);
		assert.ok(!checked.failed);
		const { version, servers, logs, computed, weeks, from, to } = checked;
		assert.deepEqual([version, servers, logs, computed, weeks], [MIGRATIONS.length, 300, 900, 0, 3]);
		assert.deepEqual([from, to], [batchOf("live", 0, 1)[0]!.loggedAt, batchOf("live", 2, 300)[299]!.loggedAt]);
	});

	describe("of an older version", () => {
		it("takes the missing steps forward, and keeps what is there", async () => {
			await fill();
			const steps = [...MIGRATIONS, "ALTER TABLE log ADD COLUMN note TEXT", "UPDATE log SET note = server"];
			const database = new Database(file);
			try {
				migrate(database, file, steps);
				assert.deepEqual(identify(database, file, steps.length), { isEmpty: false, version: MIGRATIONS.length + 2 });
				assert.equal(database.prepare("SELECT count(*) FROM log WHERE note = server").pluck().get(), 900);
				migrate(database, file, steps);
			} finally {
				database.close();
			}
			// For this program it is a newer one now.
			await expectAll("history/newer-version", /newer version of Usage Report.*Update Usage Report, or name another file \(--history FILE/);
		});

		it("stays as it was when a step fails", async () => {
			await fill();
			const database = new Database(file);
			try {
				assert.throws(() => migrate(database, file, [...MIGRATIONS, "DELETE FROM log; CREATE TABLE log (x)"]), /already exists/);
				assert.deepEqual(identify(database, file), { isEmpty: false, version: MIGRATIONS.length });
			} finally {
				database.close();
			}
			const { logs } = (await read()) as { readonly logs: readonly unknown[] };
			assert.equal(logs.length, 900);
		});
	});

	const untouched: readonly {
		readonly name: string;
		readonly code: HistoryCode;
		readonly message: RegExp;
		readonly make: () => Promise<void> | void;
	}[] = [
		{
			name: "a newer version",
			code: "history/newer-version",
			message: /was made by a newer version of Usage Report \(format 99; this one knows 1\)/,
			make: async () => {
				await fill();
				change("PRAGMA user_version = 99");
			},
		},
		{
			name: "a database of another program",
			code: "history/foreign",
			message:
				/is a database of another program.*It is left as it is: name another file \(--history FILE, or the setting usageReport\.history\)/,
			make: () => change("CREATE TABLE customers (name TEXT); INSERT INTO customers VALUES ('Acme')"),
		},
		{
			name: "a database with the id of another program",
			code: "history/foreign",
			message: /is a database of another program/,
			make: () => change("PRAGMA application_id = 1234; CREATE TABLE log (server TEXT)"),
		},
		{
			name: "a text",
			code: "history/damaged",
			message:
				/is damaged, or is no database \(file is not a database\)\. It is left as it is\. Move it to another folder, with history\.db-wal and history\.db-shm if they are there\. .*history import/,
			make: () => writeFileSync(file, "server,loggedAt\n".repeat(100)),
		},
		{
			name: "a history whose head is overwritten",
			code: "history/damaged",
			message: /is damaged, or is no database/,
			make: async () => {
				await fill();
				overwrite(0, 100);
			},
		},
		{
			name: "a history that was cut off",
			code: "history/damaged",
			message: /is damaged, or is no database/,
			make: async () => {
				await fill();
				truncateSync(file, 3 * 4096);
			},
		},
		{
			name: "a history whose tables are overwritten",
			code: "history/damaged",
			message: /is damaged, or is no database/,
			make: async () => {
				await fill();
				overwrite(4096, statSync(file).size);
			},
		},
		{
			name: "a history that has lost a table",
			code: "history/damaged",
			message: /no such table/,
			make: async () => {
				await fill();
				change("DROP TABLE log");
			},
		},
	];
	for (const { name, code, message, make } of untouched) {
		it(`leaves ${name} as it is, and says so`, async () => {
			await make();
			const before = readFileSync(file);
			await expectAll(code, message);
			assert.ok(readFileSync(file).equals(before));
		});
	}

	it("finds a damage that only a check of everything shows", async () => {
		await fill();
		const size = statSync(file).size;
		overwrite(size - 4096 + 2000, size);
		expect(await checkHistory(file), "history/damaged", /is damaged/);
	});

	it("looks for damage before it writes, when somebody was interrupted", async () => {
		await fill();
		const child = await hold("UPDATE project SET title = 'Other'");
		const ended = once(child, "exit");
		child.kill("SIGKILL");
		await ended;
		assert.ok(statSync(`${file}-wal`).size > 0);
		const size = statSync(file).size;
		overwrite(size - 4096 + 2000, size);
		expect(await store(9), "history/damaged", /is damaged/);
	});

	it("says that it is a folder, or that its folder is not there", async () => {
		mkdirSync(file);
		await expectAll("history/not-a-file", /is a folder\. Name a file in it\./);
		file = fixture.path("none/history.db");
		expect(await store(0), "history/no-folder", /its folder does not exist\. Create the folder first\./);
		assert.deepEqual(await read(), { failed: false, logs: [] });
		fixture.write("text", "");
		file = fixture.path("text/.usage-report/history.db");
		expect(await store(0), "history/no-folder", /its folder does not exist/);
	});

	if (process.platform !== "win32") {
		it("says that it is a device", async () => {
			file = "/dev/null";
			await expectAll("history/not-a-file", /is not an ordinary file/);
		});

		it("says what the system says of anything else", async () => {
			file = fixture.path(`${"long".repeat(100)}.db`);
			await expectAll("history/unavailable", /cannot be used \(ENAMETOOLONG.*Try again, or name another file/);
			file = fixture.path("loop.db");
			symlinkSync("loop.db", file);
			await expectAll("history/unavailable", /cannot be used \(ELOOP/);
		});

		describe("for a user without rights", () => {
			beforeEach(async () => {
				chmodSync(fixture.root, 0o777);
				await fill();
				for (const name of readdirSync(fixture.root)) chmodSync(fixture.path(name), 0o666);
			});
			afterEach(() => chmodSync(fixture.root, 0o777));

			it("reads a file that it may not write", async () => {
				chmodSync(file, 0o444);
				await asOrdinaryUser(async () => {
					expect(await store(9), "history/read-only", /cannot be written: it is read-only, or its folder is\. Ask for the right/);
					await checkRead(900);
				});
			});

			it("reads a file in a folder in which it may not write", async () => {
				for (const name of readdirSync(fixture.root)) if (name !== "history.db") rmSync(fixture.path(name));
				chmodSync(fixture.root, 0o555);
				await asOrdinaryUser(async () => {
					expect(await store(9), "history/read-only", /cannot be written: it is read-only, or its folder is/);
					await checkRead(900);
				});
			});

			it("makes nothing in a folder in which it may not write", async () => {
				chmodSync(fixture.root, 0o555);
				file = fixture.path(".usage-report/history.db");
				await asOrdinaryUser(async () => {
					expect(await store(9), "history/read-only", /cannot be written/);
					assert.deepEqual(await read(), { failed: false, logs: [] });
				});
				file = fixture.path("other.db");
				await asOrdinaryUser(async () => expect(await store(9), "history/read-only", /cannot be written/));
			});

			it("says that it may not open a file", async () => {
				chmodSync(file, 0o000);
				await asOrdinaryUser(() => expectAll("history/no-rights", /may not be opened by this user/));
			});
		});
	}

	describe("while another program has it", () => {
		beforeEach(fill);

		it("reads while somebody writes, and says that it is locked when it has to write", async () => {
			await hold("BEGIN IMMEDIATE; DELETE FROM log");
			expect(await store(9), "history/locked", /is locked by another program\. Close it there, then run again\./);
			await checkRead(900);
			// Nothing to write is nothing to wait for.
			assert.ok(!(await store(0)).failed);
		});

		it("writes once the other has ended", async () => {
			const child = await hold("BEGIN IMMEDIATE");
			const storing = store(9, 60_000);
			child.stdin!.end();
			const stored = await storing;
			assert.equal(stored.failed ? stored.message : stored.added, 300);
		});

		it("says that it is locked when it cannot even be read", async () => {
			await hold("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
			await expectAll("history/locked", /is locked by another program/);
		});

		it("gives up waiting when it is cancelled", async () => {
			await hold("BEGIN IMMEDIATE");
			const controller = new AbortController();
			const input = { project: null, logs: batchOf("live", 9, 1), replaceComputed: false, now: Number.POSITIVE_INFINITY };
			const storing = storeLogs(file, input, { signal: controller.signal, waitMs: 600_000 });
			controller.abort(new Error("enough"));
			await assert.rejects(storing, /enough/);
		});
	});

	async function checkRead(count: number): Promise<void> {
		const found = await read();
		assert.ok(!found.failed, JSON.stringify(found));
		assert.equal(found.logs.length, count);
	}

	function change(sql: string): void {
		const database = new Database(file);
		database.exec(sql);
		database.close();
	}

	function overwrite(from: number, to: number): void {
		const content = readFileSync(file);
		writeFileSync(file, content.fill(0xa5, from, to));
	}
});
