import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { ACCESS_CASES, findUsers, findUsersInFiles, toCsv, USERS } from "../support/invented-users.ts";
import { makeFolder, runCli } from "./cli-support.ts";

/** Every command that can have to do with accesses, in every format. */
const LINES: readonly string[] = [
	"report",
	"report --format json",
	"report --format csv",
	"report acme.usage.yaml --verbose",
	"report --out report.txt",
	"report --out report.json",
	"report --out report.csv",
	"report --out report.xlsx",
	"report --only-flagged --client plc",
	"check",
	"check --format json",
	"check --format sarif",
	"check --format github",
	"check --out check.sarif --format sarif --verbose",
	"log acme.usage.yaml",
	"log acme.usage.yaml --as-of 2026-10-29 --verbose",
	"history export",
	"history export --out history.csv",
	"history check",
	"settings acme.usage.yaml",
	"categorize acme.usage.yaml --verbose",
	"explain acme.usage.yaml --device D --product P --verbose",
	"impact acme.usage.yaml",
];

describe("names of users on the command line", () => {
	it("are found by this test where they are", () => {
		for (const user of USERS) assert.notDeepEqual(findUsers(`… ${user.toUpperCase()} …`), [], user);
		assert.notDeepEqual(findUsers(JSON.stringify({ user: encodeURIComponent(USERS[2]) })), []);
		const { folder, remove } = makeFolder({ "a.csv": toCsv(null) });
		try {
			assert.notDeepEqual(
				findUsersInFiles(folder, () => false),
				[],
			);
		} finally {
			remove();
		}
	});

	for (const { what, files, failure } of ACCESS_CASES) {
		it(`are in no output and no file: ${what}`, async () => {
			const { folder, remove } = makeFolder(files);
			const ends: (() => Promise<void>)[] = [];
			try {
				const leaks: string[] = [];
				const said: string[] = [];
				for (const line of LINES) {
					const { stdout, stderr } = await runCli(line.split(" "), folder, { atEnd: (end) => void ends.push(end) });
					said.push(`${stdout}${stderr}`);
					const users = findUsers(`${stdout}${stderr}`);
					if (users.length > 0) leaks.push(`${line}: ${users.join()}`);
				}
				assert.deepEqual([...leaks, ...findUsersInFiles(folder, (name) => path.basename(name) in files)], []);
				// What was looked through is what a person would see: the figures, or why there are none.
				if (failure === undefined) {
					assert.match(said[1]!, /"server": "acme-live"/);
					for (const name of [
						"report.xlsx",
						"report.csv",
						...(what === ACCESS_CASES[0]!.what ? ["history.csv", ".usage-report/history.db"] : []),
					])
						assert.ok(existsSync(path.join(folder, name)), name);
				} else assert.match(said[1]!, failure);
			} finally {
				for (const end of ends) await end();
				remove();
			}
		}).timeout(120_000);
	}
});
