import assert from "node:assert/strict";
import { loadSettings } from "../../../core/loading/load-settings.ts";
import { createFolder, type Folder, makeSource } from "../connectors/source-fixture.ts";

describe("load settings", () => {
	let folder: Folder;
	before(() => {
		folder = createFolder();
	});
	after(() => folder.remove());

	/** Rows and problems as lines. */
	async function checkSettings(contents: readonly string[], rows: readonly string[], problems: readonly string[] = []) {
		const sources = contents.map((content, index) => {
			folder.write(`settings-${index}.csv`, content);
			return makeSource({ index, name: `s${index}`, path: `settings-${index}.csv`, provides: "settings" });
		});
		const others = [makeSource({ index: 9, name: "devices", path: "nowhere.csv", provides: "devices" })];
		const loaded = await loadSettings([...sources, ...others], {
			resolvePath: (path) => folder.file(path),
			signal: new AbortController().signal,
		});
		assert.deepEqual(loaded.failures, []);
		assert.deepEqual(
			loaded.value?.map(({ title, name, value, instanceId }) => JSON.stringify([title, name, value, instanceId])),
			rows,
		);
		assert.deepEqual(
			loaded.problems.map(({ code, source, row, column }) => `${code} ${source} ${row} ${column}`),
			problems,
		);
	}

	it("reads the rows of all settings sources in their order, by our names and by the vendor's", () =>
		checkSettings(
			["title,name,value,instanceId\nFloor, UsedCategoryLimit ,30,4\n", "ProjectTitle,SettingName,Value\nAcme,UsedCategoryLimit,31\n"],
			['["Floor","UsedCategoryLimit","30",4]', '["Acme","UsedCategoryLimit","31",null]'],
		));

	it("keeps a row without a value, and one whose number is none", () =>
		checkSettings(["title,name,value,instanceId\nFloor,A,NULL,\nFloor,B,x,four\n"], ['["Floor","A",null,null]', '["Floor","B","x",null]']));

	it("leaves out rows without a title or a name, and tells each once", () =>
		checkSettings(
			["title,name,value\n,A,1\nFloor,,2\n,,3\nFloor,D,4\n"],
			['["Floor","D","4",null]'],
			["source/missing-key s0 2 title", "source/missing-key s0 3 name", "source/missing-key s0 4 title"],
		));
});
