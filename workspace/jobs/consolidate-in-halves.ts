import { finishArrangement } from "../../core/usage/consolidate.ts";
import { halveDevices } from "../../core/usage/device-range.ts";
import type { Estate } from "../../core/usage/estate.ts";
import type { SourceTable } from "../../core/usage/source-table.ts";
import type { RunJob } from "./job.ts";

/**
 * Does what the job "consolidate" does: where rows only need copying, in jobs of half the devices each, which can be carried out at the
 * same time.
 */
export async function consolidateInHalves(tables: readonly SourceTable[], run: RunJob): Promise<Estate> {
	const arrangement = await run("arrange", tables);
	if (arrangement === null) return run("consolidate", tables);
	const { rows } = arrangement;
	const installations = tables.filter(({ provides }) => provides === "installations");
	const halves = halveDevices(rows.columns.installationStarts);
	const filled = await Promise.all(halves.map((range) => run("fillRows", { tables: installations, rows, range })));
	return finishArrangement(arrangement, filled) ?? run("consolidate", tables);
}
