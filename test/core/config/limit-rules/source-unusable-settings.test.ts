import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkUnusableSettings } from "../../../../core/config/limit-rules/source-unusable-settings.ts";
import { findIn } from "./limit-checks.ts";

const OWN = "file:///clients/checked.usage.yaml";
const PROJECT = "file:///clients/acme.usage.yaml";

describe("source/unusable-settings", () => {
	const cases: readonly {
		what: string;
		file: string;
		rows: readonly number[];
		message: RegExp;
		path: string;
		related: readonly string[];
	}[] = [
		{
			what: "rows of its own source",
			file: OWN,
			rows: [3, 9],
			message: /corrected\. See row 3 and row 9\.$/,
			path: "dataSources.0.path",
			related: [],
		},
		{
			what: "many rows",
			file: OWN,
			rows: [3, 4, 5, 1200],
			message: /See row 3, row 4 and row 5\.$/,
			path: "dataSources.0.path",
			related: [],
		},
		{
			what: "no row that can be named",
			file: OWN,
			rows: [],
			message: /until they are corrected\.$/,
			path: "dataSources.0.path",
			related: [],
		},
		{
			what: "rows of its project's source",
			file: PROJECT,
			rows: [1200],
			message: /^The settings rows lack U of "Floor"\. Nothing .* See row 1,200 of data\/settings\.csv\.$/,
			path: "name",
			related: [`${PROJECT} dataSources.0.path`],
		},
	];
	for (const { what, file, rows, message, path, related } of cases) {
		it(what, () => {
			const place = { file, path: ["dataSources", 0, "path"], anchor: "value", message: "data/settings.csv" } as const;
			const [problem, ...others] = findIn(checkUnusableSettings, { now: [7, 30, 90], unusable: { why: 'lack U of "Floor"', rows, place } });
			assert.ok(problem);
			assert.deepEqual(others, []);
			assert.match(problem.message, message);
			assert.equal(problem.path.join("."), path);
			assert.deepEqual(
				(problem.related ?? []).map((each) => `${each.file} ${each.path.join(".")}`),
				related,
			);
		});
	}

	it("nothing without such rows", () => assert.deepEqual(findIn(checkUnusableSettings, { now: [7, 30, 90] }), []));
});
