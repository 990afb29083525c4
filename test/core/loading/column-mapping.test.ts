import assert from "node:assert/strict";
import type { Provides } from "../../../core/config/model.ts";
import { mapColumns, OUR_COLUMNS } from "../../../core/loading/column-mapping.ts";

describe("column mapping", () => {
	const mapped: readonly (readonly [string, Provides, Record<string, string>, readonly string[], Record<string, number>])[] = [
		["by equal names", "devices", {}, ["device", "inventoryDate", "deviceName"], { device: 0, inventoryDate: 1, deviceName: 2 }],
		["in any order, among others", "devices", {}, ["x", "inventoryDate", "device"], { device: 2, inventoryDate: 1 }],
		["ignoring case", "installations", {}, ["DEVICE", "Product", "lastusagedate"], { device: 0, product: 1, lastUsageDate: 2 }],
		[
			"ignoring spaces and _",
			"installations",
			{},
			["Device", "product", "Install Date", "last_usage_date"],
			{ device: 0, product: 1, installDate: 2, lastUsageDate: 3 },
		],
		["optional columns may be missing", "devices", {}, ["device"], { device: 0 }],
		[
			"as the entry says",
			"devices",
			{ device: "ResourceID", inventoryDate: "LastHardwareScan" },
			["LastHardwareScan", "ResourceID"],
			{ device: 1, inventoryDate: 0 },
		],
		["the entry goes before an equal name", "devices", { device: "ResourceID" }, ["device", "ResourceID"], { device: 1 }],
		["the entry's name in another case", "devices", { device: "resource_id" }, ["Resource ID"], { device: 0 }],
		["an exact name goes before a similar one", "devices", { device: "ID" }, ["id", "ID"], { device: 1 }],
		["an exact own name goes before a similar one", "devices", {}, ["Device", "device"], { device: 1 }],
		[
			"one column for two of ours",
			"installations",
			{ installDate: "Date", lastUsageDate: "Date" },
			["device", "product", "Date"],
			{ device: 0, product: 1, installDate: 2, lastUsageDate: 2 },
		],
		[
			"of a file without a header",
			"devices",
			{ device: "Column 2", inventoryDate: "Column 1" },
			["Column 1", "Column 2"],
			{ device: 1, inventoryDate: 0 },
		],
		["duplicates that are not used", "devices", {}, ["x", "x", "device"], { device: 2 }],
		["names of object members", "devices", { device: "constructor" }, ["constructor", "__proto__"], { device: 0 }],
	];
	for (const [name, provides, columns, tableColumns, indices] of mapped) {
		it(name, () => assert.deepEqual(mapColumns(provides, columns, tableColumns), { indices, failures: [] }));
	}

	const refused: readonly (readonly [string, Provides, Record<string, string>, readonly string[], string, string])[] = [
		[
			"a required column is missing",
			"devices",
			{},
			["ResourceID", "Name"],
			"source/missing-column",
			'There is no column for "device". Name it: "columns: { device: … }". The columns are: "ResourceID", "Name".',
		],
		[
			"a required column, nearly named so",
			"devices",
			{},
			["devcie"],
			"source/missing-column",
			'There is no column for "device". Did you mean "devcie"? The columns are: "devcie".',
		],
		[
			"a named column does not exist",
			"devices",
			{ device: "ResourceId2" },
			["ResourceID", "Name"],
			"source/missing-column",
			'There is no column "ResourceId2" (for "device"). Did you mean "ResourceID"? The columns are: "ResourceID", "Name".',
		],
		[
			"a named optional column does not exist",
			"devices",
			{ inventoryDate: "LastScan" },
			["device"],
			"source/missing-column",
			'There is no column "LastScan" (for "inventoryDate"). The columns are: "device".',
		],
		[
			"a used column occurs twice",
			"devices",
			{},
			["device", "x", "device"],
			"source/duplicate-column",
			'The column "device" (for "device") occurs 2 times, as columns 1 and 3. Rename all but one in the source.',
		],
		[
			"similar names, none of them exact",
			"devices",
			{ device: "resourceid" },
			["ResourceID", "Resource ID"],
			"source/duplicate-column",
			'The column "ResourceID" (for "device") occurs 2 times, as columns 1 and 2. Rename all but one in the source.',
		],
		[
			"the whole header is one column",
			"devices",
			{},
			["device;inventoryDate"],
			"source/missing-column",
			'There is no column for "device". Name it: "columns: { device: … }". The columns are: "device;inventoryDate". Perhaps the delimiter is ";": set delimiter to it.',
		],
		[
			"the whole header is one column with tabs",
			"devices",
			{},
			["device\tinventoryDate"],
			"source/missing-column",
			'There is no column for "device". Name it: "columns: { device: … }". The columns are: "device\tinventoryDate". Perhaps the delimiter is a tab: set delimiter to "\\t".',
		],
	];
	for (const [name, provides, columns, tableColumns, code, message] of refused) {
		it(name, () => assert.deepEqual(mapColumns(provides, columns, tableColumns).failures, [{ code, message }]));
	}

	it("names every missing column", () => {
		const { failures } = mapColumns("userActivity", {}, ["server"]);
		assert.deepEqual(
			failures.map(({ message }) => message.slice(0, message.indexOf("."))),
			['There is no column for "user"', 'There is no column for "userType"', 'There is no column for "accessedAt"'],
		);
	});

	it("requires what a source cannot be used without", () => {
		const required = Object.entries(OUR_COLUMNS).map(([provides, columns]) => [
			provides,
			columns.filter((column) => column.required).map((column) => column.name),
		]);
		assert.deepEqual(required, [
			["devices", ["device"]],
			["installations", ["device", "product"]],
			["usageLog", ["server", "loggedAt", "activeRegistered", "activeEnterprise", "activeDesigners"]],
			["userActivity", ["server", "user", "userType", "accessedAt"]],
			["settings", ["title", "name", "value"]],
		]);
	});
});
