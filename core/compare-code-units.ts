/** Orders texts by their UTF-16 code units, whatever the machine's language: negative when the left one comes first, 0 for equal ones. */
export function compareCodeUnits(left: string, right: string): number {
	return left < right ? -1 : left > right ? 1 : 0;
}
