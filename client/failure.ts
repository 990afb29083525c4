import type { Failure } from "../server/protocol/requests.ts";

/** Whether an answer says in words why there is none. */
export function isFailure(answer: unknown): answer is Failure {
	return typeof answer === "object" && answer !== null && "failed" in answer && answer.failed === true;
}
