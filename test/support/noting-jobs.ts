import { createInlineJobs } from "../../workspace/jobs/inline-jobs.ts";
import type { JobInput, JobKind, Jobs } from "../../workspace/jobs/job.ts";

/** What a test does beside the jobs; a job is known by its kind, and one that reads by its source as well, such as "read devices". */
export interface JobHooks {
	/** Waited for before the job begins. */
	readonly before?: (job: string) => Promise<void> | void;
	/** Waited for when the job is done, before its answer is given. */
	readonly after?: (job: string) => Promise<void> | void;
}

/** Jobs of this thread that are noted when they begin; plans are not, since they read nothing. */
export function createNotingJobs(noted: string[], hooks: JobHooks = {}): Jobs {
	const jobs = createInlineJobs();
	return {
		async run(kind, input, options) {
			const name = nameOf(kind, input);
			if (kind !== "plan") noted.push(name);
			await hooks.before?.(name);
			const answer = await jobs.run(kind, input, options);
			await hooks.after?.(name);
			return answer;
		},
		dispose: jobs.dispose,
	};
}

/** A gate that is closed until somebody opens it. */
export function createGate(): { readonly passed: Promise<void>; readonly open: () => void } {
	let open = () => {};
	const passed = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { passed, open };
}

function nameOf<Kind extends JobKind>(kind: Kind, input: JobInput<Kind>): string {
	return kind === "read" ? `read ${(input as JobInput<"read">).source.name}` : kind;
}
