import type { InstantMs } from "../core/dates/instant.ts";
import type { ServerFault } from "./protocol/client-messages.ts";

/** Remembers what went wrong last in the server itself, for whoever shows its state. */
export interface FaultLog {
	/** @param text its first line is shown; a stack trace may follow. */
	note(text: string): void;
	/** Null when nothing has gone wrong yet. */
	last(): ServerFault | null;
}

/** A log without an entry. */
export function createFaultLog(now: () => InstantMs): FaultLog {
	let last: ServerFault | null = null;
	return {
		note(text) {
			const message = text.split(/\r\n|[\r\n]/, 1)[0]!.trim();
			last = { message, at: new Date(now()).toISOString() };
		},
		last: () => last,
	};
}
