import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { FileSystemWatcher } from "vscode-languageserver-protocol";
import type { Failure } from "../../server/protocol/requests.ts";
import type { CommittedTextResult } from "../../server/protocol/settings-messages.ts";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { commitAll } from "../support/git-repository.ts";
import { codesOf, type LspSession, startLsp } from "../support/lsp-harness.ts";

const COMMITTED = CLEAN_CLIENT["emea.usage.yaml"]!;
const ADVICE = "limitAdvice: [{ limit: UsedCategoryLimit, value: 45, reference: CASE-1, date: 2026-09-14 }]\n";
const EDITED = `# moved down\n${COMMITTED.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 45")}${ADVICE}`;

describe("committed text", () => {
	let fixture: FixtureWorkspace;
	let session: LspSession | null = null;

	beforeEach(() => {
		fixture = createFixture(CLEAN_CLIENT);
		commitAll(fixture.root);
	});
	afterEach(async () => {
		await session?.dispose();
		session = null;
		fixture.dispose();
	});

	const uri = () => fixture.uri("emea.usage.yaml");

	async function start(initializationOptions: object): Promise<LspSession> {
		session = await startLsp({ folders: [fixture.rootUri], initializationOptions });
		return session;
	}

	async function changedIn(lsp: LspSession) {
		await lsp.open(uri(), EDITED);
		return (await lsp.pull(uri())).find(({ code }) => code === "limits/changed");
	}

	it("is what the last commit has, whatever the editor has", async () => {
		const lsp = await start({});
		await lsp.open(uri(), "kind: instance\n");
		assert.deepEqual(await lsp.request<CommittedTextResult>("usageReport/committedText", { uri: uri() }), {
			failed: false,
			text: COMMITTED,
		});
	});

	for (const { what, name, expected } of [
		{ what: "no configuration", name: "other.usage.yaml", expected: /no such configuration/ },
		{ what: "a new file", name: "new.usage.yaml", expected: /new\.usage\.yaml is not in the last commit/ },
	]) {
		it(`says why there is none: ${what}`, async () => {
			const lsp = await start({});
			await lsp.open(fixture.uri("new.usage.yaml"), COMMITTED);
			const answer = await lsp.request<Failure>("usageReport/committedText", { uri: fixture.uri(name) });
			assert.equal(answer.failed, true);
			assert.match(answer.message, expected);
		});
	}

	it("is where a change leads, for a client that can show it", async () => {
		const changed = await changedIn(await start({ committedDocuments: true }));
		const place = changed?.relatedInformation?.[0];
		assert.equal(place?.message, "Committed: 30 (line 7 in the last commit).");
		assert.equal(place?.location.uri, `usage-report-committed:${new URL(uri()).pathname}?${encodeURIComponent(uri())}`);
		assert.equal(place?.location.range.start.line, 6);
	});

	it("is named beside the limit itself, for any other client", async () => {
		const changed = await changedIn(await start({}));
		const place = changed?.relatedInformation?.[0];
		assert.deepEqual([place?.message, place?.location.uri], ["Committed: 30 (line 7 in the last commit).", uri()]);
		assert.deepEqual(place?.location.range, changed?.range);
	});

	it("is asked for again when a commit is made", async () => {
		const lsp = await start({});
		assert.equal((await changedIn(lsp))?.severity, 2);
		type Registration = { registrations: { method: string; registerOptions: { watchers: FileSystemWatcher[] } }[] };
		await lsp.next("client/registerCapability", ({ registrations }: Registration) =>
			registrations.some(
				({ registerOptions }) =>
					registerOptions?.watchers?.some(({ globPattern }) => typeof globPattern !== "string" && globPattern.pattern === "HEAD") ?? false,
			),
		);
		fixture.write("emea.usage.yaml", EDITED);
		commitAll(fixture.root);
		await lsp.filesChanged({ uri: fixture.uri(".git/logs/HEAD"), type: 2 });
		await lsp.next("workspace/diagnostic/refresh");
		assert.ok(!codesOf(await lsp.pull(uri())).includes("limits/changed"));
	});
});
