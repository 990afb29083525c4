import { parseDay } from "../../core/dates/day-number.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import { MICROSOFT_OFFICE, OFFICE_PRODUCTS, SAGBLICK_SUITE, TIMBER_PRODUCTS } from "./catalogue.ts";
import { inventInventory } from "./inventory.ts";
import { createRandom } from "./random.ts";
import { csvFile, isoDay, type SampleFile, sqliteFile, textFile } from "./sample-files.ts";
import { inventUsageLogs } from "./usage-logs.ts";

const SYNC_DAY = parseDay("2026-11-04")!;

/** Granmora Timber: a project whose Used limit was changed on the vendor's advice, and servers that renew late or went silent. */
export function makeGranmoraTimber(): readonly SampleFile[] {
	return [
		textFile("granmora-timber/granmora-timber.usage.yaml", PROJECT),
		usageLog(),
		textFile("granmora-timber/offices.usage.yaml", OFFICES),
		...officeFiles(),
		textFile("granmora-timber/mills.usage.yaml", MILLS),
		...millFiles(),
	];
}

function usageLog(): SampleFile {
	const logs = inventUsageLogs(
		[
			{ server: "granmora-live", registered: [131, 148], enterprise: 27, designers: 4, retriedWeeks: [9] },
			{ server: "granmora-mills", registered: [88, 97], enterprise: 21, designers: 4, missingWeeks: [24] },
			{ server: "granmora-energi", registered: [41, 39], enterprise: 9, designers: 1, silentForWeeks: 4 },
		],
		createRandom("granmora-timber usage log"),
	);
	return sqliteFile("granmora-timber/data/usage-log.db", [
		{
			create: "CREATE TABLE usage_log (Server TEXT, LogDate TEXT, ActiveReg INTEGER, ActiveEnt INTEGER, ActiveDes INTEGER)",
			insert: "INSERT INTO usage_log VALUES (?, ?, ?, ?, ?)",
			rows: logs.map((log) => [log.server, formatInstant(log.loggedAt), log.activeRegistered, log.activeEnterprise, log.activeDesigners]),
		},
	]);
}

function officeFiles(): readonly SampleFile[] {
	const inventory = inventInventory(
		{
			prefix: "GRM",
			sites: ["STO", "GVL", "UME"],
			deviceCount: 165,
			products: [...OFFICE_PRODUCTS, ...TIMBER_PRODUCTS],
			bundles: [MICROSOFT_OFFICE, SAGBLICK_SUITE],
			syncDay: SYNC_DAY,
		},
		createRandom("granmora-timber offices"),
	);
	const dialect = { delimiter: ",", encoding: "utf-8 with BOM", lineEnd: "\r\n", quoteAll: true } as const;
	const devices = inventory.devices
		.filter((device) => device.listed)
		.map((device) => [device.name, isoDay(device.inventoryDay) === null ? null : `${isoDay(device.inventoryDay)}T06:30:00Z`]);
	const apps = inventory.installations.map((row) => [
		row.device,
		row.product.name,
		row.product.publisher,
		row.product.version,
		isoDay(row.installDay),
		isoDay(row.lastUsageDay),
	]);
	return [
		csvFile("granmora-timber/data/office-devices.csv", dialect, ["Device name", "Last check-in"], devices),
		csvFile(
			"granmora-timber/data/office-apps.csv",
			dialect,
			["Device name", "Application", "Publisher", "Version", "Install date", "Last used"],
			apps,
		),
	];
}

/** The mills' computers are shared machines beside the saws: few products, and a file in the order month, day, year. */
function millFiles(): readonly SampleFile[] {
	const shared = OFFICE_PRODUCTS.filter((product) => product.share > 0.6);
	const inventory = inventInventory(
		{
			prefix: "GRM",
			sites: ["SAW1", "SAW2", "SAW3", "KILN"],
			deviceCount: 112,
			products: [...shared, ...TIMBER_PRODUCTS],
			bundles: [SAGBLICK_SUITE],
			syncDay: SYNC_DAY,
		},
		createRandom("granmora-timber mills"),
	);
	const dialect = { delimiter: "\t", encoding: "utf-16le with BOM", lineEnd: "\r\n" } as const;
	const monthFirst = (iso: string | null) => (iso === null ? null : `${iso.slice(5, 7)}/${iso.slice(8)}/${iso.slice(0, 4)}`);
	return [
		csvFile(
			"granmora-timber/data/mill-machines.txt",
			dialect,
			["Machine", "Scanned"],
			inventory.devices.filter((device) => device.listed).map((device) => [device.name, monthFirst(isoDay(device.inventoryDay))]),
		),
		csvFile(
			"granmora-timber/data/mill-software.txt",
			dialect,
			["Machine", "Software", "Installed", "Used"],
			inventory.installations.map((row) => [
				row.device,
				row.product.name,
				monthFirst(isoDay(row.installDay)),
				monthFirst(isoDay(row.lastUsageDay)),
			]),
		),
	];
}

