import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import type { CopyRowsResult } from "../../server/protocol/preview-messages.ts";
import type { Failure } from "../../server/protocol/requests.ts";
import { CLEAN_CLIENT } from "../support/fixture-workspace.ts";
import { sessionPerTest } from "../support/lsp-session.ts";
import { toLimits } from "./preview-support.ts";

/** Names as nobody should have given them. */
const NASTY_INSTALLS = `device,product
d1,"=HYPERLINK(""http://x"")"
d1,+1
d1,-2
d1,@SUM(1)
d1,"two
lines"
d1,"tab	here"
d1,"say ""hi"""
d1,plain = text
`;

describe("rows for the clipboard", () => {
	const session = sessionPerTest({
		...CLEAN_CLIENT,
		"emea.usage.yaml": `${CLEAN_CLIENT["emea.usage.yaml"]}unitPrices:\n  - { products: [Visio], price: 280.5, currency: GBP }\n`,
	});
	const copy = (params: object) =>
		session.lsp.request<CopyRowsResult | Failure>("usageReport/copyRows", {
			uri: session.fixture.uri("emea.usage.yaml"),
			of: "installations",
			columns: ["device", "product"],
			headers: [],
			ranges: [[0, 99]],
			...params,
		});

	const cases: readonly { name: string; params: object; text: string; rows: number }[] = [
		{
			name: "installations with a header",
			params: {
				columns: ["product", "category", "lastUsageDate", "rule"],
				headers: ["Product", "Category", "Last used", "Rule"],
				ranges: [[0, 1]],
			},
			text: "Product\tCategory\tLast used\tRule\r\nExcel\tRarely Used\t2026-09-15\t9\r\nVisio\tUnused\t2026-06-01\t8\r\n",
			rows: 2,
		},
		{
			name: "installations in the order of a query, each once",
			params: {
				query: { sort: [{ by: "device", descending: true }] },
				ranges: [
					[3, 4],
					[0, 0],
					[0, 0],
				],
			},
			text: "d2\tProject\r\nd1\tVisio\r\nd1\tWord\r\n",
			rows: 3,
		},
		{
			name: "what is missing",
			params: { columns: ["product", "lastUsageDate", "publisher", "deviceName", "reason"], ranges: [[3, 3]] },
			text: "Project\t\t\t\tNo Product Usage\r\n",
			rows: 1,
		},
		{
			name: "installations with other limits",
			params: { columns: ["product", "category"], limits: toLimits("7,60,90"), ranges: [[0, 0]] },
			text: "Excel\tUsed\r\n",
			rows: 1,
		},
		{
			name: "products beside other limits",
			params: {
				of: "products",
				columns: ["product", "installations", "used", "other.used", "outcome2", "moved", "price", "worth"],
				headers: ["Product", "All", "Used", "Used then", "Unused", "Moved", "Price", "Worth"],
				against: toLimits("7,60,90"),
				query: { text: "i" },
			},
			text: "Product\tAll\tUsed\tUsed then\tUnused\tMoved\tPrice\tWorth\r\nVisio\t1\t0\t0\t1\t0\t280.5 GBP\t280.5 GBP\r\n",
			rows: 1,
		},
		{ name: "nothing", params: { ranges: [[7, 9]] }, text: "", rows: 0 },
	];
	for (const { name, params, text, rows } of cases) {
		it(`gives ${name}`, async () => {
			assert.deepEqual(await copy(params), { failed: false, text, rows });
		});
	}

	it("keeps cells together, and what looks like a formula text", async () => {
		session.fixture.write("data/installs.csv", NASTY_INSTALLS);
		const answer = await copy({ columns: ["product"] });
		assert.ok(!answer.failed, JSON.stringify(answer));
		assert.deepEqual(answer.text.split("\r\n").toSorted(), [
			"",
			'"\'=HYPERLINK(""http://x"")"',
			'"say ""hi"""',
			'"tab\there"',
			'"two\nlines"',
			"'+1",
			"'-2",
			"'@SUM(1)",
			"plain = text",
		]);
	});

	const nonsense: readonly { params: object; message: RegExp }[] = [
		{ params: { of: "devices" }, message: /Installations and products/ },
		{ params: { headers: "x" }, message: /headers/ },
		{ params: { ranges: [[1, 0]] }, message: /first and the last row/ },
		{ params: { columns: [] }, message: /columns from device/ },
		{ params: { columns: ["device", "colour"] }, message: /columns from device/ },
		{ params: { columns: "device" }, message: /columns from device/ },
		{ params: { of: "products", columns: ["other.product"] }, message: /Products are copied/ },
		{ params: { of: "products", columns: ["constructor"] }, message: /Products are copied/ },
		{ params: { query: 7 }, message: /not a query/ },
		{ params: { limits: 7 }, message: /three whole numbers/ },
		{ params: { uri: "file:///none.usage.yaml" }, message: /no file/ },
	];
	for (const { params, message } of nonsense) {
		it(`answers ${JSON.stringify(params)} in words`, async () => {
			const answer = await copy(params);
			assert.match(answer.failed ? answer.message : "", message);
		});
	}

	it("refuses more rows than a clipboard should hold, and can be cancelled", async () => {
		const lines = Array.from({ length: 1_000_001 }, (_, row) => `d${row >> 10},P${row & 1023}`);
		session.fixture.write("data/installs.csv", `device,product\n${lines.join("\n")}\n`);
		const answer = await copy({ ranges: [[0, 2e6]] });
		assert.match(answer.failed ? answer.message : "", /1,000,001 rows are too many for the clipboard/);
		const source = new CancellationTokenSource();
		const pending = session.lsp.connection.sendRequest(
			"usageReport/copyRows",
			{
				uri: session.fixture.uri("emea.usage.yaml"),
				of: "installations",
				columns: ["device", "product"],
				headers: [],
				ranges: [[0, 999_999]],
			},
			source.token,
		);
		setTimeout(() => source.cancel(), 30);
		await assert.rejects(pending, (error: { code?: number }) => error.code === -32800);
	});
}).timeout(40_000);
