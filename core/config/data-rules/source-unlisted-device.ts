import type { ConfigProblem } from "../../problems.ts";
import { formatCount, formatCounted } from "../../texts/format-count.ts";
import type { SourcesContext } from "../data-context.ts";
import { placeOfDevices } from "./place-of-devices.ts";

/** The table stands at `checkDeviceSpelling`. */
export function checkUnlistedDevices({ deviceKeys, sources }: SourcesContext): readonly ConfigProblem[] {
	if (deviceKeys === null || deviceKeys.unlisted.devices === 0) return [];
	const { devices, rows, examples } = deviceKeys.unlisted;
	const all = sources.reduce((sum, { facts }) => sum + (facts.provides === "installations" ? facts.rows : 0), 0);
	const names = examples.map((name) => `"${name}"`).join(", ");
	const more = devices > examples.length ? `, such as ${names}` : `: ${names}`;
	return [
		{
			code: "source/unlisted-device",
			severity: "information",
			message: `${formatCounted(devices, "device")} of the installations ${devices === 1 ? "is" : "are"} not among the devices${more}. Without an inventory date, ${formatCount(rows)} of ${formatCounted(all, "row")} ${rows === 1 ? "is" : "are"} Unreported.`,
			...placeOfDevices(sources),
		},
	];
}
