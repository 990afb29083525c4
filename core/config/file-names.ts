import type { FileId } from "./model.ts";

/** A file's name without its folder, as people write it: percent-encoded characters are decoded. */
export function fileNameOf(id: FileId): string {
	return decode(id.slice(id.lastIndexOf("/") + 1));
}

/** The folder that a file is in, with the slash at its end. */
export function folderOf(id: FileId): string {
	return id.slice(0, id.lastIndexOf("/") + 1);
}

/** How one file would name another by a relative path with forward slashes; null when they have no folder in common, as on two drives. */
export function relativePathOf(from: FileId, to: FileId): string | null {
	const fromSteps = folderOf(from).split("/").slice(0, -1);
	const toSteps = to.split("/");
	let common = 0;
	while (common < fromSteps.length && common < toSteps.length - 1 && fromSteps[common] === toSteps[common]) common++;
	// The first steps of a URI are its scheme, an empty one and its host: without a folder in common there is no relative path.
	if (common < 3) return null;
	return decode([...fromSteps.slice(common).map(() => ".."), ...toSteps.slice(common)].join("/"));
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		// Not percent-encoded after all: a file's name may hold a lone percent sign.
		return text;
	}
}
