import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { before, describe, it } from "mocha";
import { parseInstant } from "../../core/dates/instant.ts";
import { applyEdits, carryOutFix } from "../../workspace/edits/carry-out-fix.ts";
import { createNodeFileAccess } from "../../workspace/node-file-access.ts";
import { createWorkspace, type PlacedProblem, type Workspace } from "../../workspace/workspace.ts";

const FOLDER = resolve(import.meta.dirname, "../../samples/faulty");
const NOW = parseInstant("2026-11-05T09:00:00Z")!;

/** A diagnostic as a sample annotates it: `line 7, columns 12–16: limits/order`, or its code alone where no place can be drawn. */
type Mark = string;

describe("samples/faulty", () => {
	let workspace: Workspace;
	before(async () => {
		const access = createNodeFileAccess();
		workspace = createWorkspace(access, () => NOW);
		await workspace.addFolder(access.toUri(FOLDER));
	});

	for (const name of sampleNames()) {
		it(`${name} has the diagnostics that it shows, and no others`, async () => {
			const uri = workspace.uris().find((candidate) => candidate.endsWith(`/${name}`));
			assert.ok(uri !== undefined);
			const text = readFileSync(resolve(FOLDER, name), "utf8");
			const problems = await workspace.checkFile(uri, new AbortController().signal);
			const unplaced = new Set(expectedWithoutPlace(text));
			const found = problems.map(({ problem, range }) =>
				unplaced.has(problem.code) ? problem.code : describeMark(text, range, problem.code),
			);
			assert.deepEqual(found.toSorted(), [...unplaced, ...annotated(text)].toSorted());
		});

		it(`${name} is mended by the fixes that it is offered`, () => {
			const file = workspace.file(workspace.uris().find((candidate) => candidate.endsWith(`/${name}`))!)!;
			const before = workspace.checkConfiguration(file.uri);
			for (const { problem } of before) {
				for (const fix of problem.fixes ?? []) {
					workspace.setText(file.uri, applyEdits(file.parsed.text, carryOutFix(file.parsed, fix)));
					const after = workspace.checkConfiguration(file.uri);
					assert.equal(countOf(after, problem.code), countOf(before, problem.code) - 1, `${problem.code}: ${fix.title}`);
					assert.ok(workspace.file(file.uri)?.parsed.parsedCleanly, fix.title);
				}
			}
			workspace.setText(file.uri, file.parsed.text);
		});
	}
});

function countOf(problems: readonly PlacedProblem[], code: string): number {
	return problems.filter(({ problem }) => problem.code === code).length;
}

function sampleNames(): readonly string[] {
	return globSync("*.usage.yaml", { cwd: FOLDER })
		.map((path) => basename(path))
		.sort();
}

function expectedWithoutPlace(text: string): readonly Mark[] {
	return [...text.matchAll(/^# expect: ([a-z]+\/[a-z0-9-]+)$/gm)].map((match) => match[1]!);
}

/** What the carets and arrows say; lines with them refer to the nearest line above without. */
function annotated(text: string): readonly Mark[] {
	const marks: Mark[] = [];
	let marked = 0;
	for (const [index, line] of text.split("\n").entries()) {
		const match = /^#( *)(\^+) ([a-z]+\/[a-z0-9-]+)$/.exec(line) ?? /^# ()(<-*) ([a-z]+\/[a-z0-9-]+)$/.exec(line);
		if (match === null) {
			marked = index;
			continue;
		}
		const start = match[2]!.startsWith("<") ? 0 : match[1]!.length + 1;
		marks.push(mark(marked, start, start + match[2]!.length, match[3]!));
	}
	return marks;
}

function describeMark(text: string, range: { readonly start: number; readonly end: number }, code: string): Mark {
	const before = text.slice(0, range.start).split("\n");
	const start = before.at(-1)!.length;
	return mark(before.length - 1, start, start + range.end - range.start, code);
}

function mark(line: number, start: number, end: number, code: string): Mark {
	return `line ${String(line + 1).padStart(2)}, columns ${start}–${end}: ${code}`;
}