const PROJECT = `# Granmora Timber: the vendor advised a longer Used limit, since many programs here serve a monthly plan.
kind: project
title: Granmora Timber
projectId: 12
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 45
  UnusedCategoryLimit: 90
limitAdvice:
  - limit: UsedCategoryLimit
    value: 45
    reference: 7B-002960
    date: 2026-09-14
subscriptions:
  - client: Granmora Timber AB
    renewalDate: 2027-09-30
    registeredUsers: 180
    enterpriseUsers: 36
    designerUsers: 5
    servers: [granmora-live, granmora-mills]
  - client: Granmora Energi AB
    renewalDate: 2026-10-31 # five days before the report: it is past
    registeredUsers: 60
    enterpriseUsers: 12
    designerUsers: 2
    servers: [granmora-energi] # its timer service stopped four weeks ago
dataSources:
  - name: usage database
    provides: usageLog
    type: sqlite
    path: data/usage-log.db
    table: usage_log
    columns: { server: Server, loggedAt: LogDate, activeRegistered: ActiveReg, activeEnterprise: ActiveEnt, activeDesigners: ActiveDes }
`;

const LIMITS_WITH_ADVICE = `usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 45
  UnusedCategoryLimit: 90
limitAdvice:
  - limit: UsedCategoryLimit
    value: 45
    reference: 7B-002960
    date: 2026-09-14
`;

const OFFICES = `# The offices' laptops, exported from a cloud management service: everything quoted, a byte-order mark, ISO dates.
kind: instance
name: Granmora Offices
instanceId: 41
project: granmora-timber.usage.yaml
asOf: 2026-11-04T21:00:00Z
${LIMITS_WITH_ADVICE}dataSources:
  - name: office devices
    provides: devices
    connector: Microsoft Intune
    type: csv
    path: data/office-devices.csv
    timeZone: Europe/Stockholm
    columns: { device: Device name, inventoryDate: Last check-in }
  - name: office applications
    provides: installations
    connector: Microsoft Intune
    type: csv
    path: data/office-apps.csv
    timeZone: Europe/Stockholm
    columns:
      device: Device name
      product: Application
      installDate: Install date
      lastUsageDate: Last used
      publisher: Publisher
      version: Version
bundles:
  - name: Microsoft Office Professional Plus 2021
    components: [Microsoft Word 2021, Microsoft Excel 2021, Microsoft PowerPoint 2021, Microsoft Outlook 2021]
  - name: Sågblick Svit
    components: [Sågblick Planering, Sågblick Mätning]
reclaimPolicies:
  - name: Unused engineering licences
    products: ["AutoCAD*", "Autodesk Inventor*", "MATLAB*"]
    categories: [Unused]
    action: mandatory
    state: published
    enabled: true
unitPrices:
  - { products: ["AutoCAD*"], price: 22400, currency: SEK }
  - { products: ["Autodesk Inventor*"], price: 29600, currency: SEK }
  - { products: ["Microsoft Visio*"], price: 3200, currency: SEK }
`;

const MILLS = `# The mills' shared machines: tab-separated text in UTF-16, dates with the month first.
kind: instance
name: Granmora Mills
instanceId: 42
project: granmora-timber.usage.yaml
asOf: 2026-11-04T21:00:00Z
${LIMITS_WITH_ADVICE}dataSources:
  - name: machines
    provides: devices
    connector: Inventory script
    type: csv
    path: data/mill-machines.txt
    delimiter: "\\t"
    encoding: utf-16le
    dateFormat: MM/dd/yyyy
    timeZone: Europe/Stockholm
    columns: { device: Machine, inventoryDate: Scanned }
  - name: software
    provides: installations
    connector: Inventory script
    type: csv
    path: data/mill-software.txt
    delimiter: "\\t"
    encoding: utf-16le
    dateFormat: MM/dd/yyyy
    timeZone: Europe/Stockholm
    columns: { device: Machine, product: Software, installDate: Installed, lastUsageDate: Used }
bundles:
  - name: Sågblick Svit
    components: [Sågblick Planering, Sågblick Mätning]
unitPrices:
  - { products: ["SIMATIC STEP 7*"], price: 31800, currency: SEK }
`;
