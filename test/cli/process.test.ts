import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { PassThrough, Writable } from "node:stream";
import { openOutput } from "../../cli/process-output.ts";
import { makeFolder, ROOT, runCli, SMALL_CLIENT } from "./cli-support.ts";

const LONDON = path.join(ROOT, "samples", "wexcombe-hale", "london.usage.yaml");

describe("the process", function () {
	this.timeout(180_000);

	it("sets its exit code and keeps errors on standard error, without a stack trace", async () => {
		const { exitCode, stdout, stderr } = await finish(start(["categorize", "nowhere.usage.yaml"]));
		assert.deepEqual(
			{ exitCode, stdout, stderr },
			{ exitCode: 2, stdout: "", stderr: "usage-report: There is no file nowhere.usage.yaml.\n" },
		);
	});

	it("ends quietly when its reader goes away", async () => {
		const child = start(["categorize", LONDON, "--format", "ndjson"]);
		child.stdout!.once("data", () => child.stdout!.destroy());
		const { exitCode, stderr } = await finish(child, { readsOutput: false });
		assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: "" });
	});

	it("ends on Ctrl+C, also when nobody reads what it prints", async () => {
		// On Windows a signal from another process kills without asking.
		if (process.platform === "win32") return;
		const child = start(["categorize", LONDON, "--format", "ndjson"]);
		// The lines are more than a pipe holds, so by now the process waits for a reader.
		child.stdout!.once("readable", () => child.kill("SIGINT"));
		const { exitCode, stderr } = await finish(child, { readsOutput: false });
		assert.deepEqual({ exitCode, stderr }, { exitCode: 130, stderr: "usage-report: cancelled.\n" });
	});

	it("serves the language server protocol", async () => {
		const child = start(["serve", "--stdio", "--clientProcessId=1"]);
		const send = (message: object) => {
			const body = JSON.stringify({ jsonrpc: "2.0", ...message });
			child.stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
		};
		send({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
		send({ method: "initialized", params: {} });
		send({ id: 2, method: "shutdown" });
		send({ method: "exit" });
		const { exitCode, stdout } = await finish(child);
		assert.match(stdout, /"id":1,"result":\{.*"capabilities":\{/);
		assert.equal(exitCode, 0);
	});

	describe("loads a package only for a command that needs it", () => {
		const heavy = ["ajv", "better-sqlite3", "commander", "csv-stringify", "exceljs", "vscode-languageserver", "yaml"];
		const cases: readonly (readonly [string, readonly string[]])[] = [
			["--help", ["commander"]],
			["check", ["ajv", "commander", "yaml"]],
			["categorize floor.usage.yaml", ["ajv", "commander", "yaml"]],
		];
		for (const [line, expected] of cases) {
			it(`usage-report ${line}`, async () => {
				const { folder, remove } = makeFolder(SMALL_CLIENT);
				try {
					const { stderr, exitCode } = await finish(start(line.split(" "), folder, ["--import", LOG_PACKAGES]));
					const loaded = new Set(stderr.split("\n").flatMap((text) => (text.startsWith("loads ") ? [text.slice(6)] : [])));
					assert.equal(exitCode, 0, stderr);
					assert.deepEqual(
						heavy.filter((name) => loaded.has(name)),
						expected,
					);
				} finally {
					remove();
				}
			});
		}
	});
});

describe("a stream that takes no more", () => {
	const cases = [
		{ code: "ENOSPC", failure: "no space left on device" },
		{ code: "EIO", failure: "i/o error" },
		{ code: "EPIPE", failure: null },
	];
	for (const { code, failure } of cases) {
		it(`${code}: ${failure ?? "the reader is gone, no failure"}`, async () => {
			const stream = new Writable({
				write: (_chunk, _encoding, done) => done(Object.assign(new Error(failure ?? "broken pipe"), { code })),
			}) as unknown as NodeJS.WriteStream;
			const output = openOutput(stream, {}, new AbortController().signal);
			assert.equal(await output.write("text"), false);
			assert.equal(output.failure()?.message ?? null, failure);
		});
	}

	it("makes a result that could not be written whole a failure", async () => {
		const { folder, remove } = makeFolder(SMALL_CLIENT);
		try {
			const stdout = { write: async () => false, failure: () => new Error("no space left on device"), columns: null, colours: false };
			const { exitCode, stderr } = await runCli(["categorize", "floor.usage.yaml", "--format", "json"], folder, { stdout });
			assert.deepEqual([exitCode, /no space left on device\. It is not complete\./.test(stderr)], [2, true]);
		} finally {
			remove();
		}
	});
});

describe("colours", () => {
	const cases = [
		{ isTTY: true, env: {}, colours: true },
		{ isTTY: true, env: { NO_COLOR: "1" }, colours: false },
		{ isTTY: true, env: { NO_COLOR: "" }, colours: true },
		{ isTTY: true, env: { TERM: "dumb" }, colours: false },
		{ isTTY: false, env: {}, colours: false },
	] as const;
	for (const { isTTY, env, colours } of cases) {
		it(`${isTTY ? "a terminal" : "a pipe"} with ${JSON.stringify(env)} → ${colours}`, () => {
			const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 }) as unknown as NodeJS.WriteStream;
			const output = openOutput(stream, env, new AbortController().signal);
			assert.deepEqual({ colours: output.colours, columns: output.columns }, { colours, columns: isTTY ? 80 : null });
		});
	}
});

// Writes the name of every package to standard error when one of its files is loaded.
const LOG_PACKAGES = `data:text/javascript,${encodeURIComponent(`
	import { writeSync } from "node:fs";
	import { registerHooks } from "node:module";
	registerHooks({ load(url, context, next) {
		const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)\\//.exec(url)?.[1];
		if (name) writeSync(2, "loads " + name + "\\n");
		return next(url, context);
	} });
`)}`;

function start(argv: readonly string[], cwd: string = ROOT, nodeOptions: readonly string[] = []): ChildProcess {
	return spawn(process.execPath, [...nodeOptions, path.join(ROOT, "cli", "main.ts"), ...argv], { cwd, stdio: "pipe" });
}

async function finish(child: ChildProcess, { readsOutput = true } = {}) {
	let stdout = "";
	let stderr = "";
	if (readsOutput) child.stdout!.setEncoding("utf8").on("data", (text: string) => (stdout += text));
	child.stderr!.setEncoding("utf8").on("data", (text: string) => (stderr += text));
	const exitCode = await new Promise<number | null>((resolve) => child.once(readsOutput ? "close" : "exit", resolve));
	return { exitCode, stdout, stderr };
}
