import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Names that a careless view runs as a script, a formula, an address or a template, or that break its layout. */
export const NASTY_NAMES: readonly string[] = [
	"<img src=x onerror=alert(1)>",
	"<img src=x onerror=\"globalThis.nastyNameRan = 'yes'\">",
	"<script>globalThis.nastyNameRan = 1</script>",
	"=cmd|' /C calc'!A0",
	"@SUM(1+1)*cmd|' /C calc'!A0",
	"مدير التراخيص ‮gpj.exe",
	"אבטחת רשת 2026",
	`${"Endless".repeat(571)}End`,
	"👩‍👩‍👧‍👦 Family Office 🏳️‍🌈",
	"javascript:alert(1)",
	"$" + "{x} {0} {{y}} %s {1}",
	"__proto__",
	"constructor",
	"&amp; &lt;b&gt; &#x41;",
];

/** The name of the instance, which stands in the title of the view. */
export const NASTY_INSTANCE = `<b>Estate</b> {0} ${"$"}{x}`;

/** The client and the server of the report. */
export const NASTY_CLIENT = "<img src=x onerror=alert(2)> & Söhne {0}";
export const NASTY_SERVER = "=1+1|<svg onload=alert(3)>";

/** Name of the instance's file. */
export const NASTY_FILE = "nasty.usage.yaml";
/** Name of the project's file. */
export const NASTY_PROJECT = "nasty-project.usage.yaml";

/** Makes an estate in which every product has one of the names, and every device another one. */
export function fillWithNastyNames(folder: string): void {
	mkdirSync(join(folder, "data"));
	const write = (name: string, lines: readonly string[]) => writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
	const device = (place: number) => NASTY_NAMES[(place + 3) % NASTY_NAMES.length]!;
	write("data/devices.csv", ["Device,Scanned", ...NASTY_NAMES.map((_, place) => `${quote(device(place))},2026-11-03`)]);
	write("data/installs.csv", [
		"Device,Product,Installed,Used",
		// One with a space in front, which is not a part of the name.
		...NASTY_NAMES.map(
			(name, place) => `${quote(device(place))},${quote(` ${name}`)},2024-05-01,${place % 2 === 0 ? "2026-01-02" : "2026-10-30"}`,
		),
	]);
	write("data/log.csv", [
		"server,loggedAt,activeRegistered,activeEnterprise,activeDesigners",
		`${quote(NASTY_SERVER)},2026-11-04T20:00:00Z,90,4,1`,
	]);
	const limits = ["usageCategory:", "  InstallDateCutOffLimit: 7", "  UsedCategoryLimit: 30", "  UnusedCategoryLimit: 90"];
	write(NASTY_FILE, [
		"kind: instance",
		`name: ${JSON.stringify(NASTY_INSTANCE)}`,
		`project: ${NASTY_PROJECT}`,
		"asOf: 2026-11-04T21:00:00Z",
		...limits,
		"dataSources:",
		"  - name: devices",
		"    provides: devices",
		"    type: csv",
		"    path: data/devices.csv",
		"    columns: { device: Device, inventoryDate: Scanned }",
		"  - name: installations",
		"    provides: installations",
		"    type: csv",
		"    path: data/installs.csv",
		"    columns: { device: Device, product: Product, installDate: Installed, lastUsageDate: Used }",
		"reclaimPolicies:",
		`  - { name: ${JSON.stringify(NASTY_NAMES[0])}, products: ["*"], categories: [Unused], action: optional, state: published, enabled: true }`,
		"unitPrices:",
		'  - { products: ["*"], price: 10, currency: EUR }',
	]);
	write(NASTY_PROJECT, [
		"kind: project",
		'title: "<i>Project</i> {0}"',
		...limits,
		"subscriptions:",
		`  - client: ${JSON.stringify(NASTY_CLIENT)}`,
		"    renewalDate: 2026-12-18",
		"    registeredUsers: 80",
		"    enterpriseUsers: 10",
		"    designerUsers: 2",
		`    servers: [${JSON.stringify(NASTY_SERVER)}]`,
		"dataSources:",
		"  - name: log",
		"    provides: usageLog",
		"    type: csv",
		"    path: data/log.csv",
	]);
}

function quote(text: string): string {
	return `"${text.replaceAll('"', '""')}"`;
}
