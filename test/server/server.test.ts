import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { symlinkSync } from "node:fs";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { Diagnostic, Hover } from "vscode-languageserver-protocol";
import {
	createProtocolConnection,
	type InitializeResult,
	StreamMessageReader,
	StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import type { PreviewPage, PreviewSummary } from "../../server/protocol/preview-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { createInlineJobs } from "../../workspace/jobs/inline-jobs.ts";
import { CLEAN_CLIENT, createFixture, type FixtureWorkspace } from "../support/fixture-workspace.ts";
import { codesOf, FULL_CLIENT, type LspSession, PUSH_CLIENT, type SessionStart, startLsp } from "../support/lsp-harness.ts";
import { createGate, createNotingJobs } from "../support/noting-jobs.ts";

describe("language server", () => {
	let fixture: FixtureWorkspace;
	let session: LspSession | null = null;

	beforeEach(() => {
		fixture = createFixture(CLEAN_CLIENT);
	});
	afterEach(async () => {
		await session?.dispose();
		session = null;
		fixture.dispose();
	});

	async function start(more: Partial<SessionStart> = {}): Promise<LspSession> {
		await session?.dispose();
		session = await startLsp({ folders: [fixture.rootUri], ...more });
		return session;
	}

	it("says what it can do", async () => {
		const { capabilities, serverInfo } = (await start()).initialized;
		assert.equal(serverInfo?.name, "usage-report");
		assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2 });
		assert.equal(capabilities.positionEncoding, "utf-16");
		assert.deepEqual(capabilities.codeActionProvider, {
			codeActionKinds: ["quickfix", "source.fixAll.usageReport"],
			resolveProvider: false,
		});
		assert.deepEqual(capabilities.workspace?.workspaceFolders, { supported: true, changeNotifications: true });
	});

	const encodings: readonly { offered: readonly string[] | null; chosen: string; start: number; end: number }[] = [
		{ offered: null, chosen: "utf-16", start: 32, end: 40 },
		{ offered: ["utf-32", "utf-16"], chosen: "utf-16", start: 32, end: 40 },
		{ offered: ["utf-16", "utf-8"], chosen: "utf-16", start: 32, end: 40 },
		// é takes 2 bytes, € 3 and 😀 4, where they are 1, 1 and 2 code units.
		{ offered: ["utf-8", "utf-16"], chosen: "utf-8", start: 37, end: 45 },
	];
	for (const { offered, chosen, start: from, end: to } of encodings) {
		it(`counts in ${chosen} for a client that offers ${offered?.join(", ") ?? "nothing"}`, async () => {
			const lsp = await start({ capabilities: { ...FULL_CLIENT, general: offered === null ? {} : { positionEncodings: [...offered] } } });
			assert.equal(lsp.initialized.capabilities.positionEncoding, chosen);
			const uri = fixture.uri("n.usage.yaml");
			await lsp.open(uri, '{ kind: project, title: "é€😀", nonsense: 1 }\n');
			const range = { start: { line: 0, character: from }, end: { line: 0, character: to } };
			const [unknown] = await lsp.pull(uri);
			assert.deepEqual([unknown?.code, unknown?.range], ["schema/unknown-key", range]);
			await lsp.edit(uri, [{ range, text: "projectId" }]);
			assert.deepEqual(await lsp.pull(uri), []);
			const hover = await lsp.request<Hover>("textDocument/hover", { textDocument: { uri }, position: range.start });
			assert.deepEqual(hover.range, { start: range.start, end: { line: 0, character: to + 1 } });
		});
	}

	it("takes in changes one after the other", async () => {
		const lsp = await start();
		const uri = fixture.uri("n.usage.yaml");
		await lsp.open(uri, "kind: project\ntitle: A\n");
		const at = (line: number, from: number, to: number, text: string) => ({
			range: { start: { line, character: from }, end: { line, character: to } },
			text,
		});
		await lsp.edit(uri, [at(1, 0, 5, "titel"), at(0, 0, 0, "# c\n"), at(2, 0, 5, "title"), at(3, 0, 0, "nonsense: 1\n")]);
		const [unknown] = await lsp.pull(uri);
		assert.deepEqual([unknown?.code, unknown?.range.start], ["schema/unknown-key", { line: 3, character: 0 }]);
	});

	it("adds and removes folders", async () => {
		const other = createFixture({ "other.usage.yaml": "kind: project\ntitle: Other\nnonsense: 1\n" });
		const lsp = await start();
		const folder = { uri: other.rootUri, name: "other" };
		await lsp.notify("workspace/didChangeWorkspaceFolders", { event: { added: [folder], removed: [] } });
		await lsp.next("workspace/diagnostic/refresh");
		assert.deepEqual((await lsp.pullAll())[other.uri("other.usage.yaml")], ["schema/unknown-key"]);
		await lsp.notify("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: [folder] } });
		await lsp.next("workspace/diagnostic/refresh");
		assert.equal((await lsp.pullAll())[other.uri("other.usage.yaml")], undefined);
		other.dispose();
	});

	it("knows the project of an instance that is opened without a folder", async () => {
		const lsp = await start({ folders: [] });
		const uri = fixture.uri("emea.usage.yaml");
		await lsp.open(uri, CLEAN_CLIENT["emea.usage.yaml"]!);
		assert.deepEqual(await lsp.pull(uri), []);
	});

	it("knows the project outside of the folder, also one that is named later, and watches it", async () => {
		fixture.write("client/i.usage.yaml", CLEAN_CLIENT["emea.usage.yaml"]!.replace("acme.", "../none.").replaceAll("data/", "../data/"));
		const lsp = await start({ folders: [fixture.uri("client")] });
		const uri = fixture.uri("client/i.usage.yaml");
		const rules = async () => codesOf(await lsp.pull(uri)).filter((code) => !code.startsWith("source/"));
		assert.deepEqual(await rules(), ["reference/missing-project"]);
		await lsp.open(uri, CLEAN_CLIENT["emea.usage.yaml"]!.replace("acme.", "../acme."));
		assert.deepEqual(await rules(), []);
		await lsp.next("client/registerCapability", (params) => JSON.stringify(params).includes("acme.usage.yaml"));
		fixture.write("acme.usage.yaml", CLEAN_CLIENT["acme.usage.yaml"]!.replace("UsedCategoryLimit: 30", "UsedCategoryLimit: 31"));
		await lsp.filesChanged({ uri: fixture.uri("acme.usage.yaml"), type: 2 });
		assert.deepEqual(await rules(), ["limits/drift-from-project"]);
	});

	it("goes on answering while data is loaded and categorized", async () => {
		for (const held of ["read installs", "consolidate", "categorize", "order"]) {
			const gate = createGate();
			const reached = createGate();
			const before = async (job: string) => {
				if (job !== held) return;
				reached.open();
				await gate.passed;
			};
			const lsp = await start({ server: { jobs: createNotingJobs([], { before }) } });
			const uri = fixture.uri("emea.usage.yaml");
			const page = lsp.request<PreviewPage | Failure>("usageReport/previewPage", { uri, offset: 0, limit: 10 });
			await reached.passed;
			const hover = await lsp.request<Hover>("textDocument/hover", { textDocument: { uri }, position: { line: 5, character: 4 } });
			assert.match(JSON.stringify(hover.contents), /[Dd]ays/, held);
			gate.open();
			assert.equal((await page).failed, false);
		}
	});

	it("ends its jobs with the session", async () => {
		const { run } = createInlineJobs();
		const gate = createGate();
		const lsp = await start({ server: { jobs: { run, dispose: async () => gate.open() } } });
		await lsp.request("shutdown", undefined);
		await gate.passed;
		lsp.connection.dispose();
		session = null;
	});

	it("refuses every request after the end", async () => {
		const lsp = await start();
		const textDocument = { uri: fixture.uri("emea.usage.yaml") };
		await assert.rejects(lsp.request("workspace/nonsense", {}), { code: -32601 });
		await lsp.request("shutdown", undefined);
		for (const [method, params] of [
			["textDocument/diagnostic", { textDocument }],
			["textDocument/hover", { textDocument, position: { line: 0, character: 0 } }],
			["usageReport/preview", { uri: textDocument.uri }],
			["workspace/nonsense", {}],
			["shutdown", undefined],
			["initialize", { processId: null, rootUri: null, capabilities: {} }],
		] as const)
			await assert.rejects(lsp.request(method, params), { code: -32600 }, method);
		lsp.connection.dispose();
		session = null;
	});

	it("answers under the client's own spelling of a URI", async () => {
		fixture.write("päron (1).usage.yaml", "kind: project\ntitle: P\nnonsense: 1\n");
		const lsp = await start({ capabilities: PUSH_CLIENT });
		const spelled = `${fixture.rootUri}/p%c3%a4ron%20%281%29.usage.yaml`;
		assert.notEqual(spelled, fixture.uri("päron (1).usage.yaml"));
		await lsp.open(spelled, "kind: project\ntitle: P\nnonsense: 2\nmore: 1\n");
		const pushed = await lsp.next(
			"textDocument/publishDiagnostics",
			({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => uri === spelled && diagnostics.length === 2,
		);
		assert.deepEqual(codesOf(pushed as never), ["schema/unknown-key", "schema/unknown-key"]);
	});

	it("does not read through a link that leads out of an untrusted workspace", async () => {
		const outside = createFixture({
			"secret.csv": "device,inventoryDate\nd1,not a date\n",
			"x.usage.yaml": "kind: project\ntitle: Secret\nnonsense: 1\n",
		});
		symlinkSync(outside.path("secret.csv"), fixture.path("data/link.csv"));
		symlinkSync(outside.path("x.usage.yaml"), fixture.path("link.usage.yaml"));
		fixture.write("emea.usage.yaml", CLEAN_CLIENT["emea.usage.yaml"]!.replace("data/devices.csv", "data/link.csv"));
		const lsp = await start({ initializationOptions: { trusted: false } });
		const all = await lsp.pullAll();
		assert.equal(all[fixture.uri("link.usage.yaml")], undefined);
		assert.deepEqual(all[fixture.uri("emea.usage.yaml")], ["source/outside-workspace"]);
		const preview = await lsp.request<PreviewSummary | Failure>("usageReport/preview", { uri: fixture.uri("emea.usage.yaml") });
		assert.match(preview.failed ? preview.message : "", /not trusted/);
		const trusting = await start();
		assert.ok((await trusting.pullAll())[fixture.uri("emea.usage.yaml")]!.includes("source/unparseable-date"));
		outside.dispose();
	});

	const hostile: readonly { name: string; files: Readonly<Record<string, string | Uint8Array>> }[] = [
		{ name: "a binary file", files: { "b.usage.yaml": new Uint8Array([0, 255, 254, 1, 2, 0, 13, 10, 127]) } },
		{ name: "invalid UTF-8", files: { "b.usage.yaml": new Uint8Array([0x6b, 0x3a, 0x20, 0xc3, 0x28, 0x0a]) } },
		{ name: "an empty file", files: { "b.usage.yaml": "" } },
		{ name: "nothing but comments", files: { "b.usage.yaml": "# only\n" } },
		{ name: "a scalar", files: { "b.usage.yaml": "42" } },
		{ name: "two documents", files: { "b.usage.yaml": "kind: project\n---\nkind: project\n" } },
		{ name: "tabs", files: { "b.usage.yaml": "kind: project\n\ttitle: A\n" } },
		{ name: "an alias bomb", files: { "b.usage.yaml": bomb() } },
		{ name: "a circle of aliases", files: { "b.usage.yaml": "kind: project\ntitle: &a [*a]\n" } },
		{
			name: "keys of prototypes",
			files: { "b.usage.yaml": "kind: instance\n__proto__: 1\nconstructor: { prototype: 1 }\ndataSources: { toString: 1 }\n" },
		},
		{ name: "deep nesting", files: { "b.usage.yaml": `kind: project\ntitle: ${"[".repeat(3000)}${"]".repeat(3000)}\n` } },
		{ name: "thousands of faulty entries", files: { "b.usage.yaml": `kind: project\ntitle: T\nsubscriptions:\n${manyEntries(3000)}` } },
		{
			name: "thousands of mentions of one server",
			files: { "b.usage.yaml": `kind: project\ntitle: T\nsubscriptions:\n${"  - { client: C, servers: [one, one] }\n".repeat(5000)}` },
		},
		{ name: "a very long line", files: { "b.usage.yaml": `kind: project\ntitle: ${"x".repeat(2_000_000)}\n` } },
		{
			name: "lists and texts where mappings belong",
			files: { "b.usage.yaml": "kind: instance\nusageCategory: [1]\ndataSources: text\nbundles: [null, 3, [x]]\nreclaimPolicies: {}\n" },
		},
		{
			name: "data that is a folder, a binary and nothing",
			files: { "b.usage.yaml": sources("data", "b.bin", "none.csv"), "b.bin": new Uint8Array([0, 1, 2, 0]) },
		},
	];
	for (const { name, files } of hostile) {
		it(`survives ${name}`, async () => {
			for (const [file, content] of Object.entries(files)) fixture.write(file, content);
			const lsp = await start();
			const uri = fixture.uri("b.usage.yaml");
			await lsp.pull(uri);
			for (const method of ["textDocument/hover", "textDocument/completion"])
				await lsp.request(method, { textDocument: { uri }, position: { line: 1, character: 3 } });
			await lsp.request("textDocument/documentSymbol", { textDocument: { uri } });
			await lsp.request("usageReport/preview", { uri });
			await lsp.request("usageReport/report", { uris: [uri] });
			assert.deepEqual((await lsp.pullAll())[fixture.uri("acme.usage.yaml")], []);
			assert.deepEqual(lsp.errors, []);
		});
	}

	it("survives a folder with a configuration's name, and finds what is in it", async () => {
		fixture.write("x.usage.yaml/inner.usage.yaml", "kind: project\ntitle: Inner\nnonsense: 1\n");
		const lsp = await start();
		const all = await lsp.pullAll();
		assert.equal(all[fixture.uri("x.usage.yaml")], undefined);
		assert.deepEqual(all[fixture.uri("x.usage.yaml/inner.usage.yaml")], ["schema/unknown-key"]);
	});

	it("survives 500 random edits, and agrees in the end with a server that sees the text for the first time", async () => {
		const lsp = await start();
		const uri = fixture.uri("emea.usage.yaml");
		let text = CLEAN_CLIENT["emea.usage.yaml"]!;
		await lsp.open(uri, text);
		const random = createRandom(20261104);
		const scraps = [
			"\n",
			" ",
			"  ",
			":",
			"- ",
			"[",
			"]",
			"{",
			"}",
			'"',
			"'",
			"#",
			"&a ",
			"*a",
			"|\n",
			">",
			"\t",
			"kind",
			"usageCategory:\n",
			"é😀",
			"\r\n",
			"---\n",
			"!!int ",
			"null",
			"90",
			"\u0000",
			"data/devices.csv",
		];
		for (let step = 0; step < 500; step++) {
			const from = random(text.length + 1);
			const to = Math.min(text.length, from + (random(3) === 0 ? random(40) : 0));
			const scrap = scraps[random(scraps.length)]!;
			await lsp.edit(uri, [{ range: { start: positionAt(text, from), end: positionAt(text, to) }, text: scrap }]);
			text = text.slice(0, from) + scrap + text.slice(to);
			const position = positionAt(text, random(text.length + 1));
			if (step % 5 === 0) await lsp.request("textDocument/hover", { textDocument: { uri }, position });
			if (step % 5 === 1) await lsp.request("textDocument/completion", { textDocument: { uri }, position });
			if (step % 5 === 2) await lsp.request("textDocument/documentSymbol", { textDocument: { uri } });
			if (step % 5 === 3) {
				const diagnostics = await lsp.pull(uri);
				await lsp.request("textDocument/codeAction", {
					textDocument: { uri },
					range: { start: position, end: position },
					context: { diagnostics },
				});
			}
			// So that the text does not stay broken from the first edits on.
			if (step % 50 === 49) {
				text = CLEAN_CLIENT["emea.usage.yaml"]!;
				await lsp.change(uri, text);
			}
			if (step === 489) await lsp.change(uri, text);
		}
		const lastPull = await lsp.pull(uri);
		assert.deepEqual(lsp.errors, []);
		const fresh = await startLsp({ folders: [fixture.rootUri] });
		await fresh.open(uri, text);
		assert.deepEqual(lastPull, await fresh.pull(uri));
		await fresh.dispose();
	}).timeout(180_000);

	it("runs as a process over standard input and output, and ends when it is told", async () => {
		const child = spawn(process.execPath, ["server/main.ts", "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
		const stderr: Buffer[] = [];
		child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
		const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
		const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
		connection.listen();
		const initialized = await connection.sendRequest<InitializeResult>("initialize", {
			processId: null,
			rootUri: fixture.rootUri,
			capabilities: { textDocument: { diagnostic: {} } },
		});
		assert.equal(initialized.serverInfo?.name, "usage-report");
		await connection.sendNotification("initialized", {});
		const uri = fixture.uri("emea.usage.yaml");
		await connection.sendNotification("textDocument/didOpen", {
			textDocument: { uri, languageId: "usage-report", version: 1, text: `${CLEAN_CLIENT["emea.usage.yaml"]}nonsense: 1\n` },
		});
		const report = await connection.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } });
		assert.deepEqual(codesOf(report), ["schema/unknown-key"]);
		const preview = await connection.sendRequest<PreviewSummary | Failure>("usageReport/preview", { uri });
		assert.equal(!preview.failed && preview.installations, 5);
		await connection.sendRequest("shutdown");
		await connection.sendNotification("exit");
		assert.equal(await ended, 0, Buffer.concat(stderr).toString());
		connection.dispose();
	}).timeout(180_000);
}).timeout(120_000);

function bomb(): string {
	const levels = Array.from(
		{ length: 12 },
		(_, level) => `l${level}: &l${level} [${Array.from({ length: 10 }, () => (level === 0 ? "x" : `*l${level - 1}`)).join(", ")}]`,
	);
	return `kind: project\n${levels.join("\n")}\n`;
}

function manyEntries(count: number): string {
	return Array.from({ length: count }, (_, index) => `  - { client: C, servers: [s${index}], nonsense: 1 }\n`).join("");
}

function sources(...paths: readonly string[]): string {
	const entries = paths.map((path, index) => `  - { name: s${index}, provides: devices, type: csv, path: ${path} }\n`);
	return `kind: instance\nname: B\nproject: acme.usage.yaml\nusageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }\ndataSources:\n${entries.join("")}`;
}

/** A position in UTF-16 code units; a line ends at \n, \r\n or \r, as the protocol says. */
function positionAt(text: string, offset: number): { line: number; character: number } {
	const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
	return { line: lines.length - 1, character: lines.at(-1)!.length };
}

/** Whole numbers from 0 to below a bound, the same ones in every run. */
function createRandom(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}
