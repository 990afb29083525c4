import assert from "node:assert/strict";
import { lstatSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { CliIo } from "../../cli/cli-io.ts";
import { writeOutput } from "../../cli/write-output.ts";
import { makeFolder } from "./cli-support.ts";

describe("output files", () => {
	it("appear complete, in place of the old one", () =>
		inFolder({ "a.txt": "old" }, async (folder) => {
			assert.equal(await writeOutput(makeIo(), path.join(folder, "a.txt"), ["new ", "text"]), null);
			checkFolder(folder, { "a.txt": "new text" });
		}));

	it("leave the old one and nothing else when cancelled midway", () =>
		inFolder({ "a.txt": "old" }, async (folder) => {
			const cancel = new AbortController();
			function* pieces() {
				yield "x".repeat(100_000);
				cancel.abort(new Error("by the person"));
				yield "y".repeat(100_000);
			}
			await assert.rejects(writeOutput(makeIo({ signal: cancel.signal }), path.join(folder, "a.txt"), pieces()), /by the person/);
			checkFolder(folder, { "a.txt": "old" });
		}));

	it("leave the old one and nothing else when making the text fails", () =>
		inFolder({ "a.txt": "old" }, async (folder) => {
			function* pieces() {
				yield "x".repeat(100_000);
				throw new Error("a fault");
			}
			await assert.rejects(writeOutput(makeIo(), path.join(folder, "a.txt"), pieces()), /a fault/);
			checkFolder(folder, { "a.txt": "old" });
		}));

	it("a symbolic link stays a link, and what it leads to is replaced", () =>
		inFolder({ "real.txt": "old" }, async (folder) => {
			symlinkSync("real.txt", path.join(folder, "link.txt"));
			await writeOutput(makeIo(), path.join(folder, "link.txt"), ["new"]);
			assert.ok(lstatSync(path.join(folder, "link.txt")).isSymbolicLink());
			checkFolder(folder, { "link.txt": "new", "real.txt": "new" });
		}));

	it("a device is refused, since renaming would destroy it", async () => {
		const failed = await writeOutput(makeIo(), process.platform === "win32" ? "\\\\.\\NUL" : "/dev/null", ["new"]);
		assert.match(failed?.message ?? "", /not an ordinary file|cannot be written/);
	});

	it("printing stops when nobody reads any more", async () => {
		let written = 0;
		const stdout = { write: async () => ++written < 2, failure: () => null, columns: null, colours: false };
		function* endless() {
			for (;;) yield "x".repeat(70_000);
		}
		assert.equal(await writeOutput(makeIo({ stdout }), null, endless()), null);
		assert.equal(written, 2);
	});

	it("printing is given up on a cancel", async () => {
		const cancel = new AbortController();
		const stdout = {
			write: async () => {
				cancel.abort(new Error("by the person"));
				return false;
			},
			failure: () => null,
			columns: null,
			colours: false,
		};
		await assert.rejects(writeOutput(makeIo({ stdout, signal: cancel.signal }), null, ["x"]), /by the person/);
	});
});

async function inFolder(files: Readonly<Record<string, string>>, test: (folder: string) => Promise<void>): Promise<void> {
	const { folder, remove } = makeFolder(files);
	try {
		await test(folder);
	} finally {
		remove();
	}
}

function checkFolder(folder: string, expected: Readonly<Record<string, string>>): void {
	const found = Object.fromEntries(
		readdirSync(folder)
			.sort()
			.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]),
	);
	assert.deepEqual(found, expected);
}

function makeIo(overrides: Partial<CliIo> = {}): CliIo {
	const silent = { write: async () => true, failure: () => null, columns: null, colours: false };
	return { cwd: ".", stdout: silent, stderr: silent, signal: new AbortController().signal, now: () => 0, ...overrides };
}
