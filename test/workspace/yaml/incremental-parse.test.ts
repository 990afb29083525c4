import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { completionContextAt } from "../../../workspace/yaml/caret/completion-context.ts";
import { locateRange, nodeAtOffset } from "../../../workspace/yaml/locate.ts";
import { outlineOf } from "../../../workspace/yaml/outline.ts";
import { type ParsedConfig, parseConfig } from "../../../workspace/yaml/parse-config.ts";
import { parseWhole } from "../../../workspace/yaml/parse-whole.ts";
import { carryOut, createDraw, type Draw, drawConfig, drawEdit } from "../../support/random-edits.ts";

/** More than are run each time, when somebody wants to be sure. */
const EDITS = Number(process.env["USAGE_REPORT_RANDOM_EDITS"] ?? 200);
const SEED = Number(process.env["USAGE_REPORT_RANDOM_SEED"] ?? 1);

/** Makes any text so long that it is not parsed as a whole when it is faulty. */
const LENGTHENING = `\n${"# A line of a comment that says nothing, which makes the file longer than a short one.\n".repeat(190)}`;

describe("parsing in pieces", () => {
	it("finds in every text without a fault what parsing the whole finds, and a fault wherever the whole has one", () => {
		const draw = createDraw(SEED);
		let [clean, faulty] = [0, 0];
		for (let round = 0; round < EDITS; round++) {
			let text = drawConfig(draw, 1 + draw(12));
			for (let edits = draw(3); edits > 0; edits--) text = carryOut(text, drawEdit(text, draw));
			if (draw(2) === 0) text += LENGTHENING;
			if (telling(text, () => checkAgainstWhole(text, draw))) clean++;
			else faulty++;
		}
		assert.ok(clean > EDITS / 5 && faulty > EDITS / 10, `${clean} without a fault, ${faulty} with one`);
	});

	it("gives after each edit what a fresh parse gives", () => {
		const draw = createDraw(SEED + 1);
		let versions: readonly ParsedConfig[] = [parseConfig(drawConfig(draw, 10))];
		for (let edit = 0; edit < EDITS; edit++) {
			if (edit % 40 === 0) versions = [parseConfig(drawConfig(draw, 2 + draw(30)) + (draw(2) === 0 ? LENGTHENING : ""))];
			const before = versions.at(-1)!;
			const undone = draw(4) === 0 ? versions.at(-2) : undefined;
			const text = undone?.text ?? carryOut(before.text, drawEdit(before.text, draw));
			const parsed = parseConfig(text, before);
			telling(text, () => checkEqual(parsed, parseConfig(text), draw));
			versions = [...versions.slice(-3), parsed];
		}
	});

	it("keeps the identity of what an edit leaves as it was", () => {
		const text = `kind: project\nsubscriptions:\n  - client: A\n    servers: [x]\n  - client: B\n    servers: [y]\nusageCategory:\n  UsedCategoryLimit: 30\n`;
		const before = parseConfig(text);
		const after = parseConfig(text.replace("client: B", "client: C"), before);
		const [left, right] = [before.tree, after.tree] as { subscriptions: { servers: unknown }[]; usageCategory: unknown }[];
		assert.notEqual(left!.subscriptions, right!.subscriptions);
		assert.equal(left!.subscriptions[0], right!.subscriptions[0]);
		assert.equal(left!.subscriptions[1]!.servers, right!.subscriptions[1]!.servers);
		assert.equal(left!.usageCategory, right!.usageCategory);
		assert.equal(parseConfig(`# comment\n${text}`, before).tree, before.tree);
	});

	it("says of a broken entry of a long file what is wrong with it, and nothing of the others", () => {
		const entries = Array.from({ length: 800 }, (_, index) => `  - client: C${index}\n    servers: [s${index}]\n`);
		entries[400] = "  - client: C400\n    servers: [s400\n";
		const text = `kind: project\nsubscriptions:\n${entries.join("")}`;
		const { problems } = parseConfig(text);
		assert.deepEqual(
			problems.map(({ code, range }) => [code, text.slice(range.start, range.end)]),
			[["yaml/bad-indent", "[s400"]],
		);
	});
});

/** Answers whether the text is without a fault. */
function checkAgainstWhole(text: string, draw: Draw): boolean {
	const parsed = parseConfig(text);
	const whole = parseWhole(text);
	assert.equal(parsed.parsedCleanly, whole.isClean);
	if (!parsed.parsedCleanly) return false;
	assert.deepEqual(parsed.tree, whole.root?.value ?? null);
	// Where the root ends is of no use to anyone, and a comment behind the last value may or may not be in it.
	assert.deepEqual({ ...parsed.root, range: null }, { ...whole.root, range: null });
	assert.deepEqual(parsed.outline(), outlineOf(whole.root, text));
	assert.deepEqual(parsed.outline(10), outlineOf(whole.root, text, 10));
	for (let count = 0; count < 20; count++) {
		const offset = draw(text.length + 1);
		const place = nodeAtOffset(whole.root, text, offset);
		assert.deepEqual(parsed.nodeAt(offset), place);
		for (const path of [place.path, place.path.slice(0, -1), [...place.path, "no such key"], [...place.path, 3]]) {
			for (const anchor of ["key", "value"] as const)
				assert.deepEqual(parsed.rangeOf(path, anchor), locateRange(whole.root, text, path, anchor));
		}
	}
	checkCompletion(parsed, draw);
	return true;
}

/** What can be typed is read from the lines, which need not all be looked at. */
function checkCompletion(parsed: ParsedConfig, draw: Draw): void {
	for (let count = 0; count < 10; count++) {
		const offset = draw(parsed.text.length + 1);
		assert.deepEqual(completionContextAt(parsed, null, offset), completionContextAt({ ...parsed, pieces: null }, null, offset));
	}
}

function checkEqual(parsed: ParsedConfig, fresh: ParsedConfig, draw: Draw): void {
	assert.deepEqual(parsed.tree, fresh.tree);
	assert.deepEqual(parsed.problems, fresh.problems);
	assert.deepEqual(parsed.root, fresh.root);
	assert.deepEqual(parsed.outline(), fresh.outline());
	for (let count = 0; count < 5; count++) {
		const offset = draw(parsed.text.length + 1);
		assert.deepEqual(parsed.nodeAt(offset), fresh.nodeAt(offset));
	}
}

/** An error of a check says for which text it was. */
function telling<Result>(text: string, check: () => Result): Result {
	try {
		return check();
	} catch (error) {
		throw new Error(`In ${JSON.stringify(text.replace(LENGTHENING, "…"))}`, { cause: error });
	}
}
