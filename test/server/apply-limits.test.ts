import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver-protocol";
import type { ApplyLimitsResult } from "../../server/protocol/preview-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { FULL_CLIENT } from "../support/lsp-harness.ts";
import { sessionPerTest } from "../support/lsp-session.ts";
import { toLimits } from "./preview-support.ts";

const HEAD = "kind: instance\nname: E\nproject: acme.usage.yaml\n";
const TAIL = "dataSources:\n  - { name: d, provides: devices, type: csv, path: data/devices.csv }\n";
const advice = (limit: string, value: number) => ({ limit, value, reference: "VENDOR-7", date: "2026-11-01" });
const ADVICE_45 = "  - limit: UsedCategoryLimit\n    value: 45\n    reference: VENDOR-7\n    date: 2026-11-01\n";

describe("limits as a change of the file", () => {
	const session = sessionPerTest(CLEAN_CLIENT);
	const uri = () => session.fixture.uri("emea.usage.yaml");
	const ask = (params: object) =>
		session.lsp.request<ApplyLimitsResult | Failure>("usageReport/applyLimits", { uri: uri(), limits: toLimits("7,45,90"), ...params });

	async function applied(text: string, params: object): Promise<string> {
		await session.lsp.open(uri(), text);
		const answer = await ask(params);
		assert.ok(!answer.failed, JSON.stringify(answer));
		assert.deepEqual([answer.needsAdvice, answer.unchanged], [[], false]);
		return applyEdit(text, answer.edit as WorkspaceEdit);
	}

	const cases: readonly { name: string; block: string; limits: string; advice?: readonly object[]; expected: string }[] = [
		{
			name: "keeps comments and the advice that there is",
			block:
				"# vendor's\nusageCategory: # three\n  InstallDateCutOffLimit: 7 # one\n  UsedCategoryLimit: 30   # two\n  UnusedCategoryLimit: 90\nlimitAdvice:\n  # old\n  - { limit: UsedCategoryLimit, value: 40, reference: A, date: 2026-01-01 }\n",
			limits: "7,45,90",
			advice: [advice("UsedCategoryLimit", 45)],
			expected: `# vendor's\nusageCategory: # three\n  InstallDateCutOffLimit: 7 # one\n  UsedCategoryLimit: 45   # two\n  UnusedCategoryLimit: 90\nlimitAdvice:\n  # old\n  - { limit: UsedCategoryLimit, value: 40, reference: A, date: 2026-01-01 }\n${ADVICE_45}`,
		},
		{
			name: "needs no new advice for a value that has some",
			block:
				"usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }\nlimitAdvice:\n  - { limit: UsedCategoryLimit, value: 45, reference: A, date: 2026-01-01 }\n",
			limits: "7,45,90",
			expected:
				"usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 45, UnusedCategoryLimit: 90 }\nlimitAdvice:\n  - { limit: UsedCategoryLimit, value: 45, reference: A, date: 2026-01-01 }\n",
		},
		{
			name: "restores the defaults without advice",
			block: "usageCategory:\n  InstallDateCutOffLimit: 9\n  UsedCategoryLimit: 45\n  UnusedCategoryLimit: 120\n",
			limits: "7,30,90",
			expected: "usageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\n",
		},
		{
			name: "writes the block where there is none",
			block: "",
			limits: "7,45,90",
			advice: [advice("UsedCategoryLimit", 45), advice("UnusedCategoryLimit", 500)],
			expected: `usageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 45\n  UnusedCategoryLimit: 90\nlimitAdvice:\n${ADVICE_45}`,
		},
		{
			name: "completes a block",
			block: "usageCategory:\n  UsedCategoryLimit: 30\n",
			limits: "7,30,90",
			expected: "usageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\n",
		},
	];
	for (const { name, block, limits, advice: given = [], expected } of cases) {
		it(name, async () => {
			const edited = await applied(HEAD + block + TAIL, { limits: toLimits(limits), advice: given });
			assert.equal(edited, HEAD + expected + TAIL);
			await session.lsp.change(uri(), edited);
			const again = await ask({ limits: toLimits(limits) });
			assert.deepEqual(again, { failed: false, edit: null, needsAdvice: [], unchanged: true });
		});
	}

	it("keeps Windows line ends", async () => {
		const text =
			`${HEAD}usageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\n${TAIL}`.replaceAll(
				"\n",
				"\r\n",
			);
		const edited = await applied(text, { advice: [advice("UsedCategoryLimit", 45)] });
		assert.ok(!/[^\r]\n/.test(edited), JSON.stringify(edited));
	});

	it("says which advice is needed, and what the project has recorded", async () => {
		session.fixture.write(
			"acme.usage.yaml",
			`${CLEAN_CLIENT["acme.usage.yaml"]}limitAdvice:\n  - { limit: UnusedCategoryLimit, value: 120, reference: P-1, date: 2026-02-03 }\n`,
		);
		await session.restart({});
		const needsAdvice = [
			{ limit: "UsedCategoryLimit", value: 45, known: null },
			{ limit: "UnusedCategoryLimit", value: 120, known: { reference: "P-1", date: "2026-02-03" } },
		];
		const limits = toLimits("7,45,120");
		assert.deepEqual(await ask({ limits }), { failed: false, edit: null, needsAdvice, unchanged: false });
		const partly = await ask({ limits, advice: [advice("UnusedCategoryLimit", 120), advice("UsedCategoryLimit", 46)] });
		assert.deepEqual(!partly.failed && partly.needsAdvice, needsAdvice.slice(0, 1));
	});

	it("is for the version of the open document", async () => {
		await session.restart({
			capabilities: { ...FULL_CLIENT, workspace: { ...FULL_CLIENT.workspace, workspaceEdit: { documentChanges: true } } },
		});
		await session.lsp.open(uri(), CLEAN_CLIENT["emea.usage.yaml"]!);
		await session.lsp.change(uri(), `# changed\n${CLEAN_CLIENT["emea.usage.yaml"]}`);
		const answer = await ask({ advice: [advice("UsedCategoryLimit", 45)] });
		assert.ok(!answer.failed);
		const [change] = (answer.edit as WorkspaceEdit).documentChanges as TextDocumentEdit[];
		assert.equal(change?.textDocument.uri, uri());
		assert.equal(typeof change?.textDocument.version, "number");
		assert.match(applyEdit(`# changed\n${CLEAN_CLIENT["emea.usage.yaml"]}`, answer.edit as WorkspaceEdit), /UsedCategoryLimit: 45/);
	});

	const refusals: readonly { name: string; text?: string; params: object; message: RegExp }[] = [
		{ name: "limits that are none", params: { limits: 7 }, message: /three whole numbers/ },
		{ name: "advice that is no list", params: { advice: 7 }, message: /list of entries/ },
		{ name: "advice for nothing", params: { advice: [{}] }, message: /one of the three limits/ },
		{
			name: "advice without a reference",
			params: { advice: [{ ...advice("UsedCategoryLimit", 45), reference: " " }] },
			message: /reference/,
		},
		{
			name: "advice without a date",
			params: { advice: [{ ...advice("UsedCategoryLimit", 45), date: "2026-02-30" }] },
			message: /date such as/,
		},
		{ name: "text that is no YAML", text: "kind: instance\nname: [\n", params: {}, message: /not valid YAML/ },
		{
			name: "limits that something else refers to",
			text: `${HEAD}usageCategory: &limits\n  InstallDateCutOffLimit: &seven 7\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\nx-copy: *limits\n${TAIL}`,
			params: { advice: [advice("UsedCategoryLimit", 45)] },
			message: /can't be changed here.*\nSet UsedCategoryLimit to 45 by hand/s,
		},
	];
	for (const { name, text, params, message } of refusals) {
		it(`refuses ${name}`, async () => {
			if (text !== undefined) await session.lsp.open(uri(), text);
			const answer = await ask(params);
			assert.match(answer.failed ? answer.message : JSON.stringify(answer), message);
			assert.ok(answer.failed);
		});
	}
}).timeout(120_000);

function applyEdit(text: string, { changes, documentChanges }: WorkspaceEdit): string {
	const edits = (
		changes === undefined ? (documentChanges as TextDocumentEdit[])[0]!.edits : Object.values(changes)[0]!
	) as readonly TextEdit[];
	const lines = text.split("\n");
	const offsetOf = ({ line, character }: TextEdit["range"]["start"]) =>
		lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, character);
	return edits
		.toSorted((one, other) => offsetOf(other.range.start) - offsetOf(one.range.start))
		.reduce((edited, { range, newText }) => edited.slice(0, offsetOf(range.start)) + newText + edited.slice(offsetOf(range.end)), text);
}
