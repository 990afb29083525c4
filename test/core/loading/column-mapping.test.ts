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

	/** A failure as `key of the entry: message`, then what each repair sets. */
	type Refusal = readonly [place: string, message: string, ...repairs: readonly string[]];
	const refused: readonly (readonly [string, Provides, Record<string, string>, readonly string[], ...Refusal[]])[] = [
		[
			"a required column is missing",
			"devices",
			{},
			["ResourceID", "Name"],
			[
				"columns",
				'There is no column for "device". Name it: "columns: { device: … }". The columns are: "ResourceID", "Name".',
				'columns = {"device":"ResourceID","deviceName":"Name"}',
			],
		],
		[
			"a required column, nearly named so",
			"devices",
			{},
			["devcie"],
			["columns", 'There is no column for "device". Did you mean "devcie"? The columns are: "devcie".', "columns.device = devcie"],
		],
		[
			"a named column does not exist",
			"devices",
			{ device: "ResourceId2" },
			["ResourceID", "Name"],
			[
				"columns.device",
				'There is no column "ResourceId2" (for "device"). Did you mean "ResourceID"? The columns are: "ResourceID", "Name".',
				"columns.device = ResourceID",
			],
		],
		[
			"a named optional column does not exist",
			"devices",
			{ inventoryDate: "LastScan" },
			["device"],
			["columns.inventoryDate", 'There is no column "LastScan" (for "inventoryDate"). The columns are: "device".'],
		],
		[
			"a near column that is taken by another of ours is not meant",
			"installations",
			{ device: "ResourceID", product: "ResourceId2" },
			["ResourceID", "Title"],
			[
				"columns.product",
				'There is no column "ResourceId2" (for "product"). The columns are: "ResourceID", "Title".',
				'columns = {"product":"Title"}',
			],
		],
		[
			"several required columns are missing",
			"userActivity",
			{},
			["server"],
			["columns", 'There are no columns for "user", "userType" and "accessedAt". Name them under "columns". The columns are: "server".'],
		],
		[
			"several required columns, some nearly named so",
			"userActivity",
			{},
			["server", "users", "User typ", "x"],
			[
				"columns",
				'There are no columns for "user", "userType" and "accessedAt". Did you mean "users" (for "user")? Did you mean "User typ" (for "userType")? The columns are: "server", "users", "User typ", "x".',
				"columns.user = users",
				"columns.userType = User typ",
			],
		],
		[
			"names that are wrong, and one that is missing",
			"installations",
			{ installDate: "Instaled", lastUsageDate: "Used on" },
			["device", "Installed"],
			["columns", 'There is no column for "product". Name it: "columns: { product: … }". The columns are: "device", "Installed".'],
			[
				"columns.installDate",
				'There is no column "Instaled" (for "installDate"). Did you mean "Installed"?',
				"columns.installDate = Installed",
			],
			["columns.lastUsageDate", 'There is no column "Used on" (for "lastUsageDate").'],
		],
		[
			"no column has a name of ours, but all have names that other programs give them",
			"installations",
			{},
			["Computer", "Software", "Installed on", "Last run", "Owner"],
			[
				"columns",
				'There are no columns for "device" and "product". Name them under "columns". The columns are: "Computer", "Software", "Installed on", "Last run", "Owner".',
				'columns = {"device":"Computer","product":"Software","installDate":"Installed on","lastUsageDate":"Last run"}',
			],
		],
		[
			"a required column has the name of an optional one",
			"devices",
			{},
			["Device name", "Last check-in"],
			[
				"columns",
				'There is no column for "device". Name it: "columns: { device: … }". The columns are: "Device name", "Last check-in".',
				'columns = {"device":"Device name","inventoryDate":"Last check-in"}',
			],
		],
		[
			"a part is mapped already",
			"usageLog",
			{ server: "Host" },
			["Host", "LogDate", "ActiveReg", "ActiveEnt", "ActiveDes"],
			[
				"columns",
				'There are no columns for "loggedAt", "activeRegistered", "activeEnterprise" and "activeDesigners". Name them under "columns". The columns are: "Host", "LogDate", "ActiveReg", "ActiveEnt", "ActiveDes".',
				'columns = {"loggedAt":"LogDate","activeRegistered":"ActiveReg","activeEnterprise":"ActiveEnt","activeDesigners":"ActiveDes"}',
			],
		],
		[
			"a row of data in place of the header, of which nothing is quoted",
			"userActivity",
			{ user: "Ann Quill" },
			["live", "Ann Quills", "Registered", "2026-11-04"],
			[
				"columns",
				'There are no columns "server", "Ann Quill" (for "user"), "userType" and "accessedAt". The first row does not look like names of columns. If the file has no header, set "header: false" and name "Column 1" and so on under "columns".',
			],
		],
		[
			"a row of accesses that nothing tells from names",
			"userActivity",
			{},
			["live", "Ann Quill", "Admin"],
			[
				"columns",
				'There are no columns for "server", "user", "userType" and "accessedAt". The first row does not look like names of columns. If the file has no header, set "header: false" and name "Column 1" and so on under "columns".',
			],
		],
		[
			"accesses without a header, with columns that are numbered",
			"userActivity",
			{ server: "Column 1", user: "Column 2", userType: "Column 3" },
			["Column 1", "Column 2", "Column 3", "Column 4"],
			[
				"columns",
				'There is no column for "accessedAt". Name it: "columns: { accessedAt: … }". The columns are: "Column 1", "Column 2", "Column 3", "Column 4".',
			],
		],
		[
			"only what is optional could be found",
			"installations",
			{},
			["Installed", "Vendor"],
			["columns", 'There are no columns for "device" and "product". Name them under "columns". The columns are: "Installed", "Vendor".'],
		],
		[
			"a used column occurs twice",
			"devices",
			{},
			["device", "x", "device"],
			["columns", 'The column "device" (for "device") occurs 2 times, as columns 1 and 3. Rename all but one in the source.'],
		],
		[
			"similar names, none of them exact",
			"devices",
			{ device: "resourceid" },
			["ResourceID", "Resource ID"],
			["columns.device", 'The column "ResourceID" (for "device") occurs 2 times, as columns 1 and 2. Rename all but one in the source.'],
		],
		[
			"the whole header is one column",
			"devices",
			{},
			["device;inventoryDate"],
			[
				"delimiter",
				'There is no column for "device". The only column is "device;inventoryDate". Perhaps the delimiter is ";": set delimiter to it.',
				"delimiter = ;",
			],
		],
		[
			"the whole header is one column with tabs",
			"installations",
			{ device: "ID", lastUsageDate: "Used" },
			["ID\tproduct\tUsed"],
			[
				"delimiter",
				'There are no columns "ID" (for "device"), "product" and "Used" (for "lastUsageDate"). The only column is "ID product Used". Perhaps the delimiter is a tab: set delimiter to "\\t".',
				"delimiter = \t",
			],
		],
		[
			"the whole header is one column with bars",
			"installations",
			{},
			["device|product"],
			[
				"delimiter",
				'There are no columns for "device" and "product". The only column is "device|product". Perhaps the delimiter is "|": set delimiter to it.',
				"delimiter = |",
			],
		],
	];
	for (const [name, provides, columns, tableColumns, ...expected] of refused) {
		it(name, () => {
			const { failures } = mapColumns(provides, columns, tableColumns);
			assert.deepEqual(
				failures.map(({ key, column, message, repairs }) => [
					column === null ? key : `${key}.${column}`,
					message,
					...repairs.map(({ keys, value }) => `${keys.join(".")} = ${typeof value === "string" ? value : JSON.stringify(value)}`),
				]),
				expected,
			);
			assert.deepEqual(
				failures.map(({ code }) => code),
				expected.map(([, message]) => (message.includes("occurs") ? "source/duplicate-column" : "source/missing-column")),
			);
		});
	}

	it("does not blame the delimiter of a database", () => {
		const [failure] = mapColumns("devices", {}, ["device;inventoryDate"], "sqlite").failures;
		assert.deepEqual([failure?.key, failure?.repairs], ["columns", []]);
	});

	const settings: readonly (readonly [header: readonly string[], indices: Readonly<Record<string, number>>])[] = [
		[["ProjectTitle", "SettingName", "Value"], { title: 0, name: 1, value: 2 }],
		[["InstanceName", "ProjectName", "Value", "InstanceID"], { title: 0, name: 1, value: 2, instanceId: 3 }],
		[["InstanceName", "ProjectTitle", "Name", "SettingName", "Value"], { title: 1, name: 2, value: 4 }],
	];
	for (const [header, indices] of settings) {
		it(`reads the rows of the vendor's settings with the header ${header.join(", ")}`, () =>
			assert.deepEqual(mapColumns("settings", {}, header), { indices, failures: [] }));
	}

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
