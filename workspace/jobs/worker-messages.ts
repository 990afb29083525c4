import type { ReadProgress } from "../../core/loading/source-read.ts";
import type { Texts } from "../../core/texts/translate.ts";

/** What a worker is started with. */
export interface WorkerData {
	/** Of the language in which it says what is wrong; none for English. */
	readonly texts: Texts;
}

/** Asks a worker for a job; it gets the next one only after it has answered. */
export interface JobMessage {
	readonly kind: string;
	readonly input: unknown;
	/** One entry, in shared memory: not 0 when nobody wants the answer any more. A message would wait until the job has let go of its thread. */
	readonly abandoned: Int32Array;
}

/** Tells a worker to look at the flag of its job. */
export const LOOK_UP = "look up";

/** What a worker says of its job; the last of it is an answer or an error. */
export type WorkerMessage =
	| { readonly type: "progress"; readonly progress: ReadProgress }
	/** Parts of the input stand as numbers in the output. */
	| { readonly type: "answer"; readonly output: unknown }
	| { readonly type: "error"; readonly name: string; readonly message: string; readonly stack: string | undefined };
