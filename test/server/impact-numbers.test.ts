import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { CodeLens, Hover, InlayHint, MarkupContent } from "vscode-languageserver-protocol";
import type { ImpactResult, PreviewSummary } from "../../server/protocol/preview-messages.ts";
import { COMMANDS, type Failure } from "../../server/protocol/requests.ts";
import { describeEffect } from "../../workspace/insights/limit-change.ts";
import { runCli } from "../cli/cli-support.ts";
import { createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { commitAll } from "../support/git-repository.ts";
import { askUntil, instanceWith, makeKnownClient } from "../support/known-client.ts";
import { type LspSession, startLsp } from "../support/lsp-harness.ts";

/** What `usage-report impact --format json` says, as far as other surfaces show it. */
interface CliImpact {
	readonly moved: number;
	readonly moves: readonly { readonly from: "Used"; readonly to: "Unused"; readonly count: number }[];
	readonly policies: readonly {
		readonly name: string;
		readonly newlyReclaimed: number;
		readonly noLongerReclaimed: number;
		readonly savings: Readonly<Record<string, number>>;
	}[];
}

const CATEGORIES = ["Used", "Rarely Used", "Unused", "Unreported"];

describe("the numbers of an uncommitted change", () => {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;
	let committed: PreviewSummary;
	const name = "emea.usage.yaml";

	before(async () => {
		fixture = createFixture(makeKnownClient("7,30,90"));
		commitAll(fixture.root);
		lsp = await startLsp({ folders: [fixture.rootUri], initializationOptions: { commands: [COMMANDS.preview, COMMANDS.compareLimits] } });
		committed = await lsp.request<PreviewSummary>("usageReport/preview", { uri: fixture.uri(name) });
		await lsp.open(fixture.uri(name), instanceWith("7,30,90"));
	});
	after(async () => {
		await lsp.dispose();
		fixture.dispose();
	});

	const cases = ["7,20,60", "7,45,90", "7,30,60", "7,30,130", "0,30,90", "40,31,32", "7,60,61"];
	for (const limits of cases) {
		it(`are the same for ${limits} on the command line, in the preview, hover, lens, hint and diagnostic`, async () => {
			const text = instanceWith(limits);
			const uri = fixture.uri(name);
			const cli = await runImpact(text);
			await lsp.change(uri, text);
			const matrix = readMatrix(await hoverOn(text, "usageCategory"));

			assert.equal(matrix.moved, cli.moved);
			assert.deepEqual(matrix.moves, cli.moves);

			const now = await lsp.request<PreviewSummary>("usageReport/preview", { uri });
			assert.deepEqual(now.limits, toLimits(limits));
			for (const [index, category] of matrix.categories.entries()) {
				assert.equal(matrix.before[index], countIn(committed, category), `${category} before`);
				assert.equal(matrix.after[index], countIn(now, category), `${category} after`);
			}
			const back = await lsp.request<ImpactResult | Failure>("usageReport/impact", { uri, limits: toLimits("7,30,90") });
			assert.ok(!back.failed);
			const reversed = cli.moves.map(({ from, to, count }) => ({ from: to, to: from, count }));
			assert.deepEqual(inOrder(back.moves), inOrder(reversed));
			assert.deepEqual(
				back.policies.map(({ name: policy, newlyReclaimed, noLongerReclaimed, savings }) => ({
					name: policy,
					newlyReclaimed: noLongerReclaimed,
					noLongerReclaimed: newlyReclaimed,
					savings: Object.fromEntries(Object.entries(savings).map(([currency, amount]) => [currency, 0 - amount])),
				})),
				cli.policies,
			);

			const words = describeEffect({
				impact: cli,
				policies: cli.policies.map(({ savings, ...policy }) => ({ ...policy, policy, savings: new Map(Object.entries(savings)) })),
			} as unknown as Parameters<typeof describeEffect>[0]);
			const messages = (await lsp.pull(uri)).filter(({ code }) => code === "limits/changed").map(({ message }) => String(message));
			assert.ok(messages.length > 0);
			for (const message of messages) assert.ok(message.endsWith(`: ${words}.`), `${message}\nends in\n${words}`);
			const hints = await lsp.request<InlayHint[]>("textDocument/inlayHint", { textDocument: { uri }, range: WHOLE });
			const tooltips = hints
				.filter(({ label }) => String(label).startsWith("committed"))
				.map(({ tooltip }) => plainOf(tooltip as MarkupContent));
			assert.deepEqual([...new Set(tooltips)], [`All limits against those of the last commit: ${words}.`]);

			const lenses = await lsp.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
			const targets = CATEGORIES.flatMap((category) => {
				const count = cli.moves.filter(({ to }) => to === category).reduce((sum, move) => sum + move.count, 0);
				return count === 0 ? [] : [`${count} → ${category}`];
			});
			assert.equal(lenses.at(-1)?.command?.title, `Impact of uncommitted change: ${targets.join(", ")}`);

			for (const { name: policy, newlyReclaimed, noLongerReclaimed } of cli.policies) {
				const hover = await hoverOn(text, policy);
				assert.equal(hover.includes(`${newlyReclaimed} newly reclaimed`), newlyReclaimed > 0, hover);
				assert.equal(hover.includes(`${noLongerReclaimed} no longer`), noLongerReclaimed > 0, hover);
			}
		});
	}

	async function runImpact(text: string): Promise<CliImpact> {
		fixture.write(name, text);
		const { stdout, stderr } = await runCli(["impact", name, "--from", "committed", "--format", "json"], fixture.root);
		assert.equal(stderr, "");
		return JSON.parse(stdout) as CliImpact;
	}

	async function hoverOn(text: string, words: string): Promise<string> {
		const before = text.slice(0, text.indexOf(words) + 1).split("\n");
		const position = { line: before.length - 1, character: before.at(-1)!.length };
		const hover = await askUntil(
			lsp,
			() => lsp.request<Hover>("textDocument/hover", { textDocument: { uri: fixture.uri(name) }, position }),
			(answer) => words !== "usageCategory" || (answer.contents as MarkupContent).value.includes("change category"),
		);
		return (hover.contents as MarkupContent).value;
	}
}).timeout(120_000);

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

function toLimits(limits: string): PreviewSummary["limits"] {
	const [install, used, unused] = limits.split(",").map(Number);
	return { InstallDateCutOffLimit: install!, UsedCategoryLimit: used!, UnusedCategoryLimit: unused! };
}

function countIn({ totals }: PreviewSummary, category: string): number {
	return totals.reduce((sum, entry) => (entry.category === category ? sum + entry.count : sum), 0);
}

function inOrder(moves: readonly object[]): readonly string[] {
	return moves.map((move) => JSON.stringify(move)).sort();
}

function plainOf({ value }: MarkupContent): string {
	return value.replace(/\\(.)/g, "$1");
}

/** The from → to table of a hover, as numbers; `moves` without what stays where it is. */
function readMatrix(hover: string) {
	const lines = hover.split("\n");
	const start = lines.findIndex((line) => line.startsWith("| from ↓ to → |"));
	const cells = (line: string) => line.slice(2, -2).split(" | ");
	const numberOf = (cell: string) => Number(cell.trim().replaceAll(",", "") || "0");
	const categories = cells(lines[start]!).slice(1, -1);
	const rows = lines.slice(start + 2, start + 2 + categories.length).map(cells);
	const last = cells(lines[start + 2 + categories.length]!);
	assert.equal(last[0], "total");
	for (const row of rows) {
		const [, ...counts] = row.map(numberOf);
		const total = counts.pop();
		assert.equal(
			counts.reduce((sum, count) => sum + count, 0),
			total,
			"a row adds up",
		);
	}
	return {
		categories,
		moved: numberOf(/ (\d[\d,]*) of [\d,]+ installations change category/.exec(hover)?.[1] ?? ""),
		moves: rows.flatMap(([from, ...counts]) =>
			categories.flatMap((to, index) =>
				to === from || numberOf(counts[index]!) === 0 ? [] : [{ from, to, count: numberOf(counts[index]!) }],
			),
		),
		before: rows.map((row) => numberOf(row.at(-1)!)),
		after: last.slice(1, -1).map(numberOf),
	};
}
