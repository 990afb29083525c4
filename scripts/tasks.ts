import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** One command of a task, run by this Node.js in the project's root. */
interface Step {
	/** What the step is, as the summary names it. */
	readonly name: string;
	readonly script: string;
	readonly args?: readonly string[];
	/** File with `{ passed, failed }` that the step leaves; without one the step itself counts as one test. */
	readonly counts?: string;
}

const bin = (path: string) => join("node_modules", path);
const build: Step = { name: "build", script: "scripts/build.ts" };
const CHECKS: readonly Step[] = [
	{ name: "types", script: bin("typescript/bin/tsc"), args: ["-b"] },
	{
		name: "format, lint and layers",
		script: bin("@biomejs/biome/bin/biome"),
		args: ["ci", "--error-on-warnings", `--colors=${process.stdout.isTTY ? "force" : "off"}`, "."],
	},
	{ name: "nothing unused", script: bin("knip/bin/knip.js") },
	{ name: "generated types are fresh", script: "scripts/generate-types.ts", args: ["--check"] },
	{ name: "generated reference is fresh", script: "scripts/generate-reference.ts", args: ["--check"] },
	{ name: "codes in the settings are fresh", script: "scripts/generate-severities.ts", args: ["--check"] },
	{ name: "texts to translate are fresh", script: "scripts/extract-texts.ts", args: ["--check"] },
	{ name: "CSV kernel is fresh", script: "scripts/build-kernel.ts", args: ["--check"] },
];
const UNIT: Step = { name: "unit tests", script: "scripts/unit-tests.ts", counts: "out/test/unit.json" };

/** What `npm run` offers; each task stops at its first failing step, `test` and `check` run them all and then sum up. */
const TASKS: Readonly<Record<string, { readonly steps: readonly Step[]; readonly sumUp: boolean }>> = {
	build: { steps: [build], sumUp: false },
	start: { steps: [build, { name: "main job", script: "scripts/start.ts" }], sumUp: false },
	vscode: { steps: [build, { name: "VS Code", script: "scripts/open-vscode.ts" }], sumUp: false },
	package: { steps: [build, { name: "package", script: "scripts/package.ts" }], sumUp: false },
	generate: {
		steps: [
			{ name: "types", script: "scripts/generate-types.ts" },
			{ name: "reference", script: "scripts/generate-reference.ts" },
			{ name: "codes in the settings", script: "scripts/generate-severities.ts" },
			{ name: "texts to translate", script: "scripts/extract-texts.ts" },
			{ name: "CSV kernel", script: "scripts/build-kernel.ts" },
		],
		sumUp: false,
	},
	samples: { steps: [{ name: "samples", script: "scripts/make-samples.ts" }], sumUp: false },
	bench: { steps: [build, { name: "bench", script: "bench/main.ts" }], sumUp: false },
	pictures: {
		steps: [
			build,
			{ name: "package", script: "scripts/package.ts" },
			{ name: "pictures", script: "scripts/test-client.ts", args: ["--pictures", "--walks", "limit,around,preview,what-if,report"] },
		],
		sumUp: false,
	},
	cli: { steps: [{ name: "usage-report", script: "dist/cli.cjs" }], sumUp: false },
	check: { steps: CHECKS, sumUp: true },
	unit: { steps: [UNIT], sumUp: true },
	test: {
		steps: [
			{ name: "system tools", script: "scripts/tools.ts", args: ["--install"] },
			...CHECKS,
			build,
			{ name: "package", script: "scripts/package.ts" },
			UNIT,
			{ name: "tests in VS Code", script: "scripts/test-client.ts", counts: "out/test/client.json" },
		],
		sumUp: true,
	},
};

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const [taskName = "", ...rest] = process.argv.slice(2);
const task = TASKS[taskName];
if (task === undefined) {
	console.error(`There is no task "${taskName}". Tasks: ${Object.keys(TASKS).join(", ")}.`);
	process.exit(2);
}
process.exit(await runTask(task.steps, task.sumUp, rest));

/** Exit code of the task; the arguments after the task's name go to its last step. */
async function runTask(steps: readonly Step[], sumUp: boolean, lastArgs: readonly string[]): Promise<number> {
	let passed = 0;
	let failed = 0;
	mkdirSync(join(root, "out", "test"), { recursive: true });
	for (const [index, step] of steps.entries()) {
		if (sumUp) console.log(`\n— ${step.name}`);
		if (step.counts !== undefined) rmSync(join(root, step.counts), { force: true });
		const status = await runStep(step, index === steps.length - 1 ? lastArgs : []);
		if (!sumUp && status !== 0) return status;
		const counted = countsOf(step, status);
		passed += counted.passed;
		failed += counted.failed;
	}
	if (sumUp) console.log(`\n${passed} passed, ${failed} failed`);
	return failed === 0 ? 0 : 1;
}

/** Exit code of the step; a signal to this process is passed on to it. */
function runStep(step: Step, extraArgs: readonly string[]): Promise<number> {
	const child = spawn(process.execPath, [step.script, ...(step.args ?? []), ...extraArgs], { cwd: root, stdio: "inherit" });
	const passOn = (signal: NodeJS.Signals) => child.kill(signal);
	for (const signal of SIGNALS) process.on(signal, passOn);
	return new Promise((resolve) => {
		const end = (status: number) => {
			for (const signal of SIGNALS) process.off(signal, passOn);
			resolve(status);
		};
		child.on("error", (error) => {
			console.error(`${step.name} could not be started: ${error.message}`);
			end(1);
		});
		child.on("exit", (status) => end(status ?? 1));
	});
}

/** A step that failed without a single failed test (it crashed, or ran none) counts as one failure. */
function countsOf(step: Step, status: number): { readonly passed: number; readonly failed: number } {
	if (step.counts === undefined) return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
	try {
		const { passed, failed } = JSON.parse(readFileSync(join(root, step.counts), "utf8")) as { passed: number; failed: number };
		return (status !== 0 && failed === 0) || passed + failed === 0 ? { passed, failed: failed + 1 } : { passed, failed };
	} catch {
		return { passed: 0, failed: 1 };
	}
}
