import type { Category } from "../usage/category.ts";
import type { Tone } from "./cell-styles.ts";

/** How the categories are coloured in every sheet. */
export const CATEGORY_TONES: { readonly [category in Category]: Tone } = {
	Used: "good",
	"Rarely Used": "warning",
	Unused: "danger",
	Unreported: "plain",
};
