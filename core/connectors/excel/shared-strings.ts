import { t } from "../../texts/translate.ts";
import { decodeText } from "./cell-text.ts";
import { damagedWorkbook, type WorkbookFile } from "./workbook-file.ts";
import { detach } from "./xml-reader.ts";

/** Characters of all texts together: they are all kept, since any cell may refer to any of them. */
const MAX_CHARACTERS = 512 * 1024 * 1024;

/**
 * Reads the texts that cells refer to by number. Parts of a text in different fonts are joined; how it is pronounced is left out.
 * @param enough how many are needed; further ones may follow.
 * @throws {SourceError} when they are damaged or too many.
 */
export async function readSharedStrings(file: WorkbookFile, part: string, enough = Number.POSITIVE_INFINITY): Promise<readonly string[]> {
	const strings: string[] = [];
	let text = "";
	let characters = 0;
	let inText = false;
	let inPronunciation = false;
	const pieces = file.read(part, {
		open(name) {
			if (name === "si") text = "";
			else if (name === "t") inText = !inPronunciation;
			else if (name === "rPh") inPronunciation = true;
		},
		text(piece) {
			if (inText) text += piece;
		},
		close(name) {
			if (name === "t") inText = false;
			else if (name === "rPh") inPronunciation = false;
			else if (name === "si") {
				characters += text.length;
				if (characters > MAX_CHARACTERS) throw damagedWorkbook(file.shown, t("its texts are too long together"));
				strings.push(detach(decodeText(text)));
			}
		},
	});
	for await (const _ of pieces) if (strings.length >= enough) break;
	return strings;
}
