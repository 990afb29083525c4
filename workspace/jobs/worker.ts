import { parentPort } from "node:worker_threads";
import { carryOutJob } from "./carry-out-job.ts";
import type { JobInput, JobKind } from "./job.ts";
import { serveJobs } from "./serve-jobs.ts";

// The program of a worker thread; worker-jobs.ts starts it.
if (parentPort !== null) serveJobs(parentPort, (kind, input, options) => carryOutJob(kind as JobKind, input as JobInput<JobKind>, options));
