import type { LspSession } from "./lsp-harness.ts";

/**
 * An answer that knows all that a test waits for: asked again whenever the server says that there is more to know. When it has said nothing for
 * long, the latest answer serves, so that the test can show it.
 */
export async function askUntil<Answer>(lsp: LspSession, ask: () => Promise<Answer>, holds: (answer: Answer) => boolean): Promise<Answer> {
	for (;;) {
		const answer = await ask();
		if (holds(answer)) return answer;
		const isRefreshed = lsp.next("workspace/inlayHint/refresh").then(() => true);
		if (!(await Promise.race([isRefreshed, afterMs(GIVE_UP_MS)]))) return answer;
	}
}

const GIVE_UP_MS = 5000;

function afterMs(milliseconds: number): Promise<false> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds, false).unref());
}

/**
 * A client whose estate has something in every category, policies, prices, bundles, and a name that would be markup:
 * fifty devices with three to five products each, by a fixed rule.
 */
export function makeKnownClient(limits: string): Readonly<Record<string, string>> {
	return {
		"acme.usage.yaml": PROJECT,
		"emea.usage.yaml": instanceWith(limits),
		"data/devices.csv": `device,inventoryDate\n${DEVICES.map((device) => `d${device},2026-11-0${1 + (device % 4)}`).join("\n")}\n`,
		"data/installs.csv": `device,product,installDate,lastUsageDate\n${DEVICES.flatMap(installationsOn).join("\n")}\n`,
		"data/log.csv": LOG,
	};
}

/** The instance of {@link makeKnownClient} with other limits, such as `7, 30, 90`. */
export function instanceWith(limits: string): string {
	const [install, used, unused] = limits.split(",").map(Number);
	return `kind: instance
name: Acme EMEA
project: acme.usage.yaml
asOf: 2026-11-04T21:00:00Z
usageCategory:
  InstallDateCutOffLimit: ${install}
  UsedCategoryLimit: ${used}
  UnusedCategoryLimit: ${unused}
dataSources:
  - name: devices
    provides: devices
    connector: Inventory
    type: csv
    path: data/devices.csv
  - name: installs
    provides: installations
    type: csv
    path: data/installs.csv
bundles:
  - name: Suite
    components: [Word, Missing]
reclaimPolicies:
  - name: Visio reclaim
    products: ["Visio*"]
    categories: [Unused]
    action: mandatory
    state: published
    enabled: true
  - name: All drafts
    products: ["*"]
    categories: [Unused, Rarely Used]
    state: draft
unitPrices:
  - { products: [Visio Standard], price: 280, currency: GBP }
  - { products: ["Visio*"], price: 12.5, currency: EUR }
`;
}

const PROJECT = `kind: project
title: Acme
usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 }
subscriptions:
  - client: Acme plc
    renewalDate: 2027-12-31
    registeredUsers: 50
    enterpriseUsers: 4
    designerUsers: 2
    servers: [acme-live, acme-test]
  - client: Acme Labs
    renewalDate: 2026-12-18
    registeredUsers: 20
    enterpriseUsers: 1
    designerUsers: 1
    servers:
      - labs-live
      - labs-new
dataSources:
  - name: weekly log
    provides: usageLog
    type: csv
    path: data/log.csv
`;

const LOG = `server,loggedAt,activeRegistered,activeEnterprise,activeDesigners
acme-live,2026-10-28T21:00:05Z,40,3,2
acme-live,2026-11-04T21:00:07Z,37,3,2
acme-test,2026-11-04T21:00:09Z,12,1,2
labs-live,2026-10-21T21:00:03Z,22,1,0
`;

const DEVICES = Array.from({ length: 50 }, (_, device) => device);

const PRODUCTS = ["Word", "Suite", "Visio Standard", "Visio Professional", "<img src=x> [a](command:b) | `c`"];

/** Every age from 0 to some hundred days occurs; some were never used. */
function installationsOn(device: number): readonly string[] {
	return PRODUCTS.slice(0, 3 + (device % 3)).map((product, index) => {
		const age = (device * 7 + index * 13) % 140;
		const lastUsage = (device + index) % 9 === 0 ? "" : dayBefore(age);
		return `d${device},"${product}",${dayBefore((device * 3 + index * 5) % 60)},${lastUsage}`;
	});
}

function dayBefore(age: number): string {
	return new Date(Date.UTC(2026, 10, 4) - age * 86_400_000).toISOString().slice(0, 10);
}
