import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Entry, ZipFile } from "yauzl";

/** The parts of a workbook that exceljs has just made, in memory. */
export interface WorkbookPackage {
	/** Names of all parts. */
	readonly names: readonly string[];
	/** A part, unpacked as it is read. */
	open(name: string): Promise<Readable>;
	/** A part as a whole. */
	read(name: string): Promise<Buffer>;
}

/** Opens a workbook's archive. */
export async function readPackage(archive: Buffer): Promise<WorkbookPackage> {
	const { default: yauzl } = await import("yauzl");
	const zip = await new Promise<ZipFile>((resolve, reject) => {
		yauzl.fromBuffer(archive, { lazyEntries: true, autoClose: false }, (error, opened) =>
			error === null ? resolve(opened) : reject(error),
		);
	});
	const entries = await listEntries(zip);

	function open(name: string): Promise<Readable> {
		const entry = entries.get(name);
		if (entry === undefined) throw new Error(`The workbook has no part ${name}.`);
		return new Promise((resolve, reject) => {
			zip.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(error)));
		});
	}

	return { names: [...entries.keys()], open, read: async (name) => buffer(await open(name)) };
}

function listEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
	return new Promise((resolve, reject) => {
		const entries = new Map<string, Entry>();
		zip.on("error", reject);
		zip.on("end", () => resolve(entries));
		zip.on("entry", (entry: Entry) => {
			entries.set(entry.fileName, entry);
			zip.readEntry();
		});
		zip.readEntry();
	});
}
