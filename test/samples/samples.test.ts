import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { HISTORY_FOLDER } from "../../core/history/open-history.ts";
import { FLAG_NAMES } from "../../core/subscriptions/flags.ts";
import { OUTCOMES } from "../../core/usage/category.ts";
import { makeSamples } from "../../scripts/make-samples.ts";
import { NOW, ROOT, runCli } from "../cli/cli-support.ts";

const SAMPLES = path.join(ROOT, "samples");
const CLIENTS = ["granmora-timber", "saint-alverne", "wexcombe-hale"];

describe("samples", function () {
	this.timeout(180_000);

	it("are what the script writes, byte for byte", () => {
		const made = makeSamples();
		const names = [".vscode", ...CLIENTS].flatMap((folder) =>
			readdirSync(path.join(SAMPLES, folder), { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile() && !entry.parentPath.endsWith(HISTORY_FOLDER))
				.map((entry) => path.relative(SAMPLES, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/")),
		);
		assert.deepEqual(names.sort(), made.map((file) => file.path).sort());
		for (const file of made)
			assert.ok(
				Buffer.from(file.bytes).equals(readFileSync(path.join(SAMPLES, file.path))),
				`${file.path} differs: run node scripts/make-samples.ts`,
			);
	});

	it("are the same on every run of the script", () => {
		const [first, second] = [makeSamples(), makeSamples()];
		assert.deepEqual(
			first.map((file) => Buffer.from(file.bytes).toString("base64")),
			second.map((file) => Buffer.from(file.bytes).toString("base64")),
		);
	});

	it("are small", () => {
		const bytes = makeSamples().reduce((sum, file) => sum + statSync(path.join(SAMPLES, file.path)).size, 0);
		assert.ok(bytes < 3_000_000, `${bytes} bytes`);
	});

	it("open with the instant for which they were made", () => {
		const settings = JSON.parse(readFileSync(path.join(SAMPLES, ".vscode", "settings.json"), "utf8"));
		assert.deepEqual(settings, { "usageReport.asOf": NOW });
	});

	it("have no diagnostics but those of flags and devices that they are to show", async () => {
		const { exitCode, stdout } = await runCli(["check", ...CLIENTS, "--format", "json"], SAMPLES);
		const { files } = JSON.parse(stdout) as {
			files: { file: string; problems: { code: string; severity: string; range: { start: { line: number } } }[] }[];
		};
		assert.equal(files.length, 9);
		const found = files.flatMap(({ file, problems }) =>
			problems.map(({ code, severity, range }) => `${file}:${range.start.line} ${severity} ${code}`),
		);
		const at = (file: string, text: string, problem: string) => `${file}:${lineOf(file, text)} ${problem}`;
		const granmora = "granmora-timber/granmora-timber.usage.yaml";
		const wexcombe = "wexcombe-hale/wexcombe-hale.usage.yaml";
		assert.deepEqual(
			found.filter((problem) => !problem.endsWith(" information source/unlisted-device")),
			[
				at(granmora, "renewalDate: 2026-10-31", "warning subscription/renewal-past"),
				at(granmora, "granmora-energi]", "warning subscription/stale"),
				at(wexcombe, "designerUsers: 6", "warning subscription/over-use"),
				at(wexcombe, "renewalDate: 2026-12-18", "warning subscription/renewal-due"),
				at(wexcombe, "hale-recovery", "warning subscription/never-reported"),
				at(wexcombe, "weekly-usage.csv", "information subscription/unknown-server"),
			],
		);
		// Every instance but one has a device or a few that send no inventory, so that there is each reason for Unreported.
		const unlisted = found.filter((problem) => problem.endsWith(" information source/unlisted-device"));
		assert.deepEqual(
			unlisted.map((problem) => problem.slice(0, problem.indexOf(":"))),
			["granmora-timber/offices", "saint-alverne/laboratories", "saint-alverne/wards", "wexcombe-hale/dublin", "wexcombe-hale/london"].map(
				(name) => `${name}.usage.yaml`,
			),
		);
		assert.equal(exitCode, 0);
	});

	it("show every category and every reason, about 20,000 installations in all, and no data problem", async () => {
		const totals = OUTCOMES.map(() => 0);
		let installations = 0;
		let instances = 0;
		for (const client of CLIENTS) {
			for (const name of instanceFiles(client)) {
				const result = await readJson(["categorize", name, "--format", "json"]);
				for (const [index, { count }] of result.totals.entries()) totals[index]! += count;
				installations += result.installations;
				instances++;
				assert.equal(result.problemCount, 0, name);
				assert.equal(result.endOfSync, "2026-11-04", name);
			}
			assert.ok(instanceFiles(client).length >= 2, `${client} has several instances`);
		}
		assert.equal(instances, 6);
		const missing = OUTCOMES.filter((_, index) => totals[index] === 0);
		assert.deepEqual(missing, []);
		assert.ok(installations > 18_000 && installations < 22_000, `${installations} installations`);
	});

	it("show every flag, and rows without any", async () => {
		const report = await readJson(["report", ...CLIENTS, "--history", "off", "--format", "json"]);
		const flags = new Set<string>(report.rows.flatMap((row: { flags: string[] }) => row.flags));
		assert.deepEqual(
			FLAG_NAMES.filter((name) => !flags.has(name)),
			[],
		);
		assert.ok(report.rows.some((row: { flags: string[] }) => row.flags.length === 0));
		assert.equal(report.problemCount, 0);
		for (const client of CLIENTS) {
			const own = await readJson(["report", client, "--history", "off", "--format", "json"]);
			assert.ok(own.rows.length >= 2, `${client} has two servers and more`);
		}
	});

	it("have a year of weekly logs", () => {
		const log = readFileSync(path.join(SAMPLES, "wexcombe-hale", "data", "weekly-usage.csv"), "utf8").split("\r\n");
		const live = log.filter((line) => line.startsWith("wexcombe-live;")).map((line) => line.split(";")[1]!);
		// 52 weeks, two of which were sent twice; the clocks of London show 21:00 UTC as 22:00 in summer.
		assert.equal(live.length, 54);
		assert.match(live[0]!, /^12\/11\/2025 21:00:\d\d$/);
		assert.match(live.find((text) => text.includes("/07/2026"))!, /^01\/07\/2026 22:00:\d\d$/);
		assert.match(live.at(-1)!, /^04\/11\/2026 21:3\d:\d\d$/);
	});
});

function instanceFiles(client: string): readonly string[] {
	return readdirSync(path.join(SAMPLES, client))
		.filter((name) => name.endsWith(".usage.yaml") && name !== `${client}.usage.yaml`)
		.map((name) => `${client}/${name}`);
}

function lineOf(file: string, text: string): number {
	const line = readFileSync(path.join(SAMPLES, file), "utf8")
		.split("\n")
		.findIndex((candidate) => candidate.includes(text));
	assert.notEqual(line, -1, `${file} has no line with ${text}`);
	return line + 1;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads what a person's script would read.
async function readJson(argv: readonly string[]): Promise<any> {
	const { exitCode, stdout, stderr } = await runCli(argv, SAMPLES);
	assert.equal(exitCode, 0, stderr);
	return JSON.parse(stdout);
}
