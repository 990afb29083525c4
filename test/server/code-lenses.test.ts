import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { CodeLens } from "vscode-languageserver-protocol";
import { COMMANDS } from "../../server/protocol/requests.ts";
import type { Jobs } from "../../workspace/jobs/job.ts";
import { createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { commitAll } from "../support/git-repository.ts";
import { instanceWith, makeKnownClient } from "../support/known-client.ts";
import { type LspSession, type SessionStart, startLsp } from "../support/lsp-harness.ts";

const COMMITTED = instanceWith("7,30,90");
const ALL = Object.values(COMMANDS);

describe("code lenses", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;

	beforeEach(() => {
		fixture = createFixture(makeKnownClient("7,30,90"));
	});
	afterEach(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	async function start(commands: readonly string[] = ALL, more: Partial<SessionStart> = {}): Promise<void> {
		lsp = await startLsp({ folders: [fixture.rootUri], initializationOptions: { commands }, ...more });
	}

	const ask = (name: string) => lsp.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri: fixture.uri(name) } });

	/** Lenses by line and title, once there are some that a test waits for. */
	async function lensesOf(name: string, text: string, word: string): Promise<readonly string[]> {
		await lsp.open(fixture.uri(name), text);
		for (;;) {
			const drawn = draw(await ask(name));
			if (drawn.some((line) => line.includes(word))) return drawn;
			await lsp.next("workspace/codeLens/refresh");
		}
	}

	it("are announced to a client that has commands, and to no other", async () => {
		await start();
		assert.deepEqual(lsp.initialized.capabilities.codeLensProvider, {});
		await lsp.dispose();
		lsp = await startLsp({ folders: [fixture.rootUri] });
		assert.equal(lsp.initialized.capabilities.codeLensProvider, undefined);
	});

	it("offer the commands that the client has", async () => {
		await start([COMMANDS.preview]);
		assert.deepEqual(await lensesOf("emea.usage.yaml", COMMITTED, "199"), ["1 Preview 199 installs"]);
	});

	it("of an instance", async () => {
		await start();
		assert.deepEqual(await lensesOf("emea.usage.yaml", COMMITTED, "199"), [
			"1 Preview 199 installs",
			"1 Export to Excel",
			"5 Show settings script",
		]);
		const lenses = await ask("emea.usage.yaml");
		assert.deepEqual(
			lenses.map(({ command }) => [command?.command, command?.arguments]),
			[COMMANDS.preview, COMMANDS.exportPreview, COMMANDS.showSettingsScript].map((command) => [command, [fixture.uri("emea.usage.yaml")]]),
		);
		assert.deepEqual(lenses[0]?.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } });
	});

	it("of a project", async () => {
		await start();
		assert.deepEqual(await lensesOf("acme.usage.yaml", makeKnownClient("")["acme.usage.yaml"]!, "Run"), [
			"1 Run usage report",
			"1 Export to Excel",
			"3 Show settings script",
		]);
	});

	const changes: readonly { readonly limits: string; readonly expected: string }[] = [
		{ limits: "7,30,60", expected: "5 Impact of uncommitted change: 6 → Unused" },
		{ limits: "7,20,60", expected: "5 Impact of uncommitted change: 16 → Rarely Used, 6 → Unused" },
		{ limits: "7,30,91", expected: "5 Impact of uncommitted change: no installation changes category" },
	];
	for (const { limits, expected } of changes) {
		it(`tell the impact of ${limits}`, async () => {
			commitAll(fixture.root);
			await start();
			assert.ok((await lensesOf("emea.usage.yaml", instanceWith(limits), "change: ")).includes(expected));
		});
	}

	it("do not wait for data", async () => {
		const jobs: Jobs = { run: () => new Promise(() => {}), dispose: async () => {} };
		await start(ALL, { server: { jobs } });
		assert.deepEqual(draw(await ask("emea.usage.yaml")), ["1 Preview installs", "1 Export to Excel", "5 Show settings script"]);
	});

	it("stay while the text does not parse", async () => {
		await start();
		await lensesOf("emea.usage.yaml", COMMITTED, "199");
		await lsp.change(fixture.uri("emea.usage.yaml"), `# first\n${COMMITTED}limitAdvice: [\n`);
		assert.deepEqual(draw(await ask("emea.usage.yaml")), ["2 Preview 199 installs", "2 Export to Excel", "6 Show settings script"]);
	});

	it("are none in a file that is none of ours", async () => {
		await start();
		await lsp.open(fixture.uri("other.usage.yaml"), "title: x\n");
		assert.deepEqual(await ask("other.usage.yaml"), []);
	});

	const given: readonly { readonly commands: unknown; readonly announced: boolean }[] = [
		{ commands: "usageReport.preview", announced: false },
		{ commands: [1, null], announced: false },
		{ commands: [], announced: false },
		{ commands: [1, "usageReport.preview"], announced: true },
	];
	for (const { commands, announced } of given) {
		it(`are ${announced ? "" : "not "}announced for the commands ${JSON.stringify(commands)}`, async () => {
			lsp = await startLsp({ folders: [fixture.rootUri], initializationOptions: { commands } });
			assert.equal(lsp.initialized.capabilities.codeLensProvider !== undefined, announced);
		});
	}
}).timeout(120_000);

/** Line, from 1, and title. */
function draw(lenses: readonly CodeLens[]): readonly string[] {
	return lenses.map(({ range, command }) => `${range.start.line + 1} ${command?.title}`);
}
