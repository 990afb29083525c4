/** A call that happens once nothing has called it for a moment. */
export interface Debounced<Value> {
	(value: Value): void;
	/** Calls now what is still to be called. */
	flush(): void;
	cancel(): void;
}

/** Puts a call off until so many milliseconds have passed without another one. */
export function debounce<Value>(milliseconds: number, call: (value: Value) => void): Debounced<Value> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let waiting: { readonly value: Value } | null = null;
	const flush = () => {
		clearTimeout(timer);
		const last = waiting;
		waiting = null;
		if (last !== null) call(last.value);
	};
	const cancel = () => {
		clearTimeout(timer);
		waiting = null;
	};
	return Object.assign(
		(value: Value) => {
			waiting = { value };
			clearTimeout(timer);
			timer = setTimeout(flush, milliseconds);
		},
		{ flush, cancel },
	);
}
