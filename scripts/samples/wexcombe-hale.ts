import { parseDay } from "../../core/dates/day-number.ts";
import { ADOBE_CREATIVE_CLOUD, INSURANCE_PRODUCTS, MICROSOFT_OFFICE, OFFICE_PRODUCTS } from "./catalogue.ts";
import { inventInventory } from "./inventory.ts";
import { createRandom } from "./random.ts";
import { csvFile, isoDay, noonSeconds, type SampleFile, slashedDay, sqliteFile, textFile, wallClock } from "./sample-files.ts";
import { inventUsageLogs } from "./usage-logs.ts";

const SYNC_DAY = parseDay("2026-11-04")!;

/** Wexcombe & Hale: an insurer with two inventory repositories, four servers and one that no subscription names. */
export function makeWexcombeHale(): readonly SampleFile[] {
	return [
		textFile("wexcombe-hale/wexcombe-hale.usage.yaml", PROJECT),
		usageLog(),
		textFile("wexcombe-hale/london.usage.yaml", LONDON),
		...londonFiles(),
		textFile("wexcombe-hale/dublin.usage.yaml", DUBLIN),
		dublinFile(),
	];
}

function usageLog(): SampleFile {
	const logs = inventUsageLogs(
		[
			{ server: "wexcombe-live", registered: [196, 231], enterprise: 37, designers: 7, retriedWeeks: [0, 17] },
			{ server: "wexcombe-test", registered: [14, 19], enterprise: 4, designers: 3 },
			{ server: "hale-live", registered: [92, 88], enterprise: 14, designers: 2, lastChange: -27 },
			{ server: "wexcombe-pilot", registered: [5, 9], enterprise: 2, designers: 1, missingWeeks: [30, 31] },
		],
		createRandom("wexcombe-hale usage log"),
	);
	const rows = logs.map((log) => [
		log.server,
		wallClock(log.loggedAt, "Europe/London"),
		log.activeRegistered,
		log.activeEnterprise,
		log.activeDesigners,
	]);
	return csvFile(
		"wexcombe-hale/data/weekly-usage.csv",
		{ delimiter: ";", encoding: "utf-8", lineEnd: "\r\n" },
		["Server", "Logged", "Active Registered", "Active Enterprise", "Active Designers"],
		rows,
	);
}

/** The management system knows devices and installs; the metering agent knows when a product was last used. */
function londonFiles(): readonly SampleFile[] {
	const random = createRandom("wexcombe-hale london");
	const inventory = inventInventory(
		{
			prefix: "WXH",
			sites: ["LDN", "LDN", "CHM", "BRS"],
			deviceCount: 330,
			products: [...OFFICE_PRODUCTS, ...INSURANCE_PRODUCTS],
			bundles: [MICROSOFT_OFFICE, ADOBE_CREATIVE_CLOUD],
			syncDay: SYNC_DAY,
		},
		random,
	);
	const dialect = { delimiter: ";", encoding: "utf-8", lineEnd: "\r\n" } as const;
	const devices = inventory.devices
		.filter((device) => device.listed)
		.map((device) => [device.name, slashedDay(device.inventoryDay), device.name.toLowerCase()]);
	// The management system sees a use only now and then, so its date is often older than the one of the metering agent.
	const installs = inventory.installations.map((installation) => {
		const lagDays = random.between(0, 40);
		const seen =
			installation.lastUsageDay !== null &&
			installation.installDay !== null &&
			installation.lastUsageDay - lagDays > installation.installDay;
		return [
			installation.device,
			installation.product.name,
			slashedDay(installation.installDay),
			seen ? slashedDay(installation.lastUsageDay! - lagDays) : null,
		];
	});
	const metered = inventory.installations
		.filter((installation) => installation.lastUsageDay !== null)
		.map((installation) => [installation.device, installation.product.name, isoDay(installation.lastUsageDay)]);
	return [
		csvFile("wexcombe-hale/data/london-devices.csv", dialect, ["ResourceID", "LastHardwareScan", "NetBIOS Name"], devices),
		csvFile("wexcombe-hale/data/london-installs.csv", dialect, ["ResourceID", "Product", "Installed", "LastUsed"], installs),
		csvFile(
			"wexcombe-hale/data/london-metering.csv",
			{ delimiter: ",", encoding: "utf-8", lineEnd: "\n" },
			["device", "product", "last usage date"],
			metered,
		),
	];
}

function dublinFile(): SampleFile {
	const inventory = inventInventory(
		{
			prefix: "WXH",
			sites: ["DUB"],
			deviceCount: 92,
			products: [...OFFICE_PRODUCTS, ...INSURANCE_PRODUCTS],
			bundles: [MICROSOFT_OFFICE],
			syncDay: SYNC_DAY,
		},
		createRandom("wexcombe-hale dublin"),
	);
	return sqliteFile("wexcombe-hale/data/dublin.db", [
		{
			create: "CREATE TABLE device (id TEXT PRIMARY KEY, last_inventory INTEGER) WITHOUT ROWID",
			insert: "INSERT INTO device VALUES (?, ?)",
			rows: inventory.devices.filter((device) => device.listed).map((device) => [device.name, noonSeconds(device.inventoryDay)]),
		},
		{
			create: "CREATE TABLE install (device_id TEXT, product TEXT, installed INTEGER, last_used INTEGER)",
			insert: "INSERT INTO install VALUES (?, ?, ?, ?)",
			rows: inventory.installations.map((row) => [
				row.device,
				row.product.name,
				noonSeconds(row.installDay),
				noonSeconds(row.lastUsageDay),
			]),
		},
	]);
}

