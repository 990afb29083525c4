/** Asks for what is wanted last, one ask at a time. */
export interface Latest<Params> {
	/** Wants an answer for these; whatever was wanted before and has not been asked for yet is forgotten. */
	want(params: Params): void;
	/** Wants nothing any more; an answer under way is dropped. */
	forget(): void;
}

interface LatestOptions<Params, Result> {
	ask(params: Params, signal: AbortSignal): Promise<Result>;
	/** Calls back soon, such as before the next frame is drawn. */
	schedule(run: () => void): void;
	onResult(params: Params, result: Result): void;
	/** Only for what was wanted last. */
	onFailure(params: Params, reason: unknown): void;
}

/**
 * Follows something that changes faster than it is answered, such as a slider: at most one ask per schedule and one at a time, answers in the
 * order of the asks, and at the end always the answer for what was wanted last.
 */
export function createLatest<Params, Result>(options: LatestOptions<Params, Result>): Latest<Params> {
	let wanted: { readonly params: Params } | null = null;
	let running: AbortController | null = null;
	let isScheduled = false;

	function plan(): void {
		if (isScheduled || running !== null || wanted === null) return;
		isScheduled = true;
		options.schedule(() => {
			isScheduled = false;
			send();
		});
	}

	function send(): void {
		if (wanted === null || running !== null) return;
		const { params } = wanted;
		const controller = new AbortController();
		wanted = null;
		running = controller;
		options.ask(params, controller.signal).then(
			(result) => finish(controller, () => options.onResult(params, result)),
			(reason: unknown) => finish(controller, () => (wanted === null ? options.onFailure(params, reason) : undefined)),
		);
	}

	function finish(controller: AbortController, tell: () => void): void {
		if (running !== controller) return;
		running = null;
		try {
			tell();
		} finally {
			plan();
		}
	}

	return {
		want(params) {
			wanted = { params };
			plan();
		},
		forget() {
			wanted = null;
			const controller = running;
			running = null;
			controller?.abort();
		},
	};
}
