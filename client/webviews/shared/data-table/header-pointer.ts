/** What the pointer does with the header of a column. */
interface HeaderActions {
	/** Width of a column as it is drawn, in pixels. */
	widthOf(id: string): number;
	/** Null for the width that the table gives it. `ended` tells the last change of one pull. */
	resize(id: string, width: number | null, ended: boolean): void;
	/** Puts a column before or behind another one. */
	put(id: string, beside: string, behind: boolean): void;
	sort(id: string): void;
}

/** How far a pointer moves before it drags a column rather than clicks it, in pixels. */
const DRAG_PIXELS = 6;

/** Follows the pointer on headers: `data-column` names a column, `data-resize` the handle at its end. */
export function followHeaderPointer(head: HTMLElement, actions: HeaderActions): void {
	head.addEventListener("pointerdown", (event) => {
		if (event.button !== 0) return;
		const target = event.target as Element;
		const handle = target.closest<HTMLElement>("[data-resize]");
		const header = target.closest<HTMLElement>("[data-column]");
		if (handle !== null) pull(head, handle, event, actions);
		else if (header !== null) drag(head, header, event, actions);
	});
	head.addEventListener("dblclick", (event) => {
		const id = (event.target as Element).closest<HTMLElement>("[data-resize]")?.dataset["resize"];
		if (id !== undefined) actions.resize(id, null, true);
	});
}

function pull(head: HTMLElement, handle: HTMLElement, start: PointerEvent, actions: HeaderActions): void {
	const id = handle.dataset["resize"] ?? "";
	const width = actions.widthOf(id);
	const direction = getComputedStyle(head).direction === "rtl" ? -1 : 1;
	start.preventDefault();
	watch(
		head,
		start,
		(event) => actions.resize(id, width + direction * (event.clientX - start.clientX), false),
		(event) => {
			if (event.clientX !== start.clientX) actions.resize(id, width + direction * (event.clientX - start.clientX), true);
		},
	);
}

function drag(head: HTMLElement, header: HTMLElement, start: PointerEvent, actions: HeaderActions): void {
	const id = header.dataset["column"] ?? "";
	let target: { readonly element: HTMLElement; readonly behind: boolean } | null = null;
	let isDragging = false;

	const unmark = () => target?.element.classList.remove("drop-before", "drop-behind");
	watch(
		head,
		start,
		(event) => {
			isDragging ||= Math.abs(event.clientX - start.clientX) > DRAG_PIXELS;
			if (!isDragging) return;
			header.classList.add("dragged");
			unmark();
			target = headerAt(head, event.clientX);
			if (target !== null && target.element !== header) target.element.classList.add(target.behind ? "drop-behind" : "drop-before");
		},
		(event) => {
			header.classList.remove("dragged");
			unmark();
			if (event.type === "pointercancel") return;
			if (!isDragging) actions.sort(id);
			else if (target !== null && target.element !== header) actions.put(id, target.element.dataset["column"] ?? "", target.behind);
		},
	);
}

/** The header at a place of the window, and whether the place is in its second half. */
function headerAt(head: HTMLElement, x: number): { readonly element: HTMLElement; readonly behind: boolean } | null {
	for (const element of head.querySelectorAll<HTMLElement>("[data-column]")) {
		const { left, right } = element.getBoundingClientRect();
		if (x >= left && x < right) {
			const isRight = x > (left + right) / 2;
			return { element, behind: isRight === (getComputedStyle(head).direction !== "rtl") };
		}
	}
	return null;
}

/** Calls back while a pointer is held down, wherever it goes. */
function watch(head: HTMLElement, start: PointerEvent, moved: (event: PointerEvent) => void, ended: (event: PointerEvent) => void): void {
	head.setPointerCapture(start.pointerId);
	const controller = new AbortController();
	const end = (event: PointerEvent) => {
		controller.abort();
		ended(event);
	};
	const { signal } = controller;
	head.addEventListener("pointermove", moved, { signal });
	head.addEventListener("pointerup", end, { signal });
	head.addEventListener("pointercancel", end, { signal });
}
