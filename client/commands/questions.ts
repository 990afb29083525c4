import * as vscode from "vscode";
import type { WizardPlace } from "./wizard.ts";

/** A question that is answered by a text. */
export interface TextQuestion {
	readonly title: string;
	readonly prompt: string;
	readonly value: string;
	readonly placeholder?: string;
	/** What is marked at first, so that typing replaces it; all of it when absent. */
	readonly selection?: readonly [number, number];
	/** Why the text cannot stay as it is, in words; null when it can. */
	validate(text: string): Promise<string | null>;
}

/** Asks for a text; what is wrong with it is said while it is typed, and it is taken only when nothing is. */
export async function askText(question: TextQuestion, place: WizardPlace): Promise<{ readonly text: string } | "back" | "cancel"> {
	const input = vscode.window.createInputBox();
	Object.assign(input, { title: question.title, prompt: question.prompt, value: question.value, ignoreFocusOut: true });
	if (question.placeholder !== undefined) input.placeholder = question.placeholder;
	if (question.selection !== undefined) input.valueSelection = question.selection;
	let turn = 0;
	/** Null also where the person has typed on meanwhile. */
	const check = async (text: string): Promise<boolean> => {
		const mine = ++turn;
		const message = await question.validate(text);
		if (mine !== turn) return false;
		input.validationMessage = message ?? "";
		return message === null;
	};
	return show(input, place, (done) => [
		input.onDidChangeValue((text) => void check(text)),
		input.onDidAccept(async () => {
			const { value } = input;
			input.busy = true;
			const isGood = await check(value);
			input.busy = false;
			if (isGood) done({ text: value });
		}),
	]);
}

/** An entry to choose, with what it stands for. */
export interface Choice<Value> extends vscode.QuickPickItem {
	readonly value: Value;
}

/** A question that is answered by one of some entries. */
export interface ChoiceQuestion<Value> {
	readonly title: string;
	readonly placeholder: string;
	readonly choices: readonly Choice<Value>[];
}

/** Asks for one of some entries. */
export async function askChoice<Value>(
	question: ChoiceQuestion<Value>,
	place: WizardPlace,
): Promise<{ readonly value: Value } | "back" | "cancel"> {
	const pick = vscode.window.createQuickPick<Choice<Value>>();
	Object.assign(pick, { title: question.title, placeholder: question.placeholder, ignoreFocusOut: true, matchOnDescription: true });
	pick.items = question.choices;
	return show(pick, place, (done) => [
		pick.onDidAccept(() => {
			const [chosen] = pick.selectedItems;
			if (chosen !== undefined) done({ value: chosen.value });
		}),
	]);
}

/** A question that is answered by one of more entries than can be shown at once. */
export interface SearchQuestion {
	readonly title: string;
	readonly placeholder: string;
	/** The first entries that have a text, or why there are none. */
	search(text: string): Promise<readonly vscode.QuickPickItem[] | string>;
}

/** Time without another letter after which is searched, in milliseconds. */
const QUIET_MS = 120;

/** Asks for one of many entries, of which those are shown that have what is typed. */
export async function askSearch(question: SearchQuestion, place: WizardPlace): Promise<{ readonly label: string } | "back" | "cancel"> {
	const pick = vscode.window.createQuickPick();
	Object.assign(pick, { title: question.title, placeholder: question.placeholder, ignoreFocusOut: true });
	let turn = 0;
	let timer: NodeJS.Timeout | undefined;
	const search = async (text: string) => {
		const mine = ++turn;
		pick.busy = true;
		const found = await question.search(text);
		if (mine !== turn) return;
		pick.busy = false;
		// Whatever the server has found is shown, although the editor would match otherwise.
		pick.items = typeof found === "string" ? [{ label: found, alwaysShow: true }] : found.map((item) => ({ ...item, alwaysShow: true }));
		failed = typeof found === "string";
	};
	let failed = false;
	void search("");
	const answer = await show<{ readonly label: string }>(pick, place, (done) => [
		pick.onDidChangeValue((text) => {
			clearTimeout(timer);
			timer = setTimeout(() => void search(text), QUIET_MS);
		}),
		pick.onDidAccept(() => {
			const [chosen] = pick.selectedItems;
			if (chosen !== undefined && !failed) done({ label: chosen.label });
		}),
	]);
	clearTimeout(timer);
	turn++;
	return answer;
}

async function show<Answer>(
	input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[]; onDidTriggerButton: vscode.Event<vscode.QuickInputButton> },
	place: WizardPlace,
	listen: (done: (answer: Answer) => void) => readonly vscode.Disposable[],
): Promise<Answer | "back" | "cancel"> {
	if (place.total > 1) Object.assign(input, { step: place.step, totalSteps: place.total });
	if (place.canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
	const listeners: vscode.Disposable[] = [];
	try {
		return await new Promise<Answer | "back" | "cancel">((resolve) => {
			listeners.push(
				...listen(resolve),
				input.onDidTriggerButton((button) => button === vscode.QuickInputButtons.Back && resolve("back")),
				input.onDidHide(() => resolve("cancel")),
			);
			input.show();
			listeners.push(keepFocus());
		});
	} finally {
		for (const listener of listeners) listener.dispose();
		input.dispose();
	}
}

/** When the focus is taken back, in milliseconds: how soon the editor gives it to the webview depends on how busy the machine is. */
const FOCUS_MS = [300, 900, 2_000];

/** Takes the focus back from the webview that was active when the command was called, which may get it only after the question was shown. */
function keepFocus(): vscode.Disposable {
	if (!(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview)) return new vscode.Disposable(() => {});
	const timers = FOCUS_MS.map((delay) => setTimeout(() => void vscode.commands.executeCommand("workbench.action.focusQuickOpen"), delay));
	return new vscode.Disposable(() => {
		for (const timer of timers) clearTimeout(timer);
	});
}
