import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { NewInstanceFailure, NewInstanceResult } from "../../server/protocol/settings-messages.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { codesOf } from "../support/lsp-harness.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

describe("new instance", () => {
	const session = sessionPerTest(CLEAN_CLIENT);

	const ask = (params: object) =>
		session.lsp.request<NewInstanceResult | NewInstanceFailure>("usageReport/newInstance", {
			project: session.fixture.uri("acme.usage.yaml"),
			...params,
		});

	it("is a file beside the project's, without a fault", async () => {
		const answer = await ask({ name: "Acme APAC" });
		assert.ok(!answer.failed);
		assert.deepEqual([answer.uri, answer.fileName], [session.fixture.uri("acme-apac.usage.yaml"), "acme-apac.usage.yaml"]);
		assert.match(
			answer.text,
			/^# A new instance of the project Acme .*do not follow\.\nkind: instance\nname: Acme APAC\nproject: acme\.usage\.yaml\n/,
		);
		await session.lsp.open(answer.uri, answer.text);
		assert.deepEqual(codesOf(await session.lsp.pull(answer.uri)), []);
	});

	it("has the data that is chosen, with the columns, dates and delimiter of the files", async () => {
		session.fixture.write("data/hosts.csv", "Host;Last Hardware Scan\nH1;31/10/2026\nH2;02/11/2026\n");
		session.fixture.write("data/software.csv", "Host;Product;Installed\nH1;Word;31/10/2026\nH2;Word;30/10/2026\n");
		const data = [
			{ provides: "devices", file: session.fixture.uri("data/hosts.csv") },
			{ provides: "installations", file: session.fixture.uri("data/software.csv") },
		];
		const answer = await ask({ name: "Acme APAC", data });
		assert.ok(!answer.failed);
		assert.deepEqual(answer.open, []);
		assert.match(answer.text, /path: data\/hosts\.csv\n.*delimiter: ;\n.*dateFormat: dd\/MM\/yyyy\n/);
		await session.lsp.open(answer.uri, answer.text);
		assert.deepEqual(codesOf(await session.lsp.pull(answer.uri)), []);
	});

	it("says which columns nothing in a file looks like", async () => {
		session.fixture.write("data/odd.csv", "a,b\n1,2\n");
		const answer = await ask({ name: "Acme APAC", data: [{ provides: "installations", file: session.fixture.uri("data/odd.csv") }] });
		assert.ok(!answer.failed);
		assert.match(answer.open.join("\n"), /odd\.csv no column looks like device.*\n.*looks like product/);
	});

	it("refuses a file of no known type", async () => {
		const answer = await ask({ name: "Acme APAC", data: [{ provides: "devices", file: session.fixture.uri("data/notes.docx") }] });
		assert.ok(answer.failed);
		assert.deepEqual([answer.about, /notes\.docx is of no known type/.test(answer.message)], ["data", true]);
	});

	for (const { what, params, about } of [
		{ what: "a name that is taken", params: { name: "acme emea" }, about: "name" },
		{ what: "a file that is taken", params: { name: "New", fileName: "emea.usage.yaml" }, about: "fileName" },
	]) {
		it(`says what is wrong with ${what}`, async () => {
			const answer = await ask(params);
			assert.ok(answer.failed && answer.message !== "");
			assert.equal(answer.about, about);
		});
	}
}).timeout(120_000);
