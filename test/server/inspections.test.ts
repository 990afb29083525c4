import assert from "node:assert/strict";
import { beforeEach, describe, it } from "mocha";
import type { ConfigPath, ConfigProblem } from "../../core/problems.ts";
import { createInspections, type Inspection, type Inspections } from "../../server/inspections.ts";
import { applyAllows } from "../../workspace/checks/apply-allows.ts";
import type { LinkedFindings, Workspace, WorkspaceFile } from "../../workspace/workspace.ts";
import { place, readConfig } from "../../workspace/workspace-file.ts";
import { TEST_NOW } from "../support/lsp-harness.ts";

const URI = "file:///a.usage.yaml";
const TEXT = `kind: instance
name: A
dataSources:
  - { name: one, provides: devices, type: csv, path: one.csv }
  - { name: two, provides: installations, type: csv, path: two.csv }
bundles:
  - { name: Office, components: [Word, Exel] }
`;

/** One call of the workspace's check, which ends when the test says so. */
interface Check {
	readonly file: WorkspaceFile;
	readonly signal: AbortSignal;
	readonly end: (findings: LinkedFindings) => void;
}

const found = (...problems: readonly ConfigProblem[]): LinkedFindings => ({ problems, complete: true });
const problemAt = (code: string, ...path: ConfigPath): ConfigProblem => ({
	code,
	severity: "warning",
	message: code,
	path,
	anchor: "value",
});

const FIRST = problemAt("source/first", "dataSources", 0, "path");
const SECOND = problemAt("source/second", "dataSources", 1, "path");
const COMPONENT = problemAt("reference/component", "bundles", 0, "components", 1);

