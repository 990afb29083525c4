import { carryOutJob } from "./carry-out-job.ts";
import type { Jobs } from "./job.ts";

/** Carries out all jobs in this thread, which is quickest for little data; while one computes, nothing else happens. */
export function createInlineJobs(): Jobs {
	return {
		run: carryOutJob,
		dispose: async () => {},
	};
}
