import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { categorize } from "../../../core/usage/categorize.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";
import { orderByDeviceAndProduct } from "../../../core/usage/order-installations.ts";
import { INSTALLATION_COLUMNS, type LineForm, NDJSON_LINES, toInstallationText } from "../../../workspace/runs/installation-lines.ts";
import { CSV_LINES } from "../../../workspace/runs/results-csv.ts";
import { toInstallationJson } from "../../../workspace/runs/results-json.ts";
import { makeEstate } from "../../support/make-estate.ts";

/** Names that a format must take care of, beside those that it need not. */
const NAMES = [
	"Excel",
	"Überprüfung 3.1 (x64)",
	"a,b",
	'say "x"',
	"two\nlines",
	"a\rb",
	"tab\there",
	"=1+1",
	"'",
	"\\",
	"a;b",
	"\u2028",
	"\uFEFFmark",
	"😀",
	"{}",
	"null",
];

const categorization = categorize(
	makeEstate({
		devices: NAMES.map((device, index) => ({ device, inventoryDay: index % 3 === 0 ? null : 20_000 + index })),
		installations: Array.from({ length: 2500 }, (_, index) => ({
			device: NAMES[index % NAMES.length]!,
			product: `${NAMES[Math.floor(index / NAMES.length) % NAMES.length]}${index > 255 ? ` ${index >> 8}` : ""}`,
			installDay: index % 2 === 0 ? null : 19_000 + (index % 400),
			lastUsageDay: index % 5 === 0 ? null : 19_600 + (index % 410),
		})),
	}),
	Date.UTC(2024, 10, 1),
	DEFAULT_LIMITS,
	[],
);
const order = orderByDeviceAndProduct(categorization);

describe("lines of installations", () => {
	const expected = Array.from(order, (installation) => toInstallationJson(categorization, installation));

	it("are those of the same objects in JSON", () => {
		assert.equal(textOf(NDJSON_LINES), expected.map((installation) => `${JSON.stringify(installation)}\n`).join(""));
	});

	it("are those of the same objects in CSV", () => {
		assert.equal(
			textOf(CSV_LINES),
			stringify([[...INSTALLATION_COLUMNS], ...expected.map((installation) => INSTALLATION_COLUMNS.map((column) => installation[column]))]),
		);
	});

	it("can be read back", () => {
		const records = parse(textOf(CSV_LINES), { columns: true, record_delimiter: "\n" }) as readonly Readonly<Record<string, string>>[];
		assert.deepEqual(
			records.map((record) => ({ ...record })),
			expected.map((installation) =>
				Object.fromEntries(INSTALLATION_COLUMNS.map((column) => [column, String(installation[column] ?? "")])),
			),
		);
	});

	it("come in the order that is asked for, some at a time", () => {
		const few = order.slice(0, 1500).reverse();
		const texts = [...toInstallationText(categorization, few, NDJSON_LINES)];
		assert.deepEqual(
			texts.map(({ rows }) => rows),
			[1000, 500],
		);
		const lines = texts
			.map(({ text }) => text)
			.join("")
			.split("\n")
			.slice(0, -1);
		assert.deepEqual(
			lines,
			expected
				.slice(0, 1500)
				.reverse()
				.map((installation) => JSON.stringify(installation)),
		);
	});

	it("are a header alone where nothing is shown", () => {
		const texts = (form: LineForm) => [...toInstallationText(categorization, new Uint32Array(0), form)];
		assert.deepEqual(texts(CSV_LINES), [{ text: "device,product,installDate,lastUsageDate,category,reason,rule\n", rows: 0 }]);
		assert.deepEqual(texts(NDJSON_LINES), []);
	});
});

function textOf(form: LineForm): string {
	return Array.from(toInstallationText(categorization, order, form), ({ text }) => text).join("");
}
