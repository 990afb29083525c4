import { storeLogs } from "../../../core/history/store-logs.ts";
import { batchOf } from "./kill-support.ts";

// A program of its own, which the tests kill: stores one batch after the other, and says so as soon as it is told that a batch is stored.
const [file = "", name = "", first = "0", size = "1"] = process.argv.slice(2);
for (let batch = Number(first); ; batch++) {
	const logs = batchOf(name, batch, Number(size));
	const project = { file: `../${name}.usage.yaml`, title: name };
	const stored = await storeLogs(file, { project, logs, replaceComputed: false, now: Number.POSITIVE_INFINITY }, { waitMs: 60_000 });
	if (stored.failed) {
		process.stdout.write(`failed ${stored.code} ${stored.message}\n`);
		break;
	}
	// What is said later is not waited for: a line that never leaves this process asks for nothing.
	await new Promise<void>((resolve) => process.stdout.write(`stored ${batch}\n`, () => resolve()));
}
