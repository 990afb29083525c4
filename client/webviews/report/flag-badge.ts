import { element, icon } from "../shared/dom.ts";

/** How much a flag asks for: something is wrong, should be looked at, or is worth knowing. */
type Weight = "alarm" | "warning" | "notice";

const WEIGHTS: Readonly<Record<string, Weight>> = {
	"never reported": "alarm",
	stale: "warning",
	"large difference": "warning",
	"over-use": "alarm",
	"under-use": "notice",
	"renewal due": "warning",
	"renewal past": "alarm",
	"server without subscription": "warning",
};

// A filled disc, a filled triangle and a ring, so that the weight can be told without colours.
const ICONS: Readonly<Record<Weight, string>> = {
	alarm: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM7.2 4.5h1.6v4.2H7.2V4.5Zm0 5.6h1.6v1.5H7.2v-1.5Z",
	warning: "M7.3 1.6a.8.8 0 0 1 1.4 0l6.2 11.2a.8.8 0 0 1-.7 1.2H1.8a.8.8 0 0 1-.7-1.2L7.3 1.6ZM7.3 6v4h1.4V6H7.3Zm0 5.2v1.4h1.4v-1.4H7.3Z",
	notice:
		"M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1.2a5.3 5.3 0 1 1 0 10.6A5.3 5.3 0 0 1 8 2.7ZM7.3 7h1.4v4.3H7.3V7Zm0-2.4h1.4v1.5H7.3V4.6Z",
};

/** The one tooltip of the page, which shows the sentence of the flag that has the pointer or the focus. */
export interface FlagTooltip {
	readonly element: HTMLElement;
	attach(badge: HTMLElement, text: string): void;
}

/** A flag as a badge of icon and name; its sentence shows on hover and on focus, and is read out with it. */
export function flagBadge(name: string, detail: string, tooltip: FlagTooltip): HTMLElement {
	const weight = WEIGHTS[name] ?? "notice";
	const badge = element(
		"span",
		{
			class: `flag flag-${weight}`,
			attributes: { role: "note", tabindex: "0", "aria-label": detail === "" ? name : `${name}: ${detail}` },
		},
		icon(ICONS[weight]),
		name,
	);
	if (detail !== "") tooltip.attach(badge, detail);
	return badge;
}

/** Makes the tooltip; it lies outside of every table, so that none cuts it off. */
export function createFlagTooltip(): FlagTooltip {
	const bubble = element("div", { class: "tooltip", attributes: { "aria-hidden": "true", hidden: "" } });
	const hide = () => {
		bubble.hidden = true;
	};
	window.addEventListener("scroll", hide, { capture: true, passive: true });
	window.addEventListener("keydown", (event) => {
		if (event.key === "Escape") hide();
	});

	function show(badge: HTMLElement, text: string): void {
		bubble.textContent = text;
		bubble.hidden = false;
		const anchor = badge.getBoundingClientRect();
		const size = bubble.getBoundingClientRect();
		const below = anchor.bottom + 4 + size.height <= window.innerHeight;
		bubble.style.top = `${below ? anchor.bottom + 4 : Math.max(0, anchor.top - 4 - size.height)}px`;
		bubble.style.left = `${Math.max(4, Math.min(anchor.left, window.innerWidth - size.width - 12))}px`;
	}

	return {
		element: bubble,
		attach(badge, text) {
			badge.addEventListener("mouseenter", () => show(badge, text));
			badge.addEventListener("focus", () => show(badge, text));
			badge.addEventListener("mouseleave", hide);
			badge.addEventListener("blur", hide);
		},
	};
}
