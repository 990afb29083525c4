import { failedActivity } from "../../core/loading/activity-collector.ts";
import type { UsageLogJobs } from "../../core/loading/load-usage-logs.ts";
import { JobFailure } from "../jobs/job.ts";
import { type EstateLoadingContext, findChange, unreadable } from "./estate-loading.ts";

/**
 * How accesses are counted here: in jobs. A file that is not the same at the end is not used, and a job that fails is a failure of its
 * source. What was read is kept nowhere, since it has the names of users.
 * @param stamps states of the files when the load began, by absolute name.
 */
export function createUsageLogJobs(
	{ access, jobs }: Pick<EstateLoadingContext, "access" | "jobs">,
	stamps: ReadonlyMap<string, string | null>,
): UsageLogJobs {
	return {
		async readActivity(request, signal, onProgress) {
			const { source, path } = request;
			try {
				const done = await jobs.run("readActivity", request, { signal, onProgress });
				const changed = done.failures.length > 0 ? null : await findChange(access, source, path, stamps);
				return changed === null ? done : failedActivity([changed]);
			} catch (error) {
				if (error instanceof JobFailure) return failedActivity([unreadable(source, error.message)]);
				throw error;
			}
		},
		countActivity: (tallies, asOf, signal) => jobs.run("countActivity", { tallies, asOf }, { signal }),
		plan: (source, path, signal) => jobs.run("plan", { source, path }, { signal }),
	};
}
