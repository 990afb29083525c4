import { isUtf8 } from "node:buffer";

/** Turns the bytes of a text file, chunk by chunk, into UTF-8 without a byte-order mark. */
export interface Transcoder {
	/** The encoding's standard name; that of the byte-order mark where there is one. */
	readonly encoding: string;
	/** The next bytes; a character that is cut off at the end of a chunk waits for the next one. */
	push(chunk: Buffer): Transcoded;
	/** After the last chunk: invalid when the file ends within a character. */
	finish(): Transcoded;
}

/** A piece of text, up to the first bytes that are none. */
export interface Transcoded {
	readonly utf8: Buffer;
	/** Whether bytes follow that are not valid in the encoding. */
	readonly invalid: boolean;
	/** Offset in the file of the first invalid byte, where it is known: in UTF-8. */
	readonly invalidOffset: number | null;
}

/**
 * A transcoder for a file that begins with `head`. A byte-order mark of UTF-8 or UTF-16 goes before the encoding that was
 * asked for. Null when no such encoding is known; every label of the Encoding Standard is.
 */
export function createTranscoder(label: string, head: Uint8Array): Transcoder | null {
	const encoding = encodingOfMark(head) ?? standardName(label);
	if (encoding === null) return null;
	return encoding === "utf-8" ? createUtf8Check() : createDecoder(encoding);
}

/** Whether a file begins with the byte-order mark of UTF-32, which no web encoding covers. */
export function hasUtf32Mark(head: Uint8Array): boolean {
	return (
		(head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0) ||
		(head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff)
	);
}

/** The UTF-16 in which a text without a byte-order mark seems to be written, judged by where its NUL bytes stand; null when it is none. */
export function guessUtf16(head: Uint8Array): "utf-16le" | "utf-16be" | null {
	let even = 0;
	let odd = 0;
	for (const [index, byte] of head.entries()) {
		if (byte !== 0) continue;
		if (index % 2 === 0) even++;
		else odd++;
	}
	// Text with western letters has a NUL in nearly every second place and none in the others.
	const many = head.length / 4;
	if (odd > many && even === 0) return "utf-16le";
	return even > many && odd === 0 ? "utf-16be" : null;
}

function encodingOfMark(head: Uint8Array): string | null {
	if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
	if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
	return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : null;
}

function standardName(label: string): string | null {
	try {
		return new TextDecoder(label).encoding;
	} catch (error) {
		// The platform's only way to say that it does not know the label.
		if (error instanceof RangeError) return null;
		throw error;
	}
}

/** UTF-8 needs no decoding, only the proof that it is. */
function createUtf8Check(): Transcoder {
	let carry: Buffer = NO_BYTES;
	let offset = 0;
	let atStart = true;
	return {
		encoding: "utf-8",
		push(chunk) {
			const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
			const complete = completeLength(bytes);
			const text = bytes.subarray(0, complete);
			carry = bytes.subarray(complete);
			const mark = atStart && encodingOfMark(text) === "utf-8" ? 3 : 0;
			atStart = false;
			if (isUtf8(text)) {
				offset += complete;
				return valid(text.subarray(mark));
			}
			const length = validLength(text);
			return { utf8: text.subarray(mark, length), invalid: true, invalidOffset: offset + length };
		},
		finish: () => (carry.length === 0 ? valid(NO_BYTES) : { utf8: NO_BYTES, invalid: true, invalidOffset: offset }),
	};
}

const NO_BYTES = Buffer.alloc(0);

function valid(utf8: Buffer): Transcoded {
	return { utf8, invalid: false, invalidOffset: null };
}

/** Length without a character that is cut off at the end. */
export function completeLength(bytes: Uint8Array): number {
	for (let back = 1; back <= 3 && back <= bytes.length; back++) {
		const byte = bytes[bytes.length - back]!;
		if (byte < 0x80) return bytes.length;
		if (byte >= 0xc0) return needed(byte) > back ? bytes.length - back : bytes.length;
	}
	return bytes.length;
}

function needed(leadByte: number): number {
	if (leadByte >= 0xf0) return 4;
	return leadByte >= 0xe0 ? 3 : 2;
}

/** Length of the longest beginning that is valid UTF-8 of bytes that are not, found by halving. */
export function validLength(bytes: Uint8Array): number {
	let valid = 0;
	let invalid = bytes.length;
	while (invalid - valid > 1) {
		const middle = (valid + invalid) >> 1;
		if (isUtf8(bytes.subarray(0, completeLength(bytes.subarray(0, middle))))) valid = middle;
		else invalid = middle;
	}
	return completeLength(bytes.subarray(0, valid));
}

function createDecoder(encoding: string): Transcoder {
	const decoder = new TextDecoder(encoding, { fatal: true });
	const decode = (chunk: Buffer, stream: boolean): Transcoded => {
		try {
			const text = decoder.decode(chunk, { stream });
			return valid(Buffer.from(encoding === "windows-1252" ? completeWindows1252(text) : text));
		} catch (error) {
			// A fatal decoder says by a TypeError that the bytes are not of its encoding, but not where.
			if (!(error instanceof TypeError)) throw error;
			return { utf8: Buffer.from(beginningOf(chunk, encoding)), invalid: true, invalidOffset: null };
		}
	};
	return { encoding, push: (chunk) => decode(chunk, true), finish: () => decode(NO_BYTES, false) };
}

/** The text before the first invalid bytes of a chunk. */
function beginningOf(chunk: Buffer, encoding: string): string {
	const text = new TextDecoder(encoding).decode(chunk);
	return text.slice(0, Math.max(0, text.indexOf("\ufffd")));
}

/** What windows-1252 has in the places of the control characters U+0080 to U+009F. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Some versions of Node decode windows-1252 as if it were Latin-1, which leaves control characters where it has letters. */
function completeWindows1252(text: string): string {
	return text.replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80]!);
}
