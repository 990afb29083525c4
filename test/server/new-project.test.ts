import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { NewProjectFailure, NewProjectResult } from "../../server/protocol/client-messages.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { codesOf } from "../support/lsp-harness.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

const SUBSCRIPTION = {
	client: "Bergmann & Sohn: KG",
	renewalDate: "2027-10-31",
	registeredUsers: "250",
	enterpriseUsers: "40",
	designerUsers: "0",
	servers: "berg-live, berg-test; 'quoted'",
};

describe("new project", () => {
	const session = sessionPerTest(CLEAN_CLIENT);

	const ask = (params: object) =>
		session.lsp.request<NewProjectResult | NewProjectFailure>("usageReport/newProject", {
			folder: session.fixture.rootUri,
			title: "Bergmann: #1",
			...params,
		});

	it("is a file in the folder, without a fault", async () => {
		const answer = await ask({ subscription: SUBSCRIPTION });
		assert.ok(!answer.failed);
		assert.deepEqual([answer.uri, answer.fileName], [session.fixture.uri("bergmann-1.usage.yaml"), "bergmann-1.usage.yaml"]);
		await session.lsp.open(answer.uri, answer.text);
		assert.deepEqual(codesOf(await session.lsp.pull(answer.uri)), []);
		assert.match(answer.text, /registeredUsers: 250\n.*enterpriseUsers: 40\n.*designerUsers: 0\n/);
	});

	it("needs no subscription, and is without a fault then too", async () => {
		const answer = await ask({});
		assert.ok(!answer.failed);
		await session.lsp.open(answer.uri, answer.text);
		assert.deepEqual(codesOf(await session.lsp.pull(answer.uri)), []);
	});

	it("takes a free file name where the first is taken", async () => {
		session.fixture.write("bergmann-1.usage.yaml", "kind: project\ntitle: Another\n");
		const answer = await ask({});
		assert.ok(!answer.failed);
		assert.equal(answer.fileName, "bergmann-1-2.usage.yaml");
	});

	for (const { what, params, about, says } of [
		{ what: "no title", params: { title: " " }, about: "title", says: /needs a title/ },
		{ what: "a title that is taken, in another case", params: { title: "ACME" }, about: "title", says: /acme\.usage\.yaml/ },
		{ what: "a file that is taken", params: { fileName: "acme.usage.yaml" }, about: "fileName", says: /already/ },
		{ what: "a file of another ending", params: { fileName: "acme.yaml" }, about: "fileName", says: /\.usage\.yaml/ },
		{ what: "a file in another folder", params: { fileName: "../a.usage.yaml" }, about: "fileName", says: /characters/ },
		...(
			[
				["client", " ", /client's name/],
				["renewalDate", "31.12.2027", /year, month and day/],
				["renewalDate", "2027-02-30", /year, month and day/],
				["renewalDate", "2026-11-03", /has passed/],
				["registeredUsers", "-1", /whole number/],
				["enterpriseUsers", "2.5", /whole number/],
				["designerUsers", "1,000", /whole number/],
				["servers", " , ", /at least one server/],
				["servers", "a, A", /named twice/],
				["servers", "ACME-LIVE", /Acme plc already, in acme\.usage\.yaml/],
			] as const
		).map(([part, text, says]) => ({
			what: `${part} "${text}"`,
			params: { subscription: { ...SUBSCRIPTION, [part]: text } },
			about: part,
			says,
		})),
	]) {
		it(`says what is wrong with ${what}`, async () => {
			const answer = await ask(params);
			assert.ok(answer.failed);
			assert.equal(answer.about, about);
			assert.match(answer.message, says);
		});
	}

	it("looks at no part of a subscription that was not asked for yet", async () => {
		assert.equal((await ask({ subscription: { client: "Bergmann" } })).failed, false);
	});
}).timeout(120_000);
