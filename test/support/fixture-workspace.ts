import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** A folder with some files in it, of its own for one test. */
export interface FixtureWorkspace {
	/** Absolute name of the folder, without symbolic links. */
	readonly root: string;
	readonly rootUri: string;
	/** Absolute name of a file in the folder, whether or not there is one. */
	path(name: string): string;
	uri(name: string): string;
	/** Writes a file; its time differs from that of every earlier version, however coarse the disk's clock is. */
	write(name: string, content: string | Uint8Array): void;
	makeFolder(name: string): void;
	remove(name: string): void;
	/** Deletes the folder. */
	dispose(): void;
}

/** Makes a folder with the given files, by path relative to it. */
export function createFixture(files: Readonly<Record<string, string | Uint8Array>>): FixtureWorkspace {
	const root = realpathSync(mkdtempSync(join(tmpdir(), "usage-report-")));
	const versions = new Map<string, number>();
	const path = (name: string) => join(root, name);
	const fixture: FixtureWorkspace = {
		root,
		rootUri: pathToFileURL(root).href,
		path,
		uri: (name) => pathToFileURL(path(name)).href,
		write(name, content) {
			mkdirSync(dirname(path(name)), { recursive: true });
			writeFileSync(path(name), content);
			const version = (versions.get(name) ?? 0) + 1;
			versions.set(name, version);
			utimesSync(path(name), 1_700_000_000, 1_700_000_000 + version);
		},
		makeFolder: (name) => mkdirSync(path(name), { recursive: true }),
		remove: (name) => rmSync(path(name), { recursive: true, force: true }),
		dispose: () => rmSync(root, { recursive: true, force: true }),
	};
	for (const [name, content] of Object.entries(files)) fixture.write(name, content);
	return fixture;
}

/** A small client without a fault: one project with a year's beginning of logs, one instance with a device and five installations. */
export const CLEAN_CLIENT: Readonly<Record<string, string>> = {
	"acme.usage.yaml": `kind: project
title: Acme
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 30
  UnusedCategoryLimit: 90
subscriptions:
  - client: Acme plc
    renewalDate: 2027-12-31
    registeredUsers: 50
    enterpriseUsers: 4
    designerUsers: 2
    servers: [acme-live]
dataSources:
  - name: weekly log
    provides: usageLog
    type: csv
    path: data/log.csv
`,
	"emea.usage.yaml": `kind: instance
name: Acme EMEA
project: acme.usage.yaml
asOf: 2026-11-04T21:00:00Z
usageCategory:
  InstallDateCutOffLimit: 7
  UsedCategoryLimit: 30
  UnusedCategoryLimit: 90
dataSources:
  - name: devices
    provides: devices
    type: csv
    path: data/devices.csv
  - name: installs
    provides: installations
    type: csv
    path: data/installs.csv
`,
	"data/log.csv": `server,loggedAt,activeRegistered,activeEnterprise,activeDesigners
acme-live,2026-10-28T21:00:05Z,40,3,2
acme-live,2026-11-04T21:00:07Z,37,3,2
`,
	"data/devices.csv": `device,inventoryDate
d1,2026-11-03
d2,2026-11-02
`,
	"data/installs.csv": `device,product,installDate,lastUsageDate
d1,Word,2025-01-01,2026-11-03
d1,Excel,2025-01-01,2026-09-15
d1,Visio,2025-01-01,2026-06-01
d2,Word,2025-01-01,2026-10-30
d2,Project,2026-11-01,
`,
};
