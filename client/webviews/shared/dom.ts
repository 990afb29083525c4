type Child = Node | string | null;

interface ElementOptions {
	readonly class?: string;
	/** Attributes; null leaves one out. */
	readonly attributes?: Readonly<Record<string, string | null>>;
	readonly onClick?: () => void;
}

/** Makes an element. Strings become text nodes, never markup, whatever they hold; null children are left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
	tag: Tag,
	options: ElementOptions = {},
	...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
	const made = document.createElement(tag);
	if (options.class !== undefined) made.className = options.class;
	for (const [name, value] of Object.entries(options.attributes ?? {})) if (value !== null) made.setAttribute(name, value);
	if (options.onClick !== undefined) made.addEventListener("click", options.onClick);
	for (const child of children) if (child !== null) made.append(child);
	return made;
}

/** A drawing of 16 × 16 units, coloured as the text around it and hidden from screen readers. */
export function icon(path: string): SVGSVGElement {
	const namespace = "http://www.w3.org/2000/svg";
	const svg = document.createElementNS(namespace, "svg");
	for (const [name, value] of Object.entries({ class: "icon", viewBox: "0 0 16 16", width: "14", height: "14", "aria-hidden": "true" }))
		svg.setAttribute(name, value);
	const shape = document.createElementNS(namespace, "path");
	shape.setAttribute("d", path);
	shape.setAttribute("fill", "currentColor");
	shape.setAttribute("fill-rule", "evenodd");
	svg.append(shape);
	return svg;
}
