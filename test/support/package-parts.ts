import { buffer } from "node:stream/consumers";
import yauzl, { type Entry } from "yauzl";

/** The text of every part of an Office file, by name, in their order; fails on two parts of one name. */
export function readPackageParts(archive: Buffer): Promise<ReadonlyMap<string, string>> {
	return new Promise((resolve, reject) => {
		const parts = new Map<string, string>();
		yauzl.fromBuffer(archive, { lazyEntries: true }, (failure, zip) => {
			if (failure) return reject(failure);
			zip.on("error", reject);
			zip.on("end", () => resolve(parts));
			zip.on("entry", (entry: Entry) => {
				zip.openReadStream(entry, (error, stream) => {
					if (error) return reject(error);
					buffer(stream).then((content) => {
						if (parts.has(entry.fileName)) throw new Error(`There are two parts ${entry.fileName}.`);
						parts.set(entry.fileName, content.toString("utf8"));
						zip.readEntry();
					}, reject);
				});
			});
			zip.readEntry();
		});
	});
}
