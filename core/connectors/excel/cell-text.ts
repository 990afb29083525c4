/** A text as it is meant: characters that XML cannot hold are written as `_x000D_` in a workbook. */
export function decodeText(written: string): string {
	if (!written.includes("_x")) return written;
	return written.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
