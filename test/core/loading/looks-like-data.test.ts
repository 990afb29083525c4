import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { looksLikeData } from "../../../core/loading/looks-like-data.ts";

describe("a first row that looks like data", () => {
	const rows: readonly { what: string; cells: readonly string[]; isData: boolean }[] = [
		{ what: "names of columns", cells: ["server", "user", "userType", "accessedAt"], isData: false },
		{ what: "user types above numbers of users", cells: ["Server", "Log date", "Registered", "Enterprise", "Designer"], isData: false },
		{ what: "an access", cells: ["live", "Ann Quill", "Registered", "8 o'clock"], isData: true },
		{ what: "a user type in other letters", cells: ["live", "Ann Quill", " designer ", ""], isData: true },
		{ what: "a date", cells: ["live", "Ann Quill", "2026-11-04"], isData: true },
		{ what: "a date with slashes", cells: ["live", "Ann Quill", "4/11/26"], isData: true },
		{ what: "an instant as a number", cells: ["live", "Ann Quill", "1793826000"], isData: true },
		{ what: "an address", cells: ["live", "ann@quill.example"], isData: true },
		{ what: "a year in a name", cells: ["server", "Users 2026"], isData: false },
		{ what: "nothing", cells: [], isData: false },
	];
	for (const { what, cells, isData } of rows) it(`${what}: ${isData ? "yes" : "no"}`, () => assert.equal(looksLikeData(cells), isData));
});
