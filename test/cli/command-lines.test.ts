import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { VERSION } from "../../cli/version.ts";
import { makeFolder, ROOT, runCli, SMALL_CLIENT } from "./cli-support.ts";

const NOTHING = /^$/;

describe("command lines", () => {
	// Each line runs in a fresh copy of the small client, which also has an empty folder and a text file.
	const cases: readonly { readonly line: string; readonly exit: number; readonly stdout: RegExp; readonly stderr: RegExp }[] = [
		{ line: "", exit: 2, stdout: NOTHING, stderr: /Usage: usage-report/ },
		{
			line: "--help",
			exit: 0,
			stdout: /Commands:[\s\S]*check[\s\S]*categorize[\s\S]*impact[\s\S]*explain[\s\S]*report[\s\S]*serve[\s\S]*Exit codes/,
			stderr: NOTHING,
		},
		{ line: "--version", exit: 0, stdout: /^\d+\.\d+\.\d+\n$/, stderr: NOTHING },
		{ line: "check --help", exit: 0, stdout: /sarif[\s\S]*--as-of[\s\S]*Examples:/, stderr: NOTHING },
		{ line: "categorize --help", exit: 0, stdout: /ndjson[\s\S]*--limits <I,U,N>[\s\S]*Examples:/, stderr: NOTHING },
		{ line: "impact --help", exit: 0, stdout: /--from <LIMITS>[\s\S]*--to <I,U,N>[\s\S]*Examples:/, stderr: NOTHING },
		{ line: "explain --help", exit: 0, stdout: /--device <NAME>[\s\S]*Example:/, stderr: NOTHING },
		{ line: "report --help", exit: 0, stdout: /xlsx[\s\S]*Examples:/, stderr: NOTHING },
		{ line: "serve --help", exit: 0, stdout: /--stdio/, stderr: NOTHING },
		{ line: "frobnicate", exit: 2, stdout: NOTHING, stderr: /unknown command 'frobnicate'/ },
		{ line: "chek", exit: 2, stdout: NOTHING, stderr: /Did you mean check\?/ },
		{ line: "check --frob", exit: 2, stdout: NOTHING, stderr: /unknown option '--frob'/ },
		{ line: "serve", exit: 2, stdout: NOTHING, stderr: /required option '--stdio'/ },

		{
			line: "check",
			exit: 0,
			stdout:
				/^corvane\.usage\.yaml:5:\d+ warning subscription\/over-use .*\ncorvane\.usage\.yaml:5:\d+ warning subscription\/never-reported .*\n\nfloor\.usage\.yaml:8:\d+ information source\/unlisted-device .*\n\n2 files checked: 2 warnings, 1 note\.\n$/,
			stderr: NOTHING,
		},
		{
			line: "check floor.usage.yaml",
			exit: 0,
			stdout: /^floor\.usage\.yaml:8:\d+ information source\/unlisted-device .*\n\n1 file checked: 1 note\.\n$/,
			stderr: NOTHING,
		},
		{ line: "check floor.usage.yaml .", exit: 0, stdout: /\n2 files checked: 2 warnings, 1 note\.\n$/, stderr: NOTHING },
		{
			line: "check --as-of 2027-01-15",
			exit: 0,
			stdout: /corvane\.usage\.yaml:5:\d+ warning subscription\/renewal-due .*\n[\s\S]*2 files checked: 4 warnings, 1 note\.\n$/,
			stderr: NOTHING,
		},
		{ line: "check nowhere", exit: 2, stdout: NOTHING, stderr: /^usage-report: There is no file or folder nowhere\.\n$/ },
		{ line: "check empty", exit: 2, stdout: NOTHING, stderr: /There is no configuration in empty/ },
		{ line: "check notes.txt", exit: 2, stdout: NOTHING, stderr: /notes\.txt is not a configuration/ },
		{ line: "check --format xml", exit: 2, stdout: NOTHING, stderr: /Allowed choices are text, json, sarif, github/ },
		{ line: "check --out result.txt", exit: 0, stdout: NOTHING, stderr: /^Wrote result\.txt: 2 files\.\n$/ },

		{ line: "categorize", exit: 2, stdout: NOTHING, stderr: /missing required argument 'INSTANCE'/ },
		{
			line: "categorize floor.usage.yaml",
			exit: 0,
			stdout: /^Corvane Floor: 6 installations of 3 products on 3 devices\n/,
			stderr: NOTHING,
		},
		{
			line: "categorize floor.usage.yaml --limits 7,29,90",
			exit: 0,
			stdout: /limits 7 \/ 29 \/ 90 days[\s\S]*\nUsed +1 /,
			stderr: NOTHING,
		},
		{ line: "categorize floor.usage.yaml --limits -1,30,90", exit: 2, stdout: NOTHING, stderr: /InstallDateCutOffLimit is "-1"/ },
		{ line: "categorize floor.usage.yaml --limits 7,30", exit: 2, stdout: NOTHING, stderr: /--limits "7,30" has 2 parts/ },
		{ line: "categorize floor.usage.yaml --as-of 2026-02-30", exit: 2, stdout: NOTHING, stderr: /--as-of "2026-02-30"/ },
		{
			line: "categorize floor.usage.yaml --as-of 2026-11-03",
			exit: 0,
			stdout: /as of 2026-11-03T00:00:00Z, End of Sync 2026-11-03/,
			stderr: NOTHING,
		},
		{
			line: "categorize nowhere.usage.yaml",
			exit: 2,
			stdout: NOTHING,
			stderr: /^usage-report: There is no file nowhere\.usage\.yaml\.\n$/,
		},
		{ line: "categorize .", exit: 2, stdout: NOTHING, stderr: /\. is a folder\. Name one configuration[\s\S]*floor\.usage\.yaml/ },
		{ line: "categorize empty", exit: 2, stdout: NOTHING, stderr: /empty is a folder\. There is no configuration in it/ },
		{ line: "categorize notes.txt", exit: 2, stdout: NOTHING, stderr: /notes\.txt is not a configuration/ },
		{ line: "categorize corvane.usage.yaml", exit: 2, stdout: NOTHING, stderr: /is a project[\s\S]*floor\.usage\.yaml/ },
		{ line: "categorize floor.usage.yaml --format xlsx", exit: 2, stdout: NOTHING, stderr: /An Excel file is not printed/ },
		{
			line: "categorize floor.usage.yaml --out result.json",
			exit: 0,
			stdout: NOTHING,
			stderr: /^Wrote result\.json: 6 installations\.\n$/,
		},
		{
			line: "categorize floor.usage.yaml --out result.xlsx",
			exit: 0,
			stdout: NOTHING,
			stderr: /^Wrote result\.xlsx: 6 installations\.\n$/,
		},
		{ line: "categorize floor.usage.yaml --out empty", exit: 2, stdout: NOTHING, stderr: /empty is a folder/ },
		{ line: "categorize floor.usage.yaml --out none/result.json", exit: 2, stdout: NOTHING, stderr: /folder does not exist/ },
		{ line: "categorize floor.usage.yaml --out none/result.xlsx", exit: 2, stdout: NOTHING, stderr: /folder does not exist/ },
		{
			line: "categorize floor.usage.yaml --format csv --out installs.csv",
			exit: 2,
			stdout: NOTHING,
			stderr: /installs\.csv is read for this result/,
		},
		{
			line: "categorize floor.usage.yaml --format csv --out floor.usage.yaml",
			exit: 2,
			stdout: NOTHING,
			stderr: /floor\.usage\.yaml is read for this result/,
		},

		{ line: "explain floor.usage.yaml --device D1", exit: 2, stdout: NOTHING, stderr: /required option '--product <NAME>'/ },
		{
			line: "explain floor.usage.yaml --device D1 --product Viewer",
			exit: 0,
			stdout:
				/^Viewer on D1: Rarely Used\n.*\nrow 3 of installs \(installs\.csv\)\n[\s\S]*Rule 9 decided[\s\S]*becomes Unused on 2026-12-19\.\n$/,
			stderr: NOTHING,
		},
		{
			line: "explain floor.usage.yaml --device D1 --product Vewer",
			exit: 1,
			stdout: NOTHING,
			stderr: /There is no product "Vewer"\.\nDid you mean one of these\?\n {2}Viewer\n$/,
		},
		{
			line: "explain floor.usage.yaml --device d1 --product Viewer",
			exit: 1,
			stdout: NOTHING,
			stderr: /There is no device "d1"\.\nDid you mean one of these\?\n {2}D1\n/,
		},
		{
			line: "explain floor.usage.yaml --device D3 --product Viewer",
			exit: 1,
			stdout: NOTHING,
			stderr: /"Viewer" is not installed on "D3"/,
		},

		{
			line: "report",
			exit: 0,
			stdout: /^Usage report as of 2026-11-05T09:00:00Z\n[\s\S]*over-use: Designer: 7 active, 6 paid[\s\S]*never reported/,
			stderr: NOTHING,
		},
		{ line: "report corvane.usage.yaml --as-of 2026-11-30", exit: 0, stdout: /stale/, stderr: NOTHING },
		{ line: "report floor.usage.yaml", exit: 2, stdout: NOTHING, stderr: /is an instance.*corvane\.usage\.yaml/ },
		{ line: "report empty", exit: 2, stdout: NOTHING, stderr: /There is no configuration in empty/ },
		{ line: "report --format ndjson", exit: 2, stdout: NOTHING, stderr: /Allowed choices are text, json, csv, xlsx/ },
		{ line: "report --out result.xlsx", exit: 0, stdout: NOTHING, stderr: /^Wrote result\.xlsx: 2 rows\.\n$/ },
		{ line: "check --format json --out devices.csv", exit: 2, stdout: NOTHING, stderr: /devices\.csv is read for this result/ },
		{
			line: "report --format csv --out ./floor.usage.yaml",
			exit: 2,
			stdout: NOTHING,
			stderr: /floor\.usage\.yaml is read for this result/,
		},
		{
			line: "categorize floor.usage.yaml --format json --out corvane.usage.yaml",
			exit: 2,
			stdout: NOTHING,
			stderr: /corvane\.usage\.yaml is read for this result/,
		},
		{ line: "report --format csv --out log.csv", exit: 2, stdout: NOTHING, stderr: /log\.csv is read for this result/ },
	];
	for (const { line, exit, stdout, stderr } of cases) {
		it(`usage-report ${line} → ${exit}`, () => checkLine(line, exit, stdout, stderr));
	}

	it("the version is the package's", () => {
		const manifest = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { readonly version: string };
		assert.equal(VERSION, manifest.version);
	});
});

async function checkLine(line: string, exit: number, stdout: RegExp, stderr: RegExp): Promise<void> {
	const { folder, remove } = makeFolder({ ...SMALL_CLIENT, "notes.txt": "nothing", "empty/readme.txt": "" });
	try {
		const before = readdirSync(folder);
		const result = await runCli(line === "" ? [] : line.split(" "), folder);
		assert.match(result.stdout, stdout);
		assert.match(result.stderr, stderr);
		assert.equal(result.exitCode, exit);
		const written = line.includes("--out result") && exit === 0 ? [line.split("--out ")[1]] : [];
		const kept = /^report(?!.*--help)/.test(line) && exit === 0 ? [".usage-report"] : [];
		const left = readdirSync(folder).filter((name) => !before.includes(name));
		assert.deepEqual(left.toSorted(), [...kept, ...written], "files left behind");
		for (const [name, content] of Object.entries(SMALL_CLIENT)) {
			assert.ok(existsSync(path.join(folder, name)) && readFileSync(path.join(folder, name), "utf8") === content, `${name} was changed`);
		}
	} finally {
		remove();
	}
}
