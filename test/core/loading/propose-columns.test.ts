import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Provides } from "../../../core/config/model.ts";
import { OUR_COLUMNS } from "../../../core/loading/column-mapping.ts";
import { proposeColumns } from "../../../core/loading/propose-columns.ts";

describe("proposed columns", () => {
	const headers: readonly (readonly [name: string, provides: Provides, theirs: readonly string[], proposed: string])[] = [
		[
			"of a management system",
			"devices",
			["ResourceID", "LastHardwareScan", "NetBIOS Name"],
			"device=ResourceID, inventoryDate=LastHardwareScan, deviceName=NetBIOS Name",
		],
		[
			"of its views, with numbers at their ends",
			"installations",
			["MachineName0", "DisplayName0", "Publisher0", "Version0", "InstallDate0", "LastUsageTime (UTC)"],
			"device=MachineName0, product=DisplayName0, installDate=InstallDate0, lastUsageDate=LastUsageTime (UTC), publisher=Publisher0, version=Version0",
		],
		[
			"of a cloud service, where the key has the name of what is optional",
			"devices",
			["Device name", "Last check-in"],
			"device=Device name, inventoryDate=Last check-in",
		],
		[
			"of a script",
			"installations",
			["Machine", "Software", "Installed", "Used"],
			"device=Machine, product=Software, installDate=Installed, lastUsageDate=Used",
		],
		[
			"of a log, shortened",
			"usageLog",
			["Server", "LogDate", "ActiveReg", "ActiveEnt", "ActiveDes"],
			"server=Server, loggedAt=LogDate, activeRegistered=ActiveReg, activeEnterprise=ActiveEnt, activeDesigners=ActiveDes",
		],
		["of accesses", "userActivity", ["Host", "Login", "Role", "Timestamp"], "server=Host, user=Login, userType=Role, accessedAt=Timestamp"],
		["of settings", "settings", ["InstanceName", "SettingName", "Value"], "title=InstanceName, name=SettingName, value=Value"],
		["of a database", "devices", ["id", "last_inventory"], "device=id, inventoryDate=last_inventory"],
		["with a slip", "installations", ["Devcie", "Prodcut"], "device=Devcie, product=Prodcut"],
		[
			"by its last word",
			"installations",
			["Computer", "InstalledVersion", "Main Software Title"],
			"device=Computer, product=Main Software Title, version=InstalledVersion",
		],
		["that only begin like ours", "installations", ["ComputerModel", "ProductFamily", "Installer"], ""],
		["in another alphabet, or of signs alone", "devices", ["устройство", "#", ""], ""],
	];
	for (const [name, provides, theirs, proposed] of headers) {
		it(name, () => {
			const pairs = proposeColumns(provides, OUR_COLUMNS[provides], theirs);
			assert.equal(pairs.map(({ ours, theirs: column }) => `${ours}=${column}`).join(", "), proposed);
		});
	}

	it("takes no column twice", () => {
		const pairs = proposeColumns("installations", OUR_COLUMNS.installations, ["Name"]);
		assert.deepEqual(pairs, [{ ours: "product", theirs: "Name" }]);
	});
});
