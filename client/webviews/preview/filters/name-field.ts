import { html, nothing, render } from "lit";
import { formatCount } from "../../shared/format.ts";
import type { Host } from "../../shared/host.ts";
import { isAbort, messageOf } from "../../shared/host.ts";
import type { Localize } from "../../shared/localize.ts";
import { debounce } from "./debounce.ts";

/** A field for the name of a device or a product, which offers the names that have what is typed. */
export interface NameField {
	readonly element: HTMLElement;
}

interface NameFieldOptions {
	readonly host: Host;
	readonly l10n: Localize;
	/** Prefix of ids. */
	readonly name: string;
	readonly of: "devices" | "products";
	readonly label: string;
	chosen(name: string): void;
}

/** Names that are offered at most. */
const OFFERED = 20;
/** Milliseconds without a key before names are asked for. */
const SETTLE_MS = 150;

/** Makes an empty field: a combo box of which the list is asked for while one types. */
export function createNameField({ host, l10n, name, of, label, chosen }: NameFieldOptions): NameField {
	const element = document.createElement("div");
	element.className = "name-field";
	const list = `${name}-${of}-names`;
	let names: readonly string[] = [];
	let total = 0;
	let at = -1;
	let isOpen = false;
	let failure: string | null = null;
	let asking = new AbortController();

	const input = () => element.querySelector<HTMLInputElement>("input");

	function ask(text: string): void {
		asking.abort();
		asking = new AbortController();
		host.ask("names", { of, text, limit: OFFERED }, asking.signal).then(
			(answer) => {
				({ names, total } = answer);
				failure = null;
				at = -1;
				isOpen = document.activeElement === input();
				draw();
			},
			(error: unknown) => {
				if (isAbort(error)) return;
				names = [];
				total = 0;
				failure = messageOf(error);
				isOpen = true;
				draw();
			},
		);
	}
	const askSoon = debounce(SETTLE_MS, ask);

	function close(): void {
		askSoon.cancel();
		asking.abort();
		isOpen = false;
		at = -1;
		draw();
	}

	function choose(wanted: string): void {
		const field = input();
		if (field !== null) field.value = "";
		close();
		chosen(wanted);
	}

	function press(event: KeyboardEvent): void {
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			if (!isOpen) {
				askNow();
				return;
			}
			const step = event.key === "ArrowDown" ? 1 : -1;
			at = names.length === 0 ? -1 : (at + step + names.length + (at < 0 && step < 0 ? 1 : 0)) % names.length;
			draw();
			element.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
		} else if (event.key === "Enter") {
			const typed = input()?.value ?? "";
			const wanted = names[at] ?? names.find((one) => one === typed) ?? (names.length === 1 ? names[0] : undefined);
			if (wanted !== undefined && isOpen) choose(wanted);
			else askNow();
		} else if (event.key === "Escape" && isOpen) {
			event.stopPropagation();
			close();
		}
	}

	function askNow(): void {
		askSoon.cancel();
		ask(input()?.value ?? "");
	}

	function draw(): void {
		const option = (text: string, index: number) =>
			html`<li
				role="option"
				id="${list}-${index}"
				dir="auto"
				aria-selected=${index === at}
				title=${text}
				@mousedown=${(event: Event) => event.preventDefault()}
				@click=${() => choose(text)}
			>${text}</li>`;
		const note =
			failure ??
			(total === 0
				? l10n.t("No name has this text.")
				: total > names.length
					? l10n.t("{0} more: type more of the name", formatCount(total - names.length))
					: null);
		render(
			html`<input
					type="text"
					class="field"
					role="combobox"
					autocomplete="off"
					spellcheck="false"
					dir="auto"
					placeholder=${label}
					aria-label=${label}
					aria-autocomplete="list"
					aria-expanded=${isOpen}
					aria-controls=${list}
					aria-activedescendant=${at >= 0 ? `${list}-${at}` : nothing}
					@input=${(event: Event) => askSoon((event.target as HTMLInputElement).value)}
					@focus=${askNow}
					@blur=${close}
					@keydown=${press}
				/>
				<div class="offered" ?hidden=${!isOpen}>
					<ul id=${list} role="listbox" aria-label=${label}>${names.map(option)}</ul>
					${note === null ? nothing : html`<p class="offered-note" role="status">${note}</p>`}
				</div>`,
			element,
		);
	}
	draw();
	return { element };
}
