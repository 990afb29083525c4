import { ref } from "lit/directives/ref.js";

/**
 * Makes an element of a flexible row as wide as its share, for the place of an attribute. The style is set on the object, since the content
 * security policy lets no style attribute in, which lit's own `styleMap` writes when it first draws.
 */
export function grow(share: number): ReturnType<typeof ref> {
	return ref((node) => {
		if (node instanceof HTMLElement) node.style.flexGrow = String(share);
	});
}
