import { parseDay } from "../../core/dates/day-number.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import { CERISAIE_SUITE, CLINIC_PRODUCTS, OFFICE_PRODUCTS } from "./catalogue.ts";
import { inventInventory } from "./inventory.ts";
import { createRandom } from "./random.ts";
import { csvFile, isoDay, type SampleFile, slashedDay, sqliteFile, textFile } from "./sample-files.ts";
import { inventAccesses } from "./usage-logs.ts";

const SYNC_DAY = parseDay("2026-11-04")!;

/** Clinique Saint-Alverne: accented names in an old encoding, and active users counted from single accesses. */
export function makeSaintAlverne(): readonly SampleFile[] {
	return [
		textFile("saint-alverne/saint-alverne.usage.yaml", PROJECT),
		activity(),
		textFile("saint-alverne/wards.usage.yaml", WARDS),
		...wardFiles(),
		textFile("saint-alverne/laboratories.usage.yaml", LABORATORIES),
		laboratoryFile(),
	];
}

function activity(): SampleFile {
	const accesses = inventAccesses(
		[
			{ server: "alverne-prod", users: { Registered: 126, Enterprise: 21, Designer: 3 }, userPrefix: "u" },
			{ server: "alverne-labo", users: { Registered: 71, Enterprise: 8, Designer: 3 }, userPrefix: "v" },
		],
		createRandom("saint-alverne activity"),
	);
	const rows = accesses.map((access) => [access.server, access.user, access.userType, formatInstant(access.accessedAt)]);
	return csvFile(
		"saint-alverne/data/accesses.csv",
		{ delimiter: ",", encoding: "utf-8", lineEnd: "\n" },
		["server", "user", "user_type", "accessed_at"],
		rows,
	);
}

function wardFiles(): readonly SampleFile[] {
	const inventory = inventInventory(
		{
			prefix: "CSA",
			sites: ["URG", "CHIR", "PED", "ADM"],
			deviceCount: 172,
			products: [...OFFICE_PRODUCTS, ...CLINIC_PRODUCTS],
			bundles: [CERISAIE_SUITE],
			syncDay: SYNC_DAY,
		},
		createRandom("saint-alverne wards"),
	);
	const dialect = { delimiter: ";", encoding: "windows-1252", lineEnd: "\r\n" } as const;
	return [
		csvFile(
			"saint-alverne/data/postes.csv",
			dialect,
			["Poste", "Dernier inventaire"],
			inventory.devices.filter((device) => device.listed).map((device) => [device.name, slashedDay(device.inventoryDay)]),
		),
		csvFile(
			"saint-alverne/data/logiciels.csv",
			dialect,
			["Poste", "Logiciel", "Éditeur", "Installé le", "Utilisé le"],
			inventory.installations.map((row) => [
				row.device,
				row.product.name,
				row.product.publisher,
				slashedDay(row.installDay),
				slashedDay(row.lastUsageDay),
			]),
		),
	];
}

function laboratoryFile(): SampleFile {
	const inventory = inventInventory(
		{
			prefix: "CSA",
			sites: ["LABO", "IRM"],
			deviceCount: 72,
			products: [...OFFICE_PRODUCTS.filter((product) => product.share > 0.3), ...CLINIC_PRODUCTS],
			bundles: [CERISAIE_SUITE],
			syncDay: SYNC_DAY,
		},
		createRandom("saint-alverne laboratories"),
	);
	return sqliteFile("saint-alverne/data/laboratoires.db", [
		{
			create: "CREATE TABLE poste (nom TEXT, inventaire TEXT)",
			insert: "INSERT INTO poste VALUES (?, ?)",
			rows: inventory.devices.filter((device) => device.listed).map((device) => [device.name, isoDay(device.inventoryDay)]),
		},
		{
			create: "CREATE TABLE logiciel (poste TEXT, nom TEXT, installe TEXT, utilise TEXT)",
			insert: "INSERT INTO logiciel VALUES (?, ?, ?, ?)",
			rows: inventory.installations.map((row) => [row.device, row.product.name, isoDay(row.installDay), isoDay(row.lastUsageDay)]),
		},
	]);
}

const PROJECT = `# Clinique Saint-Alverne: no weekly log was kept, so the active users are counted from the accesses themselves.
kind: project
title: Clinique Saint-Alverne
projectId: 13
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 30
  UnusedCategoryLimit: 90
subscriptions:
  - client: Clinique Saint-Alverne
    renewalDate: 2027-06-30
    registeredUsers: 130
    enterpriseUsers: 20
    designerUsers: 4
    servers: [alverne-prod]
  - client: Labos Saint-Alverne
    renewalDate: 2027-06-30
    registeredUsers: 75
    enterpriseUsers: 8
    designerUsers: 3
    servers: [alverne-labo]
dataSources:
  - name: accesses
    provides: userActivity
    type: csv
    path: data/accesses.csv
`;

const WARDS = `# Computers of the wards: files in the old Windows encoding, French dates, the clocks of Paris.
kind: instance
name: Saint-Alverne Wards
instanceId: 51
project: saint-alverne.usage.yaml
asOf: 2026-11-04T21:00:00Z
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 30
  UnusedCategoryLimit: 90
dataSources:
  - name: postes
    provides: devices
    connector: GLPI
    type: csv
    path: data/postes.csv
    delimiter: ";"
    encoding: windows-1252
    dateFormat: dd/MM/yyyy
    timeZone: Europe/Paris
    columns: { device: Poste, inventoryDate: Dernier inventaire }
  - name: logiciels
    provides: installations
    connector: GLPI
    type: csv
    path: data/logiciels.csv
    delimiter: ";"
    encoding: windows-1252
    dateFormat: dd/MM/yyyy
    timeZone: Europe/Paris
    columns:
      device: Poste
      product: Logiciel
      publisher: Éditeur
      installDate: Installé le
      lastUsageDate: Utilisé le
bundles:
  - name: Suite Cerisaie
    components: [Dossier Patient Cerisaie, Cerisaie Prescription, Cerisaie Imagerie]
reclaimPolicies:
  - name: Unused research software
    products: ["GraphPad*", "EndNote*"]
    categories: [Unused]
    action: optional
    state: published
    enabled: true
unitPrices:
  - { products: ["GraphPad*"], price: 480, currency: EUR }
  - { products: ["EndNote*"], price: 275, currency: EUR }
`;

const LABORATORIES = `# Computers of the laboratories, from an SQLite database with ISO dates.
kind: instance
name: Saint-Alverne Laboratories
instanceId: 52
project: saint-alverne.usage.yaml
asOf: 2026-11-04T21:00:00Z
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 30
  UnusedCategoryLimit: 90
dataSources:
  - name: postes de laboratoire
    provides: devices
    connector: GLPI
    type: sqlite
    path: data/laboratoires.db
    table: poste
    timeZone: Europe/Paris
    columns: { device: nom, inventoryDate: inventaire }
  - name: logiciels de laboratoire
    provides: installations
    connector: GLPI
    type: sqlite
    path: data/laboratoires.db
    table: logiciel
    timeZone: Europe/Paris
    columns: { device: poste, product: nom, installDate: installe, lastUsageDate: utilise }
bundles:
  - name: Suite Cerisaie
    components: [Dossier Patient Cerisaie, Cerisaie Prescription, Cerisaie Imagerie]
`;
