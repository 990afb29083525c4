/** Where a question stands among those of a wizard. */
export interface WizardPlace {
	/** From 1. */
	readonly step: number;
	readonly total: number;
	/** False for the first question. */
	readonly canGoBack: boolean;
}

/** What came of a question: what is known now, back to the question before, or nothing more. */
export type WizardAnswer<State> = { readonly state: State } | "back" | "cancel";

/** One question of a wizard. */
export interface WizardStep<State> {
	/** Whether it is asked, by what is known at that point; always when it is absent. */
	readonly isAsked?: (state: State) => boolean;
	ask(state: State, place: WizardPlace): Promise<WizardAnswer<State>>;
}

/**
 * Asks one question after the other. Who goes back finds what they answered before, and what they answered later on.
 * @returns null when the person gave up.
 */
export async function runWizard<State>(start: State, steps: readonly WizardStep<State>[]): Promise<State | null> {
	let state = start;
	const asked: number[] = [];
	for (let index = 0; index < steps.length; ) {
		const step = steps[index]!;
		if (step.isAsked?.(state) === false) {
			index++;
			continue;
		}
		const place = { step: asked.length + 1, total: countSteps(steps, state, asked, index), canGoBack: asked.length > 0 };
		const answer = await step.ask(state, place);
		if (answer === "cancel") return null;
		if (answer === "back") {
			index = asked.pop() ?? index;
			continue;
		}
		state = answer.state;
		asked.push(index++);
	}
	return state;
}

/** Those that were asked, this one, and those that would be asked as things stand. */
function countSteps<State>(steps: readonly WizardStep<State>[], state: State, asked: readonly number[], index: number): number {
	return asked.length + 1 + steps.slice(index + 1).filter((step) => step.isAsked?.(state) !== false).length;
}
