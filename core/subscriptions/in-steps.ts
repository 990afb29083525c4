/** Work that can be interrupted: each step is short, and the value is there at the end. */
export type Steps<Value> = Generator<void, Value, void>;

/** Does all of it at once. */
export function doAll<Value>(steps: Steps<Value>): Value {
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
	}
}
