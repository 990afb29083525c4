import { folderOf } from "../../core/config/file-names.ts";
import { t } from "../../core/texts/translate.ts";
import type { Workspace } from "../workspace.ts";

/** The name of a configuration about something: lower case, words joined by hyphens, such as `wexcombe-london.usage.yaml`; letters of every script stay. */
export function configNameFor(name: string): string {
	const words = name
		.normalize("NFKD")
		.replace(/\p{M}+/gu, "")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, "-");
	const slug = [...words].slice(0, MAX_SLUG).join("").replace(/^-|-$/g, "").normalize("NFC");
	// Windows keeps these names for devices, whatever follows the dot.
	const isReserved = slug === "" || /^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(slug);
	return `${isReserved ? `instance${slug === "" ? "" : `-${slug}`}` : slug}.usage.yaml`;
}

const MAX_SLUG = 60;

/** Why a file must not be called so, in a sentence; null for a good name of a configuration. */
export function findFaultyName(fileName: string): string | null {
	if (!/\.usage\.ya?ml$/i.test(fileName)) return t("The name of a configuration ends in .usage.yaml.");
	if (/[\\/:*?"<>|\p{Cc}]/u.test(fileName)) return t('A file name has none of the characters \\ / : * ? " < > |.');
	return /^[\s.]|^(?:con|prn|aux|nul|com\d|lpt\d)\./i.test(fileName)
		? t("Not every system takes this name for a file. Choose another.")
		: null;
}

/** The URI of a file beside another. */
export function uriBeside(uri: string, fileName: string): string {
	return folderOf(uri) + encodeURIComponent(fileName);
}

/** Whether there is a file, or an open document, of this URI; systems that ignore the case of file names are allowed for. */
export async function isTaken(workspace: Workspace, uri: string): Promise<boolean> {
	const { access } = workspace;
	const canonical = workspace.canonicalUri(uri);
	if (workspace.uris().some((known) => known.toLowerCase() === canonical.toLowerCase())) return true;
	return access.isOnDisk(canonical) && (await access.kindOf(access.toPath(canonical))) !== "nothing";
}

/** A name for a new file beside another that no file has yet, numbered where needed. */
export async function findFreeName(workspace: Workspace, beside: string, fileName: string, taken: readonly string[] = []): Promise<string> {
	for (let number = 1; ; number++) {
		const candidate = number === 1 ? fileName : fileName.replace(/(?=\.usage\.ya?ml$)/i, `-${number}`);
		if (!taken.includes(candidate.toLowerCase()) && !(await isTaken(workspace, uriBeside(beside, candidate)))) return candidate;
	}
}
