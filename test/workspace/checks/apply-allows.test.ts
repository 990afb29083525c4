import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Severity } from "../../../core/problems.ts";
import { applyAllows } from "../../../workspace/checks/apply-allows.ts";
import { applyEdits } from "../../../workspace/edits/carry-out-fix.ts";
import type { PlacedProblem } from "../../../workspace/workspace.ts";
import { parseConfig } from "../../../workspace/yaml/parse-config.ts";
import { annotate, readCaretFixture, withoutAnnotations } from "../../support/caret-fixture.ts";

const BAND = "limits/narrow-band";
const COMMENT = `# usage-report: allow ${BAND} -- agreed`;

/** The problem of every line that has a range mark, as the rules would have found it. */
function found(marked: string, code: string = BAND, severity: Severity = "warning"): { text: string; problems: readonly PlacedProblem[] } {
	const { text, ranges } = readCaretFixture(marked);
	return { text, problems: ranges.map((range) => ({ problem: { code, severity, message: "…", path: [], anchor: "key" }, range })) };
}

function codesAfter(marked: string, code?: string, severity?: Severity, complete = true) {
	const { text, problems } = found(marked, code, severity);
	const { problems: left, allowed } = applyAllows(parseConfig(text), problems, complete);
	return { left: left.map(({ problem }) => problem.code), allowed: allowed.map(({ problem, reason }) => `${problem.code}: ${reason}`) };
}

