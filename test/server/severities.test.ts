import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Severity } from "../../core/problems.ts";
import { rateProblems, readSeverities } from "../../server/severities.ts";
import type { PlacedProblem } from "../../workspace/workspace.ts";

const problem = (code: string, severity: Severity): PlacedProblem => ({
	problem: { code, severity, message: "…", path: [], anchor: "key" },
	range: { start: 0, end: 1 },
});

describe("severities from the settings", () => {
	const read: readonly { name: string; written: unknown; severities: object; told: readonly RegExp[] }[] = [
		{ name: "nothing", written: undefined, severities: {}, told: [] },
		{ name: "null", written: null, severities: {}, told: [] },
		{ name: "a code", written: { "policy/overlap": "error" }, severities: { "policy/overlap": "error" }, told: [] },
		{
			name: "a family",
			written: { "policy/*": "off" },
			severities: { "policy/overlap": "off", "policy/rarely-used": "off" },
			told: [],
		},
		{
			name: "a code before its family",
			written: { "policy/overlap": "hint", "policy/*": "off" },
			severities: { "policy/overlap": "hint", "policy/rarely-used": "off" },
			told: [],
		},
		{ name: "an error about limits", written: { "limits/order": "hint" }, severities: {}, told: [/"limits\/order" keeps its severity/] },
		{ name: "no limits", written: { "instance/no-limits": "off" }, severities: {}, told: [/"instance\/no-limits" keeps/] },
		{ name: "a family of fixed ones", written: { "instance/*": "off" }, severities: {}, told: [/"instance\/\*" keeps/] },
		{
			name: "an unknown code",
			written: { "policy/overlp": "off" },
			severities: {},
			told: [/no code "policy\/overlp"\. Did you mean "policy\/overlap"\?/],
		},
		{ name: "an unknown family", written: { "polcy/*": "off" }, severities: {}, told: [/Did you mean "policy\/\*"\?/] },
		{ name: "everything", written: { "*": "off" }, severities: {}, told: [/no code "\*"/] },
		{
			name: "an unknown value",
			written: { "policy/overlap": "warn" },
			severities: {},
			told: [/"warn", which is none of error, warning, information, hint, off/],
		},
		{ name: "a list", written: ["policy/overlap"], severities: {}, told: [/not an object/] },
		{ name: "a text", written: "off", severities: {}, told: [/not an object/] },
		{ name: "an inherited name", written: { constructor: "off" }, severities: {}, told: [/no code "constructor"/] },
	];
	for (const { name, written, severities, told } of read) {
		it(`are read: ${name}`, () => {
			const found = readSeverities(written);
			assert.deepEqual(
				Object.fromEntries(Object.entries(found.severities).filter(([code]) => !code.startsWith("policy/") || code in severities)),
				severities,
			);
			assert.equal(found.problems.length, told.length, found.problems.join("\n"));
			for (const [index, pattern] of told.entries()) assert.match(found.problems[index]!, pattern);
		});
	}

	it("change a family of limits as far as it may be", () => {
		const { severities, problems } = readSeverities({ "limits/*": "off" });
		assert.equal(severities["limits/narrow-band"], "off");
		assert.equal(severities["limits/order"], undefined);
		assert.deepEqual(problems, []);
	});

	it("are given to problems, and leave out what is off", () => {
		const problems = [problem("policy/overlap", "warning"), problem("schema/unknown-key", "error"), problem("limits/order", "error")];
		const rated = rateProblems(problems, { "policy/overlap": "off", "schema/unknown-key": "warning", "limits/order": "off" });
		assert.deepEqual(
			rated.map(({ problem: { code, severity } }) => `${severity} ${code}`),
			["warning schema/unknown-key", "error limits/order"],
		);
		assert.equal(rateProblems(problems, {}), problems);
	});
});