const PROJECT = `# Wexcombe & Hale: two subscriptions, weekly usage logs as a CSV file in London time.
kind: project
title: Wexcombe & Hale
projectId: 11
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 30
  UnusedCategoryLimit: 90
subscriptions:
  - client: Wexcombe & Hale plc
    renewalDate: 2027-03-31
    registeredUsers: 250
    enterpriseUsers: 42
    designerUsers: 6
    servers: [wexcombe-live, wexcombe-test]
  - client: Hale Marine Syndicate
    renewalDate: 2026-12-18 # six weeks after the report: it is due
    registeredUsers: 100
    enterpriseUsers: 18
    designerUsers: 3
    servers: [hale-live, hale-recovery] # hale-recovery has never reported
dataSources:
  - name: weekly usage
    provides: usageLog
    type: csv
    path: data/weekly-usage.csv
    delimiter: ";"
    dateFormat: dd/MM/yyyy
    timeZone: Europe/London
    columns: { server: Server, loggedAt: Logged }
`;

const LONDON = `# Two systems see the same computers: the management system (devices, installs) and a metering agent (usage).
kind: instance
name: Wexcombe London Computers
instanceId: 31
project: wexcombe-hale.usage.yaml
asOf: 2026-11-04T21:00:00Z
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 30
  UnusedCategoryLimit: 90
dataSources:
  - name: managed devices
    provides: devices
    connector: System Center Configuration Manager
    type: csv
    path: data/london-devices.csv
    delimiter: ";"
    dateFormat: dd/MM/yyyy
    timeZone: Europe/London
    columns: { device: ResourceID, inventoryDate: LastHardwareScan, deviceName: NetBIOS Name }
  - name: managed installs
    provides: installations
    connector: System Center Configuration Manager
    type: csv
    path: data/london-installs.csv
    delimiter: ";"
    dateFormat: dd/MM/yyyy
    timeZone: Europe/London
    columns: { device: ResourceID, product: Product, installDate: Installed, lastUsageDate: LastUsed }
  - name: metering agent
    provides: installations
    connector: Software metering
    type: csv
    path: data/london-metering.csv # its columns have our names, so none need mapping
bundles:
  - name: Microsoft Office Professional Plus 2021
    components: [Microsoft Word 2021, Microsoft Excel 2021, Microsoft PowerPoint 2021, Microsoft Outlook 2021]
  - name: Adobe Creative Cloud
    components: [Adobe Photoshop 2026, Adobe Illustrator 2026, Adobe InDesign 2026]
reclaimPolicies:
  - name: Unused Visio and Project
    products: ["Microsoft Visio*", "Microsoft Project*"]
    categories: [Unused]
    action: mandatory
    state: published
    enabled: true
  - name: Unused statistics packages
    products: ["SAS*", "IBM SPSS*"]
    categories: [Unused]
    action: optional
    state: draft
    enabled: false
unitPrices:
  - { products: ["Microsoft Visio*"], price: 280, currency: GBP }
  - { products: ["Microsoft Project*"], price: 560, currency: GBP }
  - { products: [Adobe Creative Cloud], price: 612.5, currency: GBP }
  - { products: ["SAS*"], price: 7400, currency: GBP }
`;

const DUBLIN = `# An inventory database read straight from SQLite; its dates are seconds since 1970.
kind: instance
name: Wexcombe Dublin Computers
instanceId: 32
project: wexcombe-hale.usage.yaml
asOf: 2026-11-04T21:00:00Z
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 30
  UnusedCategoryLimit: 90
dataSources:
  - name: inventory devices
    provides: devices
    connector: Lansweeper
    type: sqlite
    path: data/dublin.db
    table: device
    dateFormat: epochSeconds
    columns: { device: id, inventoryDate: last_inventory }
  - name: inventory installs
    provides: installations
    connector: Lansweeper
    type: sqlite
    path: data/dublin.db
    query: SELECT device_id, product, installed, last_used FROM install
    dateFormat: epochSeconds
    columns: { device: device_id, product: product, installDate: installed, lastUsageDate: last_used }
bundles:
  - name: Microsoft Office Professional Plus 2021
    components: [Microsoft Word 2021, Microsoft Excel 2021, Microsoft PowerPoint 2021, Microsoft Outlook 2021]
reclaimPolicies:
  - name: Unused Acrobat Pro
    products: [Adobe Acrobat Pro]
    categories: [Unused]
    action: optional
    state: published
    enabled: true
unitPrices:
  - { products: [Adobe Acrobat Pro], price: 228, currency: EUR }
`;
