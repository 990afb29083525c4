import assert from "node:assert/strict";
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileSink } from "../../../core/output/file-sink.ts";
import { type Replaced, replaceFile, TEMPORARY_NAME } from "../../../core/output/replace-file.ts";
import { describeWriteFailure } from "../../../core/output/write-failure.ts";
import { asOrdinaryUser } from "../../support/ordinary-user.ts";

const isWindows = process.platform === "win32";

describe("replacing a file", () => {
	let folder = "";
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "usage-report-replace-"));
	});
	afterEach(async () => {
		await chmod(folder, 0o700);
		await rm(folder, { recursive: true, force: true });
	});

	it("makes a new file, and answers what its content's maker does", async () => {
		assert.deepEqual(await write("a.csv", "new"), { written: true, value: 3 });
		await checkFolder({ "a.csv": "new" });
	});

	it("replaces an older one", async () => {
		await put("a.csv", "old and longer");
		assert.deepEqual(await write("a.csv", "new"), { written: true, value: 3 });
		await checkFolder({ "a.csv": "new" });
	});

	it("leaves the older one in its place until the new one is complete, and names the temporary file as one", async () => {
		await put("a.csv", "old");
		await replace("a.csv", async (sink) => {
			await sink.write("new");
			const others = (await readdir(folder)).filter((name) => name !== "a.csv");
			assert.equal(others.length, 1);
			assert.match(others[0]!, TEMPORARY_NAME);
			assert.equal(await readFile(join(folder, "a.csv"), "utf8"), "old");
			return 0;
		});
		await checkFolder({ "a.csv": "new" });
	});

	it("takes text and bytes, through the sink or its stream", async () => {
		await replace("a.csv", async (sink) => {
			await sink.write("ä");
			await sink.write(Buffer.from("ö"));
			sink.stream.write("ü");
			await sink.flush();
			sink.stream.end("ß");
			return 0;
		});
		await checkFolder({ "a.csv": "äöüß" });
	});

	it("makes whoever writes wait for the disk", async () => {
		const waiting: number[] = [];
		await replace("a.csv", async (sink) => {
			for (let count = 0; count < 50; count++) {
				await sink.write(new Uint8Array(100_000));
				waiting.push(sink.stream.writableLength);
			}
			return 0;
		});
		assert.ok(Math.max(...waiting) < 2_000_000, `${Math.max(...waiting)} bytes`);
		assert.equal((await stat(join(folder, "a.csv"))).size, 5_000_000);
	});

	it("writes through links to the file that they lead to", async () => {
		await mkdir(join(folder, "real"));
		await put("real/a.csv", "old");
		await symlink(join("real", "a.csv"), join(folder, "link.csv"));
		assert.deepEqual(await write("link.csv", "new"), { written: true, value: 3 });
		assert.ok((await lstat(join(folder, "link.csv"))).isSymbolicLink());
		assert.deepEqual(await readdir(join(folder, "real")), ["a.csv"]);
		await checkFolder({ "link.csv": "new", real: "folder" });
	});

	if (!isWindows)
		it("keeps the permissions of the older file", async () => {
			for (const mode of [0o600, 0o640, 0o666, 0o755]) {
				await put("a.csv", "old");
				await chmod(join(folder, "a.csv"), mode);
				await write("a.csv", "new");
				assert.equal(((await stat(join(folder, "a.csv"))).mode & 0o7777).toString(8), mode.toString(8));
			}
		});

	describe("is refused", () => {
		const cases: readonly {
			readonly what: string;
			readonly name: string;
			readonly prepare?: () => Promise<unknown>;
			readonly message: RegExp;
		}[] = [
			{ what: "in a folder that does not exist", name: "none/a.csv", message: /its folder does not exist\. Create the folder/ },
			{ what: "in place of a folder", name: "taken", message: /is a folder or a device, not a file\. Choose a file name\./ },
			{ what: "below a file", name: "file/a.csv", message: /a part of its path is a file, not a folder\./ },
			{ what: "by a name that is too long", name: `${"x".repeat(300)}.csv`, message: /the name is too long\. Choose a shorter one\./ },
			{ what: "by a path that is too long", name: `${"folder/".repeat(900)}a.csv`, message: /the name is too long\./ },
			{
				what: "through a link that leads nowhere",
				name: "a.csv",
				prepare: () => symlink("nothing.csv", join(folder, "a.csv")),
				message: /a\.csv is a link that leads nowhere\. Remove the link, or choose another name\./,
			},
			{
				what: "through a link that leads to itself",
				name: "a.csv",
				prepare: () => symlink("a.csv", join(folder, "a.csv")),
				message: /a\.csv is a link that leads nowhere\./,
			},
			{
				what: "while LibreOffice has it open",
				name: "a.csv",
				prepare: () => Promise.all([put("a.csv", "old"), put(".~lock.a.csv#", "somebody")]),
				message: /a\.csv is open in another program, says \.~lock\.a\.csv# beside it\. Close it there, or choose another name\./,
			},
			{
				what: "while Excel has it open",
				name: "a.xlsx",
				prepare: () => Promise.all([put("a.xlsx", "old"), put("~$a.xlsx", "somebody")]),
				message: /a\.xlsx is open in another program, says ~\$a\.xlsx beside it\./,
			},
		];
		for (const { what, name, prepare, message } of cases) {
			it(what, async () => {
				await mkdir(join(folder, "taken"));
				await put("file", "old");
				await prepare?.();
				const before = await contents();
				const result = await write(name, "new");
				assert.match(result.written ? "" : result.message, message);
				assert.deepEqual(await contents(), before);
			});
		}

		if (!isWindows) {
			it("in place of a device", async () => {
				const result = await replaceFile("/dev/null", async () => 0, new AbortController().signal);
				assert.deepEqual(result, { written: false, message: "/dev/null is a folder or a device, not a file. Choose a file name." });
			});

			it("in place of a socket", async () => {
				const server = createServer();
				await new Promise<void>((resolve) => server.listen(join(folder, "socket"), resolve));
				try {
					const result = await write("socket", "new");
					assert.match(result.written ? "" : result.message, /is a folder or a device, not a file/);
					assert.ok((await lstat(join(folder, "socket"))).isSocket());
				} finally {
					await new Promise((resolve) => server.close(resolve));
				}
			});

			it("in a folder without permission", async () => {
				await chmod(folder, 0o555);
				const result = await asOrdinaryUser(() => write("a.csv", "new"));
				assert.match(result.written ? "" : result.message, /you have no permission for it or for its folder/);
				await checkFolder({});
			});

			it("in place of a file without permission", async () => {
				await put("a.csv", "old");
				await chmod(join(folder, "a.csv"), 0o444);
				await chmod(folder, 0o777);
				const result = await asOrdinaryUser(() => write("a.csv", "new"));
				assert.match(result.written ? "" : result.message, /you have no permission for it or for its folder/);
				await checkFolder({ "a.csv": "old" });
			});
		}
	});

	describe("is given up when the file has become something else meanwhile", () => {
		const cases: readonly { readonly what: string; readonly change: () => Promise<unknown>; readonly message: RegExp }[] = [
			{
				what: "a link",
				async change() {
					await rename(join(folder, "a.csv"), join(folder, "other.csv"));
					await symlink("other.csv", join(folder, "a.csv"));
				},
				message: /a\.csv leads somewhere else than when the export began\. Look at what stands there, then export again\./,
			},
			{
				what: "a folder",
				async change() {
					await rename(join(folder, "a.csv"), join(folder, "other.csv"));
					await mkdir(join(folder, "a.csv"));
				},
				message: /a\.csv is a folder or a device, not a file\./,
			},
			{ what: "one that is open in another program", change: () => put(".~lock.a.csv#", ""), message: /is open in another program/ },
		];
		for (const { what, change, message } of cases) {
			it(what, async () => {
				await put("a.csv", "old");
				let changed: unknown = null;
				const result = await replace("a.csv", async (sink) => {
					await sink.write("new");
					await change();
					changed = Object.keys(await contents()).filter((name) => !TEMPORARY_NAME.test(name));
					return 0;
				});
				assert.match(result.written ? "" : result.message, message);
				assert.deepEqual(Object.keys(await contents()), changed);
				assert.ok(!Object.values(await contents()).includes("new"));
			});
		}
	});

	it("is given up when somebody else has made the file meanwhile", async () => {
		const result = await replace("a.csv", async (sink) => {
			await sink.write("new");
			await put("a.csv", "theirs");
			return 0;
		});
		assert.match(result.written ? "" : result.message, /a\.csv was made by somebody else while it was exported\. Look at it/);
		await checkFolder({ "a.csv": "theirs" });
	});

	describe("can fail", () => {
		it("by a fault of the program, which is passed on", async () => {
			await put("a.csv", "old");
			const fill = async (sink: FileSink) => {
				await sink.write("new");
				throw new TypeError("a fault");
			};
			await assert.rejects(replace("a.csv", fill), new TypeError("a fault"));
			await checkFolder({ "a.csv": "old" });
		});

		it("by the disk, which is put into words, also when nobody waits for the sink", async () => {
			await put("a.csv", "old");
			const result = await replace("a.csv", async (sink) => {
				await sink.write("new");
				sink.stream.destroy(Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" }));
				return new Promise(() => {});
			});
			assert.match(result.written ? "" : result.message, /a\.csv cannot be written: the drive is full\./);
			await checkFolder({ "a.csv": "old" });
		});

		it("by a library that closes the stream too early", async () => {
			await put("a.csv", "old");
			const fill = async (sink: FileSink) => {
				sink.stream.destroy();
				return 0;
			};
			await assert.rejects(replace("a.csv", fill), /closed before its end/);
			await checkFolder({ "a.csv": "old" });
		});
	});

	describe("can be cancelled", () => {
		const cases: readonly { readonly what: string; readonly fill: (sink: FileSink, cancel: () => void) => Promise<number> }[] = [
			{
				what: "before anything is written",
				async fill(_, cancel) {
					cancel();
					return 0;
				},
			},
			{
				what: "between two writes",
				async fill(sink, cancel) {
					await sink.write("some");
					cancel();
					await sink.write("more");
					throw new Error("the sink takes more");
				},
			},
			{
				what: "while its maker waits for something else",
				fill(_, cancel) {
					cancel();
					return new Promise(() => {});
				},
			},
			{
				what: "when all is written but not yet on the disk",
				async fill(sink, cancel) {
					await sink.write(new Uint8Array(3_000_000));
					setImmediate(cancel);
					return 0;
				},
			},
		];
		for (const { what, fill } of cases) {
			it(what, async () => {
				await put("a.csv", "old");
				const controller = new AbortController();
				const result = await replaceFile(join(folder, "a.csv"), (sink) => fill(sink, () => controller.abort()), controller.signal);
				assert.deepEqual(result, { written: false, message: "Cancelled." });
				await checkFolder({ "a.csv": "old" });
			});
		}

		it("before it begins", async () => {
			await put("a.csv", "old");
			assert.deepEqual(await replaceFile(join(folder, "a.csv"), never, AbortSignal.abort()), { written: false, message: "Cancelled." });
			await checkFolder({ "a.csv": "old" });
		});
	});

	const failures = [
		{ code: "EBUSY", message: "a.csv is open in another program. Close it there, or choose another name." },
		{ code: "ETXTBSY", message: "a.csv is open in another program. Close it there, or choose another name." },
		{
			code: "EPERM",
			message: "a.csv cannot be replaced: it is open in another program, or it is write-protected. Close it there, or choose another name.",
		},
		{
			code: "EACCES",
			message:
				"a.csv cannot be written: you have no permission for it or for its folder, or it is open in another program. Close it there, or choose another folder.",
		},
		{ code: "EROFS", message: "a.csv cannot be written: that drive is read-only. Choose another folder." },
		{ code: "ENOSPC", message: "a.csv cannot be written: the drive is full. Free some space, or choose a folder on another drive." },
		{ code: "EDQUOT", message: "a.csv cannot be written: the drive is full. Free some space, or choose a folder on another drive." },
		{
			code: "EFBIG",
			message:
				"a.csv cannot be written: it would be larger than the drive or this system allows. Export fewer rows, or choose a folder on another drive.",
		},
		{ code: "EIO", message: "a.csv cannot be written (EIO: i/o error, write). Choose another name or folder." },
	];
	for (const { code, message } of failures) {
		it(`explains ${code}`, () => assert.equal(describeWriteFailure("a.csv", code, "EIO: i/o error, write"), message));
	}

	function replace(name: string, fill: (sink: FileSink) => Promise<number>): Promise<Replaced<number>> {
		return replaceFile(join(folder, name), fill, new AbortController().signal);
	}

	function write(name: string, text: string): Promise<Replaced<number>> {
		return replace(name, async (sink) => {
			await sink.write(text);
			return text.length;
		});
	}

	function put(name: string, text: string): Promise<void> {
		return writeFile(join(folder, name), text);
	}

	/** Text of the folder's files by name, as far as it can be read. */
	async function contents(): Promise<Readonly<Record<string, string>>> {
		const names = (await readdir(folder)).sort();
		const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8").catch(() => "folder")));
		return Object.fromEntries(names.map((name, index) => [name, texts[index]!]));
	}

	async function checkFolder(expected: Readonly<Record<string, string>>): Promise<void> {
		assert.deepEqual(await contents(), expected);
	}
});

async function never(): Promise<never> {
	throw new Error("not to be called");
}
