// Loaded by every Node.js process of a measured contender before anything else (NODE_OPTIONS): leaves what the process has used in
// a file when it ends. CommonJS, so that it needs no loader of its own; no package and no dependency, so that it costs nothing.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { isMainThread } = require("node:worker_threads");

const folder = process.env.USAGE_REPORT_BENCH_USAGE;
if (isMainThread && folder !== undefined) {
	process.once("exit", () => {
		const { user, system } = process.cpuUsage();
		writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify({ cpuMicroseconds: user + system, peakBytes: peakBytes() }));
	});
}

/** The most memory that was resident. Linux counts in maxRSS what the parent had when it started this process; VmHWM is its own. */
function peakBytes() {
	try {
		return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))[1]) * 1024;
	} catch {
		return process.resourceUsage().maxRSS * 1024;
	}
}
