import { parentPort, workerData } from "node:worker_threads";
import { setTexts } from "../../core/texts/translate.ts";
import { carryOutJob } from "./carry-out-job.ts";
import type { JobInput, JobKind } from "./job.ts";
import { serveJobs } from "./serve-jobs.ts";
import type { WorkerData } from "./worker-messages.ts";

// The program of a worker thread; worker-jobs.ts starts it.
if (parentPort !== null) {
	setTexts((workerData as WorkerData).texts);
	serveJobs(parentPort, (kind, input, options) => carryOutJob(kind as JobKind, input as JobInput<JobKind>, options));
}
