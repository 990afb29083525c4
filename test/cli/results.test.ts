import assert from "node:assert/strict";
import { makeFolder, runCli, SMALL_CLIENT } from "./cli-support.ts";

// What these commands print is a contract, so it is compared to the letter.

const CATEGORIZE_JSON = `{
  "instance": "Corvane Floor",
  "asOf": "2026-11-04T21:00:00Z",
  "endOfSync": "2026-11-04",
  "limits": {
    "InstallDateCutOffLimit": 7,
    "UsedCategoryLimit": 30,
    "UnusedCategoryLimit": 90
  },
  "installations": 6,
  "devices": 3,
  "products": 3,
  "totals": [
${[
	["Used", null, 2],
	["Rarely Used", null, 1],
	["Unused", null, 1],
	["Unreported", "Device stopped reporting usage", 0],
	["Unreported", "Invalid usage date", 0],
	["Unreported", "Recently installed", 0],
	["Unreported", "Invalid install date", 0],
	["Unreported", "No Product Usage", 1],
	["Unreported", "No Device usage", 0],
	["Unreported", "Device Inventory too old", 0],
	["Unreported", "Invalid Device Inventory date", 0],
	["Unreported", "No Device Inventory date", 1],
]
	.map(
		([category, reason, count]) =>
			`    {\n      "category": "${category}",\n      "reason": ${JSON.stringify(reason)},\n      "count": ${count}\n    }`,
	)
	.join(",\n")}
  ],
  "byProduct": [
    {
      "product": "=Sum",
      "counts": [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    },
    {
      "product": "Editor",
      "counts": [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    },
    {
      "product": "Viewer",
      "counts": [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    }
  ],
  "problems": [
    {
      "code": "source/unparseable-date",
      "source": "installs",
      "row": 7,
      "column": "lastUsageDate",
      "message": "\\"soon\\" is not a date in the format iso; the row is kept without it."
    }
  ],
  "problemCount": 1
}
`;

const NDJSON = `{"device":"D1","product":"=Sum","installDate":"2026-11-01","lastUsageDate":null,"category":"Unreported","reason":"No Product Usage","rule":11}
{"device":"D1","product":"Editor","installDate":"2025-01-10","lastUsageDate":"2026-10-05","category":"Used","reason":null,"rule":7}
{"device":"D1","product":"Viewer","installDate":"2025-01-10","lastUsageDate":"2026-09-20","category":"Rarely Used","reason":null,"rule":9}
{"device":"D2","product":"Editor","installDate":"2025-02-01","lastUsageDate":"2026-08-06","category":"Unused","reason":null,"rule":8}
{"device":"D2","product":"Viewer","installDate":"2025-02-01","lastUsageDate":"2026-11-03","category":"Used","reason":null,"rule":7}
{"device":"D3","product":"Editor","installDate":"2025-02-01","lastUsageDate":null,"category":"Unreported","reason":"No Device Inventory date","rule":1}
`;

const CSV = `device,product,installDate,lastUsageDate,category,reason,rule
D1,=Sum,2026-11-01,,Unreported,No Product Usage,11
D1,Editor,2025-01-10,2026-10-05,Used,,7
D1,Viewer,2025-01-10,2026-09-20,Rarely Used,,9
D2,Editor,2025-02-01,2026-08-06,Unused,,8
D2,Viewer,2025-02-01,2026-11-03,Used,,7
D3,Editor,2025-02-01,,Unreported,No Device Inventory date,1
`;

