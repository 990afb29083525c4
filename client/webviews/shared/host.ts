import { type HostMessage, readHostMessage, type ViewMessage } from "../messages.ts";

interface VsCodeApi {
	postMessage(message: ViewMessage): void;
	getState(): unknown;
	setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension as a view sees it. */
export interface Host {
	send(message: ViewMessage): void;
	/** Hands every message of the protocol on; anything else is ignored. */
	listen(receive: (message: HostMessage) => void): void;
	/** What the view kept before it was hidden or the window was reloaded; an empty object at first. */
	readonly kept: Readonly<Record<string, unknown>>;
	/** Keeps some properties beside those kept before. */
	keep(properties: Readonly<Record<string, unknown>>): void;
}

/** Connects to the extension; may be called once per document. */
export function connectHost(): Host {
	const api = acquireVsCodeApi();
	const state = api.getState();
	const kept: Record<string, unknown> = typeof state === "object" && state !== null ? { ...state } : {};
	return {
		send: (message) => api.postMessage(message),
		listen: (receive) => {
			window.addEventListener("message", (event: MessageEvent<unknown>) => {
				const message = readHostMessage(event.data);
				if (message !== null) receive(message);
			});
		},
		kept,
		keep: (properties) => {
			Object.assign(kept, properties);
			api.setState(kept);
		},
	};
}