describe("inspections", () => {
	let files: Map<string, WorkspaceFile>;
	let checks: Check[];
	let late: string[];
	let now: number;
	let inspections: Inspections;

	const write = (text: string, uri = URI) => files.set(uri, readConfig(uri, text, files.get(uri) ?? null));
	const never = new Promise<void>(() => {});
	const codes = ({ problems }: Inspection) => problems.map(({ problem }) => problem.code);

	/** Lets everything that can go on go on. */
	const settle = () => new Promise((resolve) => setImmediate(resolve));

	beforeEach(() => {
		files = new Map();
		checks = [];
		late = [];
		now = TEST_NOW;
		const workspace = {
			file: (uri: string) => files.get(uri) ?? null,
			canonicalUri: (uri: string) => uri,
			clock: () => now,
			checkLinked: (file: WorkspaceFile, signal: AbortSignal) =>
				new Promise<LinkedFindings>((resolve, reject) => {
					signal.addEventListener("abort", () => reject(signal.reason));
					checks.push({ file, signal, end: resolve });
				}),
			findingsOf: (file: WorkspaceFile, linked: LinkedFindings | null) =>
				applyAllows(
					file.parsed,
					(linked?.problems ?? []).map((problem) => place(file.parsed, problem)),
					linked?.complete ?? false,
				),
		} as unknown as Workspace;
		inspections = createInspections(workspace, {
			rate: (problems) => problems,
			onLate: (uri, differs) => late.push(`${uri} ${differs ? "differs" : "is the same"}`),
			learnsOfChanges: true,
		});
		write(TEXT);
	});

	it("answer a patient caller fully", async () => {
		const asked = inspections.inspect(URI, never, true);
		checks[0]!.end(found(FIRST));
		const inspection = await asked;
		assert.deepEqual([codes(inspection), inspection.complete], [["source/first"], true]);
		assert.deepEqual(late, []);
	});

	it("answer an impatient caller with what is known, and tell when there is more", async () => {
		const inspection = await inspections.inspect(URI, Promise.resolve(), true);
		assert.deepEqual([codes(inspection), inspection.complete], [[], false]);
		checks[0]!.end(found(FIRST));
		await settle();
		assert.deepEqual(late, [`${URI} differs`]);
	});

	it("keep what was found before, and say when nothing else was found", async () => {
		const first = inspections.inspect(URI, never, true);
		checks[0]!.end(found(FIRST, COMPONENT));
		await first;
		const again = await inspections.inspect(URI, Promise.resolve(), true);
		assert.deepEqual([codes(again), again.complete], [["source/first", "reference/component"], false]);
		checks[1]!.end(found(FIRST, COMPONENT));
		await settle();
		assert.deepEqual(late, [`${URI} is the same`]);
	});

	const edits: readonly { name: string; before: string; after: string; kept: readonly string[] }[] = [
		{ name: "elsewhere", before: "name: A", after: "name: B", kept: ["source/first", "source/second", "reference/component"] },
		{ name: "by a comment", before: "kind:", after: "# new\nkind:", kept: ["source/first", "source/second", "reference/component"] },
		{ name: "of one source", before: "one.csv", after: "1.csv", kept: ["source/second"] },
		{ name: "of the place itself", before: "Exel", after: "Excel", kept: ["source/first", "source/second"] },
		{ name: "that takes the place away", before: ", Exel", after: "", kept: ["source/first", "source/second"] },
		{ name: "that breaks the text", before: "name: A", after: 'name: "A', kept: [] },
		{ name: "to another kind", before: "kind: instance", after: "kind: project", kept: [] },
	];
	for (const { name, before, after, kept } of edits) {
		it(`keep what an edit leaves standing: an edit ${name}`, async () => {
			const first = inspections.inspect(URI, never, true);
			checks[0]!.end(found(FIRST, SECOND, COMPONENT));
			await first;
			write(TEXT.replace(before, after));
			const inspection = await inspections.inspect(URI, Promise.resolve(), true);
			assert.deepEqual(codes(inspection), kept);
			for (const { range } of inspection.problems) assert.match(files.get(URI)!.parsed.text.slice(range.start, range.end), /csv|Exel/);
		});
	}

	it("let the check of an older text go on until that of the newer one has joined its load", async () => {
		const older = inspections.inspect(URI, never, true);
		write(TEXT.replace("name: A", "name: B"));
		const newer = inspections.inspect(URI, never, true);
		assert.deepEqual(
			checks.map(({ signal }) => signal.aborted),
			[false, false],
		);
		// Whoever asked about the older text is answered for the newer one.
		checks[0]!.end(found(FIRST));
		await settle();
		for (const check of checks.slice(1)) check.end(found(SECOND));
		assert.deepEqual([codes(await older), codes(await newer)], [["source/second"], ["source/second"]]);
		assert.equal((await older).file, files.get(URI));
	});

	it("begin the checks of files that nobody looks at two at a time, and each but once", async () => {
		const uris = ["1", "2", "3"].map((name) => `file:///${name}.usage.yaml`);
		for (const uri of uris) write(TEXT, uri);
		const asked = [...uris, ...uris, ...uris].map((uri) => inspections.inspect(uri, Promise.resolve(), false));
		await Promise.all(asked);
		await settle();
		assert.deepEqual(
			checks.map(({ file }) => file.uri),
			uris.slice(0, 2),
		);
		for (let check = checks[0]; check !== undefined; check = checks[checks.indexOf(check) + 1]) {
			check.end(found());
			await settle();
		}
		assert.equal(checks.filter(({ file }) => file.uri === uris[2]).length, 1);
	});

	const again: readonly { name: string; between: () => void; urgent: boolean; checks: number }[] = [
		{ name: "nothing has changed", between: () => {}, urgent: false, checks: 1 },
		{ name: "somebody looks at the file", between: () => {}, urgent: true, checks: 2 },
		{ name: "the data may have changed", between: () => inspections.outdate([URI]), urgent: false, checks: 2 },
		{
			name: "the data of another file may have changed",
			between: () => inspections.outdate(["file:///b.usage.yaml"]),
			urgent: false,
			checks: 1,
		},
		{ name: "the text has changed", between: () => write(`${TEXT}# more\n`), urgent: false, checks: 2 },
		{ name: "another day has come", between: () => (now += 24 * 60 * 60 * 1000), urgent: false, checks: 2 },
	];
	for (const { name, between, urgent, checks: expected } of again) {
		it(`look into the data ${expected === 1 ? "no" : "one"} more time when ${name}`, async () => {
			const first = inspections.inspect(URI, never, false);
			await settle();
			checks[0]!.end(found(FIRST));
			await first;
			between();
			const second = inspections.inspect(URI, never, urgent);
			await settle();
			assert.equal(checks.length, expected);
			checks[1]?.end(found(FIRST));
			assert.deepEqual(codes(await second), ["source/first"]);
		});
	}

	it("give up at the end, and tell nothing any more", async () => {
		await inspections.inspect(URI, Promise.resolve(), true);
		inspections.dispose();
		assert.ok(checks[0]!.signal.aborted);
		await settle();
		assert.deepEqual(late, []);
	});

	it("answer for a file that is gone", async () => {
		files.delete(URI);
		assert.deepEqual(await inspections.inspect(URI, never, true), { file: null, problems: [], complete: true });
	});
});
