import { html, render } from "lit";
import { debounce } from "./debounce.ts";

/** A field for a free text, which tells what is in it once nobody types. */
export interface SearchField {
	readonly element: HTMLElement;
	/** Shows a text that came from elsewhere; what is being typed stays. */
	update(text: string): void;
}

/** Milliseconds without a key. */
const SETTLE_MS = 250;

/** Makes an empty one. Enter and leaving the field tell at once. */
export function createSearchField(label: string, changed: (text: string) => void): SearchField {
	const element = document.createElement("div");
	element.className = "search-field";
	let told = "";
	const tell = (text: string) => {
		if (text.trim() === told) return;
		told = text.trim();
		changed(told);
	};
	const tellSoon = debounce(SETTLE_MS, tell);
	render(
		html`<input
			type="search"
			class="field"
			dir="auto"
			spellcheck="false"
			autocomplete="off"
			placeholder=${label}
			aria-label=${label}
			@input=${(event: Event) => tellSoon((event.target as HTMLInputElement).value)}
			@change=${() => tellSoon.flush()}
		/>`,
		element,
	);
	const input = element.querySelector<HTMLInputElement>("input")!;
	return {
		element,
		update(text) {
			if (text === told) return;
			tellSoon.cancel();
			told = text;
			input.value = text;
		},
	};
}
