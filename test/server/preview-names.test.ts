import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { PreviewNamesResult } from "../../server/protocol/preview-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { sessionPerTest } from "../support/lsp-session.ts";

const INSTALLS = `device,product
d1,Word
d1,Sword
d1,Wordpad
d1,word
d1,Crossword
d2,Excel
`;

describe("names of a preview", () => {
	const session = sessionPerTest({ ...CLEAN_CLIENT, "data/installs.csv": INSTALLS });
	const ask = (params: object) =>
		session.lsp.request<PreviewNamesResult | Failure>("usageReport/previewNames", {
			uri: session.fixture.uri("emea.usage.yaml"),
			of: "products",
			text: "",
			limit: 100,
			...params,
		});

	const cases: readonly { params: object; total: number; names: readonly string[] }[] = [
		{ params: {}, total: 6, names: ["Crossword", "Excel", "Sword", "Word", "Wordpad", "word"] },
		{ params: { text: "WORD" }, total: 5, names: ["Word", "word", "Wordpad", "Crossword", "Sword"] },
		{ params: { text: "word", limit: 3 }, total: 5, names: ["Word", "word", "Wordpad"] },
		{ params: { text: "word", limit: 0 }, total: 5, names: ["Word"] },
		{ params: { text: "none" }, total: 0, names: [] },
		{ params: { of: "devices" }, total: 2, names: ["d1", "d2"] },
		{ params: { of: "devices", text: "2" }, total: 1, names: ["d2"] },
	];
	for (const { params, total, names } of cases) {
		it(`finds ${JSON.stringify(params)}`, async () => {
			assert.deepEqual(await ask(params), { failed: false, total, names });
		});
	}

	const nonsense: readonly { params: object; message: RegExp }[] = [
		{ params: { of: "publishers" }, message: /devices and of products/ },
		{ params: { text: 7 }, message: /is a text/ },
	];
	for (const { params, message } of nonsense) {
		it(`answers ${JSON.stringify(params)} in words`, async () => {
			const answer = await ask(params);
			assert.match(answer.failed ? answer.message : "", message);
		});
	}
}).timeout(120_000);
