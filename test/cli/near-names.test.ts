import assert from "node:assert/strict";
import { findNearNames } from "../../cli/near-names.ts";

describe("names that may have been meant", () => {
	const names = [
		"Microsoft Teams",
		"Microsoft Visio Professional 2021",
		"Microsoft Word 2021",
		"7-Zip",
		"PuTTY",
		"WXH-LDN-L0163",
		"WXH-LDN-L0170",
	];
	const cases: readonly (readonly [string, readonly string[]])[] = [
		["microsoft teams", ["Microsoft Teams"]],
		["Microsoft Taems", ["Microsoft Teams"]],
		["visio", ["Microsoft Visio Professional 2021"]],
		["2021", ["Microsoft Visio Professional 2021", "Microsoft Word 2021"]],
		["WXH-LDN-L0161", ["WXH-LDN-L0163", "WXH-LDN-L0170"]],
		["7zip", ["7-Zip"]],
		["p", []],
		["", []],
		["Quayside Policy Desk", []],
	];
	for (const [wanted, expected] of cases) it(`“${wanted}”`, () => assert.deepEqual(findNearNames(wanted, names), expected));

	it("five at most", () =>
		assert.equal(
			findNearNames(
				"server",
				Array.from({ length: 9 }, (_, index) => `server ${index}`),
			).length,
			5,
		));
});
