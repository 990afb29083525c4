import { lastAtMost } from "./estate-lookups.ts";

/** Neighbouring devices with all their installations; what is computed of one range does not depend on any other. */
export interface DeviceRange {
	readonly from: number;
	/** Exclusive. */
	readonly to: number;
}

/** All devices, given the first installation by device with their number at the end. */
export function allDevices(starts: Uint32Array): DeviceRange {
	return { from: 0, to: starts.length - 1 };
}

/** Two ranges of about as many installations each, which together have all devices. */
export function halveDevices(starts: Uint32Array): readonly [DeviceRange, DeviceRange] {
	const devices = starts.length - 1;
	const middle = lastAtMost(devices + 1, (device) => starts[device]!, starts[devices]! >>> 1);
	return [
		{ from: 0, to: middle },
		{ from: middle, to: devices },
	];
}
