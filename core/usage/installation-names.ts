import { nameAt } from "../columns/name-table.ts";
import type { Estate } from "./estate.ts";
import { deviceOf } from "./estate-lookups.ts";

/** The names of installations, for many of them one after the other. */
export interface InstallationNames {
	device(installation: number): string;
	product(installation: number): string;
}

/** Decodes the names of products, and of devices whose installations are asked for together, once only. */
export function createInstallationNames(estate: Estate): InstallationNames {
	const { installationStarts, productOf, devices, products } = estate;
	const productNames: string[] = [];
	let device = -1;
	let deviceName = "";
	return {
		device(installation) {
			if (device === -1 || installation < installationStarts[device]! || installation >= installationStarts[device + 1]!) {
				device = deviceOf(estate, installation);
				deviceName = nameAt(devices, device);
			}
			return deviceName;
		},
		product(installation) {
			const product = productOf[installation]!;
			productNames[product] ??= nameAt(products, product);
			return productNames[product];
		},
	};
}
