import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { type Replaced, replaceFile, TEMPORARY_NAME } from "../../../core/output/replace-file.ts";
import { writePieces } from "../../../core/output/write-pieces.ts";
import { writeWorkbook } from "../../../core/workbook/write-workbook.ts";
import { createDraw } from "../../support/random-edits.ts";

const PROGRAM = path.join(import.meta.dirname, "..", "..", "support", "export-program.ts");
const NAMES = ["export.csv", "export.xlsx"] as const;

describe("an export that is disturbed", function () {
	this.timeout(180_000);
	let folder = "";
	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), "usage-report-faults-"));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	for (const name of NAMES) {
		it(`by a limit of the system: ${name}`, function () {
			// Windows has no such limit.
			if (process.platform === "win32") this.skip();
			const file = path.join(folder, name);
			writeFileSync(file, "old");
			// 64 blocks of 512 or 1,024 bytes, a tenth of what is to be written.
			const result = runShell(`ulimit -f 64 && exec "$0" "$@"`, [process.execPath, PROGRAM, file, "20000"]);
			assert.match(result.message, /it would be larger than the drive or this system allows/);
			checkFolder({ [name]: "old" });
		});

		it(`by a drive that is full: ${name}`, function () {
			const drive = `mount -t tmpfs -o size=128k tmpfs "$0" && cd "$0" && printf old > "$1"`;
			const isRoot = process.getuid?.() === 0;
			const unshare = ["unshare", "--mount", ...(isRoot ? [] : ["--map-root-user"]), "sh", "-c"];
			const inNamespace = (script: string, args: readonly string[]) =>
				spawnSync(unshare[0]!, [...unshare.slice(1), script, ...args], { encoding: "utf8" });
			// Only Linux has such drives, and not in every container.
			if (inNamespace(drive, [folder, "probe"]).status !== 0) this.skip();
			const listing = `"$2" "$3" "$1" 20000 && ls -A && cat "$1"`;
			const { stdout, stderr } = inNamespace(`${drive} && ${listing}`, [folder, name, process.execPath, PROGRAM]);
			const [answer, ...rest] = stdout.split("\n").filter((line) => line !== "row");
			assert.match(String(answer), /the drive is full\. Free some space, or choose a folder on another drive\./, stderr);
			assert.deepEqual(rest, [name, "old"]);
		});

		it(`by the end of its process: ${name}`, async () => {
			const file = path.join(folder, name);
			writeFileSync(file, "old");
			for (let round = 0; round < ROUNDS_OF_KILLING; round++) {
				const child = spawn(process.execPath, [PROGRAM, file, "3000", "100"], { stdio: ["ignore", "pipe", "ignore"] });
				await afterLines(child, 1 + ((round * 7) % 40));
				child.kill("SIGKILL");
				await new Promise((resolve) => child.once("close", resolve));
				assert.ok(isComplete(file), `round ${round}`);
				const others = readdirSync(folder).filter((other) => other !== name);
				for (const other of others) assert.match(other, TEMPORARY_NAME);
				assert.ok(others.length <= round + 1, others.join("\n"));
			}
		});

		it(`by cancels at any moment: ${name}`, async () => {
			const file = path.join(folder, name);
			const draw = createDraw(1);
			const seen = new Set<string>();
			const turnsOfAll = await countTurns(writeRows(file, new AbortController().signal));
			for (let round = 0; round < ROUNDS_OF_CANCELS; round++) {
				writeFileSync(file, "old");
				const controller = new AbortController();
				const [turns, result] = [draw(Math.ceil(1.2 * turnsOfAll)), writeRows(file, controller.signal)];
				for (let turn = 0; turn < turns; turn++) await setImmediate();
				controller.abort();
				const { written, ...rest } = await result;
				if (!written) assert.deepEqual(rest, { message: "Cancelled." });
				assert.deepEqual(readdirSync(folder), [name]);
				assert.equal(statSync(file).size === 3 ? "old" : isComplete(file) ? "new" : "half", written ? "new" : "old", `round ${round}`);
				seen.add(written ? "written" : "cancelled");
			}
			assert.ok(seen.has("cancelled"), `${turnsOfAll} turns`);
		});
	}

	function checkFolder(expected: Readonly<Record<string, string>>): void {
		const names = readdirSync(folder);
		assert.deepEqual(Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name), "utf8")])), expected);
	}
});

const ROUNDS_OF_KILLING = 4;
const ROUNDS_OF_CANCELS = 60;

/** How often the thread turns to something else until a promise is settled. */
async function countTurns(promise: Promise<unknown>): Promise<number> {
	let turns = 0;
	let isSettled = false;
	const settled = promise.finally(() => {
		isSettled = true;
	});
	for (; !isSettled; turns++) await setImmediate();
	await settled;
	return turns;
}

function writeRows(file: string, signal: AbortSignal): Promise<{ readonly written: boolean }> {
	if (file.endsWith(".csv")) return replaceFile(file, (sink) => writePieces(sink, lines()), signal) as Promise<Replaced<unknown>>;
	return writeWorkbook(
		file,
		0,
		async ({ workbook, flush }) => {
			const sheet = workbook.addWorksheet("Rows");
			for (let row = 0; row < 500; row++) {
				sheet.addRow([row, "text"]).commit();
				if (row % 25 === 0) await flush();
			}
			sheet.commit();
			return 500;
		},
		signal,
	);
}

function* lines(): Iterable<string> {
	for (let line = 0; line < 60_000; line++) yield `${line},some text of this line\n`;
	yield "end\n";
}

/** Whether a file is the older one, or a new one from its beginning to its end. */
function isComplete(file: string): boolean {
	const bytes = readFileSync(file);
	if (bytes.toString() === "old") return true;
	return file.endsWith(".csv")
		? bytes.subarray(-5).toString() === "\nend\n"
		: bytes.subarray(0, 2).toString() === "PK" && bytes.includes("PK\u0005\u0006");
}

function runShell(script: string, args: readonly string[]): { readonly message: string } {
	const { stdout, stderr } = spawnSync("sh", ["-c", script, ...args], { encoding: "utf8" });
	const last = stdout.split("\n").findLast((line) => line.startsWith("{"));
	assert.ok(last !== undefined, stdout + stderr);
	return JSON.parse(last);
}

/** Resolves when the process has printed so many lines, or has ended. */
function afterLines(child: ChildProcess, count: number): Promise<void> {
	return new Promise((resolve) => {
		let seen = 0;
		child.stdout!.setEncoding("utf8");
		child.stdout!.on("data", (text: string) => {
			seen += text.split("\n").length - 1;
			if (seen >= count) resolve();
		});
		child.once("close", () => resolve());
	});
}
