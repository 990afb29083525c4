/** Name of the folder that the samples are copied into. */
export const SAMPLES_FOLDER = "usage-report-samples";

/**
 * A name beside the others that is not taken yet: the wanted one, or that with a number from 2 on.
 * @param taken names that there are; upper and lower case make no difference, as on many systems.
 */
export function freeFolderName(wanted: string, taken: readonly string[]): string {
	const lower = new Set(taken.map((name) => name.toLowerCase()));
	for (let number = 1; ; number++) {
		const candidate = number === 1 ? wanted : `${wanted}-${number}`;
		if (!lower.has(candidate.toLowerCase())) return candidate;
	}
}
