import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver-protocol";
import { t } from "../core/texts/translate.ts";
import type { Guard } from "./guard.ts";
import type { Failure } from "./protocol/requests.ts";

/**
 * Makes handlers of requests. None is answered before the workspace and what has changed in it was read, since a project that is not
 * known yet would be missing; and none after the end.
 */
export interface Answerers {
	/** For requests of the protocol: what goes wrong is an error. */
	answer<Params, Answer>(name: string, handle: Handle<Params, Answer>): Handler<Params, Answer>;
	/** For requests of our own: what goes wrong is said in words. */
	answerInWords<Params, Answer>(name: string, handle: Handle<Params, Answer>): Handler<Params, Answer | Failure>;
	/** From now on every request is refused. */
	close(): void;
	isClosed(): boolean;
}

type Handle<Params, Answer> = (params: Params, signal: AbortSignal) => Promise<Answer>;
type Handler<Params, Answer> = (params: Params, token: CancellationToken) => Promise<Answer | ResponseError<never>>;

/** @param ready resolves when the workspace is read. */
export function createAnswerers(guard: Guard, ready: Promise<void>): Answerers {
	let closed = false;

	function make<Params, Answer, Crash>(
		name: string,
		handle: Handle<Params, Answer>,
		onCrash: (message: string) => Crash,
	): (params: Params, token: CancellationToken) => Promise<Answer | Crash | ResponseError<never>> {
		const run: typeof handle = async (params, signal) => {
			await ready;
			await guard.changesTaken();
			return handle(params, signal);
		};
		const guarded = guard.request(name, run, onCrash);
		return async (params, token) => (closed ? invalidRequest(SHUT_DOWN) : guarded(params, token, cancelled));
	}

	return {
		answer: (name, handle) => make(name, handle, (message) => new ResponseError<never>(ErrorCodes.InternalError, message)),
		answerInWords: (name, handle) => make(name, handle, (message): Failure => ({ failed: true, message })),
		close: () => {
			closed = true;
		},
		isClosed: () => closed,
	};
}

/** The answer to what may not be asked any more. */
export function invalidRequest(why: string): ResponseError<never> {
	return new ResponseError<never>(ErrorCodes.InvalidRequest, why);
}

/** Why nothing is answered after the end. */
export const SHUT_DOWN = "The server was shut down.";

function cancelled(): ResponseError<never> {
	return new ResponseError<never>(LSPErrorCodes.RequestCancelled, t("Cancelled."));
}
