/** JSON with two spaces of indentation and a line end; lists of numbers stay on one line. */
export function toPrettyJson(value: unknown): string {
	// Line ends within strings are escaped, so a bracket before a real one always opens a list.
	const compact = JSON.stringify(value, null, 2).replace(
		/\[\n\s+(-?[\d.]+(?:,\n\s+-?[\d.]+)*)\n\s+\]/g,
		(_, numbers: string) => `[${numbers.replace(/\n\s+/g, " ")}]`,
	);
	return `${compact}\n`;
}
