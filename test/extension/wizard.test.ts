import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { runWizard, type WizardAnswer, type WizardPlace, type WizardStep } from "../../client/commands/wizard.ts";

interface State {
	readonly a: string;
	readonly b: string;
	readonly c: string;
}

const EMPTY: State = { a: "", b: "", c: "" };

/** Steps for the three parts, of which the second is asked only when the first is not "skip"; answers are taken in turn. */
function play(answers: readonly string[]): {
	readonly steps: readonly WizardStep<State>[];
	readonly asked: readonly string[];
} {
	const left = [...answers];
	const asked: string[] = [];
	const step = (part: keyof State): WizardStep<State> => ({
		...(part === "b" ? { isAsked: ({ a }: State) => a !== "skip" } : {}),
		async ask(state, { step: number, total, canGoBack }: WizardPlace): Promise<WizardAnswer<State>> {
			asked.push(`${part} ${number}/${total}${canGoBack ? " <" : ""} ${state[part]}`.trim());
			const answer = left.shift() ?? "cancel";
			return answer === "back" || answer === "cancel" ? answer : { state: { ...state, [part]: answer } };
		},
	});
	return { steps: [step("a"), step("b"), step("c")], asked };
}

describe("wizard", () => {
	for (const { what, answers, result, asked } of [
		{
			what: "asks one question after the other",
			answers: ["1", "2", "3"],
			result: { a: "1", b: "2", c: "3" },
			asked: ["a 1/3", "b 2/3 <", "c 3/3 <"],
		},
		{
			what: "goes back to what was answered before, and finds later answers again",
			answers: ["1", "2", "back", "back", "x", "2", "3"],
			result: { a: "x", b: "2", c: "3" },
			asked: ["a 1/3", "b 2/3 <", "c 3/3 <", "b 2/3 < 2", "a 1/3 1", "b 2/3 < 2", "c 3/3 <"],
		},
		{
			what: "leaves out what need not be asked, also on the way back",
			answers: ["skip", "back", "skip", "3"],
			result: { a: "skip", b: "", c: "3" },
			asked: ["a 1/3", "c 2/2 <", "a 1/2 skip", "c 2/2 <"],
		},
		{ what: "ends when the person gives up", answers: ["1", "cancel"], result: null, asked: ["a 1/3", "b 2/3 <"] },
	]) {
		it(what, async () => {
			const { steps, asked: seen } = play(answers);
			assert.deepEqual(await runWizard(EMPTY, steps), result);
			assert.deepEqual(seen, asked);
		});
	}
});
