import type { CancellationToken } from "vscode-languageserver-protocol";

/**
 * The one place where errors of this program end: they are logged under the name of their request, and the client gets
 * an answer, so that nothing that goes wrong can take the server down.
 */
export interface Guard {
	/**
	 * A handler for requests. It is answered at once when the request is cancelled.
	 * @param onCrash what the client gets instead of an answer.
	 */
	request<Params, Answer, Crash>(
		name: string,
		answer: (params: Params, signal: AbortSignal) => Promise<Answer>,
		onCrash: (message: string) => Crash,
	): <Cancelled>(params: Params, token: CancellationToken, onCancel: () => Cancelled) => Promise<Answer | Crash | Cancelled>;
	/** A handler for events, which nobody waits for. */
	event<Args extends readonly unknown[]>(name: string, handle: (...args: Args) => Promise<void> | void): (...args: Args) => void;
	/** As {@link event}, for changes that requests which come later must see. It may not wait for the client. */
	change<Args extends readonly unknown[]>(name: string, handle: (...args: Args) => Promise<void> | void): (...args: Args) => void;
	/** Resolves when all changes that have come so far are taken in. */
	changesTaken(): Promise<void>;
}

/** @param log takes a message with its stack trace. */
export function createGuard(log: (message: string) => void): Guard {
	const changing = new Set<Promise<void>>();

	function run<Args extends readonly unknown[]>(name: string, handle: (...args: Args) => Promise<void> | void, args: Args): Promise<void> {
		const handled = async () => handle(...args);
		return handled().catch((error: unknown) => log(`${name} failed: ${describe(error)}`));
	}

	return {
		request: (name, answer, onCrash) => async (params, token, onCancel) => {
			const controller = new AbortController();
			const listener = token.onCancellationRequested(() => controller.abort());
			if (token.isCancellationRequested) controller.abort();
			try {
				const given = await Promise.race([answer(params, controller.signal), abortOf(controller.signal)]);
				return given === ABORTED ? onCancel() : given;
			} catch (error) {
				if (controller.signal.aborted) return onCancel();
				log(`${name} failed: ${describe(error)}`);
				return onCrash(`${name} failed. The log says why.`);
			} finally {
				listener.dispose();
			}
		},
		event:
			(name, handle) =>
			(...args) =>
				void run(name, handle, args),
		change:
			(name, handle) =>
			(...args) => {
				const change = run(name, handle, args);
				changing.add(change);
				change.then(() => changing.delete(change));
			},
		async changesTaken() {
			await Promise.all(changing);
		},
	};
}

const ABORTED = Symbol("aborted");

function abortOf(signal: AbortSignal): Promise<typeof ABORTED> {
	return new Promise((resolve) => {
		if (signal.aborted) resolve(ABORTED);
		else signal.addEventListener("abort", () => resolve(ABORTED), { once: true });
	});
}

function describe(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
