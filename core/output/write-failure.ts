import { t } from "../texts/translate.ts";

/**
 * What went wrong when a file could not be written, and the way out, for the person who asked for it.
 *
 * @param code the operating system's, such as `EACCES`.
 * @param reason the operating system's words, for a code that has none of ours.
 */
export function describeWriteFailure(file: string, code: string, reason: string): string {
	switch (code) {
		case "EBUSY":
		case "ETXTBSY":
			return t`${file} is open in another program. Close it there, or choose another name.`;
		// Windows answers EPERM for an open file as well as for a protected one.
		case "EPERM":
			return t`${file} cannot be replaced: it is open in another program, or it is write-protected. Close it there, or choose another name.`;
		case "EACCES":
			return t`${file} cannot be written: you have no permission for it or for its folder, or it is open in another program. Close it there, or choose another folder.`;
		case "EROFS":
			return t`${file} cannot be written: that drive is read-only. Choose another folder.`;
		case "ENOSPC":
		case "EDQUOT":
			return t`${file} cannot be written: the drive is full. Free some space, or choose a folder on another drive.`;
		case "EFBIG":
			return t`${file} cannot be written: it would be larger than the drive or this system allows. Export fewer rows, or choose a folder on another drive.`;
		case "ENOENT":
			return t`${file} cannot be written: its folder does not exist. Create the folder, or choose another one.`;
		case "ENOTDIR":
			return t`${file} cannot be written: a part of its path is a file, not a folder. Choose another folder.`;
		case "ELOOP":
			return t`${file} is a link that leads nowhere. Remove the link, or choose another name.`;
		case "EISDIR":
			return t`${file} is a folder or a device, not a file. Choose a file name.`;
		case "ENAMETOOLONG":
			return t`${file} cannot be written: the name is too long. Choose a shorter one.`;
		default:
			return t`${file} cannot be written (${reason}). Choose another name or folder.`;
	}
}
