export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;

/** Whether a text is `A1:C7` or `A1`, from the upper left to the lower right. */
export function isRange(text: string): boolean {
	const [from = "", to = from] = text.split(":");
	return isAddress(from) && isAddress(to) && columnOf(from) <= columnOf(to) && rowOf(from) <= rowOf(to);
}

/** Whether a text is the address of a cell that a sheet can have. */
export function isAddress(text: string): boolean {
	return /^[A-Z]{1,3}[1-9]\d*$/.test(text) && columnOf(text) <= MAX_COLUMNS && rowOf(text) <= MAX_ROWS;
}

/** The number of the column in an address, from 1. */
export function columnOf(address: string): number {
	return [...(/^[A-Z]+/.exec(address)?.[0] ?? "")].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);
}

function rowOf(address: string): number {
	return Number(/\d+$/.exec(address)?.[0]);
}