describe("allow comments", () => {
	const silenced: readonly { name: string; text: string }[] = [
		{ name: "the line above", text: `${COMMENT}\n/*[*/N/*]*/: 31\n` },
		{ name: "deeper in a block", text: `a:\n  b:\n    ${COMMENT}\n    /*[*/N/*]*/: 31\n` },
		{ name: "another indentation", text: `a:\n${COMMENT}\n    /*[*/N/*]*/: 31\n` },
		{ name: "tabs and no spaces", text: `#usage-report:\tallow\t${BAND}\t--agreed\n/*[*/N/*]*/: 31\n` },
		{ name: "CRLF", text: `k: 1\r\n${COMMENT}\r\n/*[*/N/*]*/: 31\r\n` },
		{ name: "a byte-order mark", text: `\uFEFF${COMMENT}\n/*[*/N/*]*/: 31\n` },
		{ name: "an emoji before", text: `k: 😀\n${COMMENT}\n/*[*/N/*]*/: 31\n` },
		{ name: "behind a dash", text: `l:\n  ${COMMENT}\n  - { a: /*[*/1/*]*/ }\n` },
		{ name: "inside of a flow mapping", text: `m: {\n  ${COMMENT}\n  /*[*/N/*]*/: 31 }\n` },
		{ name: "the last line", text: `k: 1\n${COMMENT}\n/*[*/N/*]*/: 31` },
		{ name: "the first of two stacked", text: `${COMMENT}\n# usage-report: allow policy/overlap -- both\n/*[*/N/*]*/: 31\n` },
		{ name: "several on one line", text: `${COMMENT}\nm: { /*[*/a/*]*/: 1, /*[*/b/*]*/: 2 }\n` },
		{ name: "an anchor", text: `${COMMENT}\nN: &a /*[*/31/*]*/\nM: *a\n` },
	];
	for (const { name, text } of silenced) {
		it(`silence: ${name}`, () => {
			const { left, allowed } = codesAfter(text);
			assert.deepEqual(
				left.filter((code) => code === BAND),
				[],
			);
			assert.ok(allowed.length > 0);
			assert.deepEqual([...new Set(allowed)], [`${BAND}: agreed`]);
		});
	}

	const kept: readonly { name: string; text: string; code?: string; severity?: Severity; left: readonly string[] }[] = [
		{ name: "two lines above", text: `${COMMENT}\n\n/*[*/N/*]*/: 31\n`, left: [BAND, "allow/unneeded"] },
		{ name: "another comment between", text: `${COMMENT}\n# note\n/*[*/N/*]*/: 31\n`, left: [BAND, "allow/unneeded"] },
		{ name: "below", text: `/*[*/N/*]*/: 31\n${COMMENT}\n`, left: [BAND, "allow/unneeded"] },
		{ name: "another code", text: `# usage-report: allow policy/overlap -- x\n/*[*/N/*]*/: 31\n`, left: [BAND, "allow/unneeded"] },
		{ name: "behind the value", text: `/*[*/N/*]*/: 31 ${COMMENT}\n`, left: [BAND, "allow/malformed"] },
		{ name: "inside of a block text", text: `t: |\n  ${COMMENT}\n/*[*/N/*]*/: 31\n`, left: [BAND] },
		{ name: "inside of quotes", text: `t: "x\n  ${COMMENT}\n  y"\n/*[*/N/*]*/: 31\n`, left: [BAND] },
		{ name: "inside of a plain text", text: `t: x#usage-report: allow\n/*[*/N/*]*/: 31\n`, left: [BAND] },
		{ name: "an error", text: `${COMMENT}\n/*[*/N/*]*/: 31\n`, severity: "error", left: [BAND, "allow/unneeded"] },
		{ name: "no reason", text: `# usage-report: allow ${BAND}\n/*[*/N/*]*/: 31\n`, left: [BAND, "allow/no-reason"] },
		{ name: "nothing after the dashes", text: `# usage-report: allow ${BAND} -- …\n/*[*/N/*]*/: 31\n`, left: [BAND, "allow/no-reason"] },
		{ name: "no dashes", text: `# usage-report: allow ${BAND} agreed\n/*[*/N/*]*/: 31\n`, left: [BAND, "allow/no-reason"] },
		{ name: "the code of an error", text: "# usage-report: allow limits/order -- x\n/*[*/N/*]*/: 31\n", left: [BAND, "allow/not-allowed"] },
		{ name: "its own code", text: "# usage-report: allow allow/unneeded -- x\nN: 31\n", left: ["allow/not-allowed"] },
		{
			name: "an unknown code",
			text: "# usage-report: allow limits/narow-band -- x\n/*[*/N/*]*/: 31\n",
			left: [BAND, "allow/unknown-code"],
		},
		{ name: "another word", text: `# usage-report: disable ${BAND} -- x\n/*[*/N/*]*/: 31\n`, left: [BAND, "allow/malformed"] },
		{ name: "no code", text: "# usage-report: allow -- x\n/*[*/N/*]*/: 31\n", left: [BAND, "allow/malformed"] },
		{ name: "a remark", text: "# usage-report: see the manual\n/*[*/N/*]*/: 31\n", left: [BAND] },
		{ name: "the same twice", text: `${COMMENT}\n${COMMENT}\n/*[*/N/*]*/: 31\n`, left: ["allow/unneeded"] },
	];
	for (const { name, text, code, severity, left } of kept) {
		it(`do not silence, and are told of: ${name}`, () => assert.deepEqual(codesAfter(text, code, severity).left, left));
	}

	it("silence information and hints too", () => {
		for (const severity of ["information", "hint"] as const)
			assert.deepEqual(codesAfter(`${COMMENT}\n/*[*/N/*]*/: 31\n`, BAND, severity), { left: [], allowed: [`${BAND}: agreed`] });
	});

	it("are not called unneeded as long as not everything is known", () => {
		assert.deepEqual(codesAfter(`${COMMENT}\nN: 31\n`, BAND, "warning", false).left, []);
		assert.deepEqual(codesAfter(`${COMMENT}\nN: 31\n`).left, ["allow/unneeded"]);
	});

	it("are marked where the fault is", () => {
		const annotated = [
			"# usage-report: allow limits/order -- x",
			"#                     ^^^^^^^^^^^^ allow/not-allowed",
			"a: # usage-report: allow policy/overlap -- x",
			"#  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ allow/malformed",
			"  # usage-report: allow policy/overlp -- x",
			"#                       ^^^^^^^^^^^^^ allow/unknown-code",
			"  b: 1",
			"  # usage-report: allow policy/overlap",
			"# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ allow/no-reason",
			"  c: 1",
			"",
		].join("\n");
		const text = withoutAnnotations(annotated);
		const { problems } = applyAllows(parseConfig(text), [], true);
		assert.equal(
			annotate(
				text,
				problems.map(({ problem, range }) => ({ code: problem.code, range })),
			),
			annotated,
		);
	});

	const fixes: readonly { name: string; text: string; title: string; preferred: boolean; fixed: string }[] = [
		{ name: "unneeded", text: `a: 1\n  ${COMMENT}\nb: 1\n`, title: "Remove this comment", preferred: true, fixed: "a: 1\nb: 1\n" },
		{
			name: "unneeded, CRLF",
			text: `a: 1\r\n${COMMENT}\r\nb: 1\r\n`,
			title: "Remove this comment",
			preferred: true,
			fixed: "a: 1\r\nb: 1\r\n",
		},
		{
			name: "unknown code",
			text: "# usage-report: allow narrow-band -- x\nb: 1\n",
			title: `Change to ${BAND}`,
			preferred: true,
			fixed: `# usage-report: allow ${BAND} -- x\nb: 1\n`,
		},
		{
			name: "reason behind another dash",
			text: `# usage-report: allow ${BAND} – agreed\nb: 1\n`,
			title: "Add a reason…",
			preferred: false,
			fixed: `${COMMENT}\nb: 1\n`,
		},
		{
			name: "no reason",
			text: `# usage-report: allow ${BAND}\r\nb: 1\n`,
			title: "Add a reason…",
			preferred: false,
			fixed: `# usage-report: allow ${BAND} -- \r\nb: 1\n`,
		},
	];
	for (const { name, text, title, preferred, fixed } of fixes) {
		it(`are mended: ${name}`, () => {
			const [placed] = applyAllows(parseConfig(text), [], true).problems;
			const fix = placed?.textFixes?.[0];
			assert.deepEqual([fix?.title, fix?.preferred], [title, preferred]);
			assert.equal(applyEdits(text, fix!.edits), fixed);
		});
	}
});