const REPORT_JSON = {
	asOf: "2026-11-05T09:00:00Z",
	rows: [
		{
			client: "Corvane Ltd",
			server: "corvane-live",
			renewalDate: "2027-03-31",
			registeredUsers: 250,
			enterpriseUsers: 40,
			designerUsers: 6,
			activeRegistered: 231,
			activeEnterprise: 38,
			activeDesigners: 7,
			weeklyDifference: -4,
			lastUpdate: "2026-11-04T21:00:07Z",
			flags: ["over-use"],
		},
		{
			client: "Corvane Ltd",
			server: "corvane-test",
			renewalDate: "2027-03-31",
			registeredUsers: 250,
			enterpriseUsers: 40,
			designerUsers: 6,
			activeRegistered: null,
			activeEnterprise: null,
			activeDesigners: null,
			weeklyDifference: null,
			lastUpdate: null,
			flags: ["never reported"],
		},
	],
	clients: [
		{
			client: "Corvane Ltd",
			renewalDate: "2027-03-31",
			servers: 2,
			registeredUsers: 250,
			enterpriseUsers: 40,
			designerUsers: 6,
			activeRegistered: { atLeast: 231, atMost: 231 },
			activeEnterprise: { atLeast: 38, atMost: 38 },
			activeDesigners: { atLeast: 7, atMost: 7 },
		},
	],
	problems: [],
	problemCount: 0,
};

const REPORT_CSV = `client,server,renewalDate,registeredUsers,enterpriseUsers,designerUsers,activeRegistered,activeEnterprise,activeDesigners,weeklyDifference,lastUpdate,flags
Corvane Ltd,corvane-live,2027-03-31,250,40,6,231,38,7,-4,2026-11-04T21:00:07Z,over-use
Corvane Ltd,corvane-test,2027-03-31,250,40,6,,,,,,never reported
`;

const EXPLAIN_JSON = {
	instance: "Corvane Floor",
	asOf: "2026-11-04T21:00:00Z",
	endOfSync: "2026-11-04",
	limits: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 },
	device: "D3",
	product: "Editor",
	category: "Unreported",
	reason: "No Device Inventory date",
	rule: 1,
	ruleText: "no device inventory date",
	inventoryDate: null,
	installDate: { date: "2025-02-01", inFuture: false },
	lastUsageDate: null,
	ownLastUsageDate: null,
	latestDeviceUsage: null,
	productReportsUsage: true,
	ages: { inventoryAge: null, usageLag: null, usageAge: null, installAge: 641 },
	steps: [{ rule: 1, text: "no device inventory date (there is none)", matched: true }],
	nextChange: null,
	place: { source: "installs", path: "installs.csv", row: 7 },
};

describe("printed results", () => {
	it("categorize --format json", () => checkPrinted("categorize floor.usage.yaml --format json", CATEGORIZE_JSON, ""));
	const note = "usage-report: 1 problem in the data; --format json lists it.\n";
	it("categorize --format ndjson", () => checkPrinted("categorize floor.usage.yaml --format ndjson", NDJSON, note));
	it("categorize --format csv", () => checkPrinted("categorize floor.usage.yaml --format csv", CSV, note));
	it("report --format json", () => checkJson("report --format json", REPORT_JSON));
	it("report --format csv", () => checkPrinted("report --format csv", REPORT_CSV, ""));
	it("explain --format json", () => checkJson("explain floor.usage.yaml --device D3 --product Editor --format json", EXPLAIN_JSON));
	it("the text of categorize mentions data problems", async () => {
		const { stdout } = await runLine("categorize floor.usage.yaml");
		assert.match(stdout, /\n1 problem in the data\n {2}installs, row 7, lastUsageDate: "soon" is not a date/);
	});
});

async function checkPrinted(line: string, stdout: string, stderr: string): Promise<void> {
	assert.deepEqual(await runLine(line), { exitCode: 0, stdout, stderr });
}

/** Compares values and the order of keys. */
async function checkJson(line: string, expected: unknown): Promise<void> {
	const { stdout } = await runLine(line);
	assert.equal(JSON.stringify(JSON.parse(stdout), null, 2), JSON.stringify(expected, null, 2));
}

async function runLine(line: string) {
	const { folder, remove } = makeFolder({
		...SMALL_CLIENT,
		"installs.csv": SMALL_CLIENT["installs.csv"]!.replace("D3,Editor,2025-02-01,", "D3,Editor,2025-02-01,soon"),
	});
	try {
		return await runCli(line.split(" "), folder);
	} finally {
		remove();
	}
}
