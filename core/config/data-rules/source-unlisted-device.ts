import type { ConfigProblem } from "../../problems.ts";
import { formatCount, formatCounted } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { SourcesContext } from "../data-context.ts";
import { placeOfDevices } from "./place-of-devices.ts";

/** The table stands at `checkDeviceSpelling`. */
export function checkUnlistedDevices({ deviceKeys, sources }: SourcesContext): readonly ConfigProblem[] {
	if (deviceKeys === null || deviceKeys.unlisted.devices === 0) return [];
	const { devices, rows, examples } = deviceKeys.unlisted;
	const all = sources.reduce((sum, { facts }) => sum + (facts.provides === "installations" ? facts.rows : 0), 0);
	const names = examples.map((name) => `"${name}"`).join(", ");
	const more = devices > examples.length ? t`, such as ${names}` : `: ${names}`;
	return [
		{
			code: "source/unlisted-device",
			severity: "information",
			message:
				devices === 1
					? rows === 1
						? t`${formatCounted(devices, "device")} of the installations is not among the devices${more}. Without an inventory date, ${formatCount(rows)} of ${formatCounted(all, "row")} is Unreported.`
						: t`${formatCounted(devices, "device")} of the installations is not among the devices${more}. Without an inventory date, ${formatCount(rows)} of ${formatCounted(all, "row")} are Unreported.`
					: rows === 1
						? t`${formatCounted(devices, "device")} of the installations are not among the devices${more}. Without an inventory date, ${formatCount(rows)} of ${formatCounted(all, "row")} is Unreported.`
						: t`${formatCounted(devices, "device")} of the installations are not among the devices${more}. Without an inventory date, ${formatCount(rows)} of ${formatCounted(all, "row")} are Unreported.`,
			...placeOfDevices(sources),
		},
	];
}
