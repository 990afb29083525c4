import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ChangeAnnotation, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver-protocol";
import type { Failure } from "../../server/protocol/requests.ts";
import type { ImportSettingsResult } from "../../server/protocol/settings-messages.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

const HEADER = "InstanceName,SettingName,Value,InstanceID\n";

describe("import of deployed settings", () => {
	const session = sessionPerTest(CLEAN_CLIENT);

	async function ask(text: unknown): Promise<ImportSettingsResult> {
		const answer = await session.lsp.request<ImportSettingsResult | Failure>("usageReport/importSettings", {
			project: session.fixture.uri("acme.usage.yaml"),
			text,
		});
		assert.ok(!answer.failed, JSON.stringify(answer));
		return answer;
	}

	it("proposes edits of known files and new files, each to be confirmed, in the client's positions and versions", async () => {
		const emea = session.fixture.uri("emea.usage.yaml");
		await session.lsp.open(emea, `# 😀 one line more\n${CLEAN_CLIENT["emea.usage.yaml"]}`);
		const answer = await ask(
			`${HEADER}Acme EMEA,UsedCategoryLimit,45,12\nAcme APAC,UsedCategoryLimit,30,13\nAcme EMEA,Theme,dark,12\nAcme EMEA,UnusedCategoryLimit,x,12\n`,
		);
		const { documentChanges = [], changeAnnotations = {} } = answer.edit as WorkspaceEdit;
		const [change, create, fill] = documentChanges as unknown as readonly [
			TextDocumentEdit,
			{ kind: string; uri: string; annotationId: string },
			TextDocumentEdit,
		];
		assert.deepEqual(change.textDocument, { uri: emea, version: 1 });
		assert.deepEqual(
			change.edits.map((edit) => ("newText" in edit ? [edit.range.start.line, edit.newText] : edit)),
			[[7, "45"]],
		);
		assert.deepEqual(
			[create.kind, create.uri, fill.textDocument],
			["create", session.fixture.uri("acme-apac.usage.yaml"), { uri: session.fixture.uri("acme-apac.usage.yaml"), version: null }],
		);
		const used = [change.edits[0], create, fill.edits[0]].map((edit) => (edit as { annotationId: string }).annotationId);
		assert.deepEqual([...new Set(used)], Object.keys(changeAnnotations));
		assert.deepEqual(
			Object.values(changeAnnotations).map(({ label, description, needsConfirmation }: ChangeAnnotation) => [
				label,
				description,
				needsConfirmation,
			]),
			[
				["Deployed limits of emea.usage.yaml", "UsedCategoryLimit 30 → 45", true],
				["New instance: Acme APAC", "UsedCategoryLimit 30", true],
			],
		);
		assert.deepEqual([answer.created, answer.changed, answer.equal], [[session.fixture.uri("acme-apac.usage.yaml")], [emea], 0]);
		assert.match(answer.leftOut.join(), /^Row 5: UnusedCategoryLimit of "Acme EMEA" has the value "x"/);
		assert.equal(answer.summary, "1 new instance, 1 file with other limits, 0 equal, 1 left out and 1 row of other settings passed over.");
	});

	it("has no edit when everything is as deployed", async () => {
		const answer = await ask(`${HEADER}Acme EMEA,UsedCategoryLimit,30,12\n`);
		assert.deepEqual([answer.edit, answer.equal, answer.summary], [null, 1, "0 new instances, 0 files with other limits and 1 equal."]);
	});

	for (const text of ["nothing", 3, null]) {
		it(`says in words what is wrong with ${JSON.stringify(text)}`, async () => {
			const answer = await session.lsp.request<Failure>("usageReport/importSettings", {
				project: session.fixture.uri("acme.usage.yaml"),
				text,
			});
			assert.match(answer.message, /no limits in this text|are a text/);
		});
	}
}).timeout(120_000);
