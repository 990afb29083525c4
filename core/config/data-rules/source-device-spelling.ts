import type { ConfigProblem } from "../../problems.ts";
import { formatCounted } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { SourcesContext } from "../data-context.ts";
import { placeOfDevices } from "./place-of-devices.ts";

/**
 * | a device that installations name                                                | problem                  |
 * |---------------------------------------------------------------------------------|--------------------------|
 * | is not among the devices, but one is that differs in case or by a domain         | `source/device-spelling` |
 * | is not among the devices in any spelling                                         | `source/unlisted-device` |
 *
 * Keys are compared exactly, so such devices have no inventory date: everything on them is Unreported.
 */
export function checkDeviceSpelling({ deviceKeys, sources }: SourcesContext): readonly ConfigProblem[] {
	if (deviceKeys === null || deviceKeys.respelt.devices === 0) return [];
	const { devices, rows, examples, listedAs } = deviceKeys.respelt;
	const pairs = examples.map((name, index) => t`"${name}" for "${listedAs[index]}"`).join(", ");
	const what = devices === 1 ? t("1 device is written differently") : t`${formatCounted(devices, "device")} are written differently`;
	return [
		{
			code: "source/device-spelling",
			severity: "warning",
			message:
				rows === 1
					? t`${what} here than among the devices, by case or domain: ${pairs}${devices > examples.length ? t(" and so on") : ""}. They count as without inventory, so ${formatCounted(rows, "row")} is Unreported. Write the keys alike, in a query or at their source.`
					: t`${what} here than among the devices, by case or domain: ${pairs}${devices > examples.length ? t(" and so on") : ""}. They count as without inventory, so ${formatCounted(rows, "row")} are Unreported. Write the keys alike, in a query or at their source.`,
			...placeOfDevices(sources),
		},
	];
}
