import { ASKS, type AskMethod, type AskParams, type AskResult, type HostMessage, readHostMessage, type ViewMessage } from "../messages.ts";

interface VsCodeApi {
	postMessage(message: ViewMessage): void;
	getState(): unknown;
	setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension as a view sees it. */
export interface Host {
	send(message: ViewMessage): void;
	/**
	 * Asks the extension for something. Rejects with an `Error` whose message is for the person, or, once the signal is aborted,
	 * with an `AbortError`; the extension then stops its work.
	 */
	ask<Method extends AskMethod>(method: Method, params: AskParams<Method>, signal?: AbortSignal): Promise<AskResult<Method>>;
	/** Hands every message of the protocol on, except answers; anything else is ignored. */
	listen(receive: (message: Exclude<HostMessage, { readonly type: "answer" }>) => void): void;
	/** What the view kept before it was hidden or the window was reloaded; an empty object at first. */
	readonly kept: Readonly<Record<string, unknown>>;
	/** Keeps some properties beside those kept before. */
	keep(properties: Readonly<Record<string, unknown>>): void;
}

interface OpenAsk {
	readonly method: AskMethod;
	readonly settle: (result: unknown) => void;
	readonly fail: (reason: unknown) => void;
}

/** Connects to the extension; may be called once per document. */
export function connectHost(): Host {
	const api = acquireVsCodeApi();
	const state = api.getState();
	const kept: Record<string, unknown> = typeof state === "object" && state !== null ? { ...state } : {};
	const open = new Map<number, OpenAsk>();
	let nextId = 1;

	function settle(message: Extract<HostMessage, { readonly type: "answer" }>): void {
		const asked = open.get(message.id);
		if (asked === undefined) return;
		open.delete(message.id);
		if ("failed" in message) asked.fail(new Error(message.failed));
		else if (ASKS[asked.method].result(message.result)) asked.settle(message.result);
		else {
			const fault = `The answer to "${asked.method}" has not the agreed shape.`;
			api.postMessage({ type: "fault", text: fault });
			asked.fail(new Error(fault));
		}
	}

	window.addEventListener("message", (event: MessageEvent<unknown>) => {
		const message = readHostMessage(event.data);
		if (message?.type === "answer") settle(message);
	});

	return {
		send: (message) => api.postMessage(message),
		ask: (method, params, signal) =>
			new Promise((done, fail) => {
				if (signal?.aborted === true) return fail(abortError());
				const id = nextId++;
				const cancel = () => {
					if (!open.delete(id)) return;
					api.postMessage({ type: "cancelAsk", id });
					fail(abortError());
				};
				const ended = () => signal?.removeEventListener("abort", cancel);
				open.set(id, {
					method,
					settle(result) {
						ended();
						// The check of this method passed.
						done(result as AskResult<typeof method>);
					},
					fail(reason) {
						ended();
						fail(reason);
					},
				});
				signal?.addEventListener("abort", cancel, { once: true });
				api.postMessage({ type: "ask", id, method, params });
			}),
		listen: (receive) => {
			window.addEventListener("message", (event: MessageEvent<unknown>) => {
				const message = readHostMessage(event.data);
				if (message !== null && message.type !== "answer") receive(message);
			});
		},
		kept,
		keep: (properties) => {
			Object.assign(kept, properties);
			api.setState(kept);
		},
	};
}

/** Whether an ask ended because nobody waits for it any more, which needs no words. */
export function isAbort(error: unknown): boolean {
	return error instanceof DOMException && error.name === "AbortError";
}

/** What a failed ask says to the person. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function abortError(): DOMException {
	return new DOMException("Nobody waits for this answer any more.", "AbortError");
}
