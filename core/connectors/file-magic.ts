import { isUtf8 } from "node:buffer";
import { extname } from "node:path";
import type { DataSource } from "../config/model.ts";
import { mark } from "../texts/translate.ts";
import { guessedRepair, type SourceKey, type SourceRepair } from "./connector.ts";
import { completeLength } from "./text-decoding.ts";

/** What a binary file is, how to use it instead, and which key of the source one would change. */
export interface BinaryFormat {
	/** With its article: `a gzip archive`. */
	readonly what: string;
	readonly advice: string;
	readonly key: SourceKey;
	/** The type of data source that reads it without being told more; null when none does. */
	readonly type: "excel" | "parquet" | null;
}

/** The binary format that a file begins like; null for text and for formats that are not known here. */
export function describeBinary(head: Uint8Array): BinaryFormat | null {
	for (const { bytes, format } of MAGIC) {
		if (bytes.every((byte, index) => head[index] === byte)) return isWorkbook(head) ? WORKBOOK : format;
	}
	return null;
}

/** The repair of an entry whose file is of another type than it says; none for what no type reads as it is. */
export function repairType(source: DataSource, type: BinaryFormat["type"] | "csv"): readonly SourceRepair[] {
	if (type === null) return [];
	// What is not the default is written for certain.
	const written = [
		...(["table", "query", "sheet"] as const).filter((key) => source[key] !== null),
		...(source.delimiter === "," ? [] : ["delimiter"]),
		...(source.encoding === "utf-8" ? [] : ["encoding"]),
	];
	const kept = KEYS_OF_TYPE[type];
	const without = written.filter((key) => !kept.includes(key));
	return guessedRepair("type", type).map((repair) => (without.length === 0 ? repair : { ...repair, without }));
}

/** Of the keys that not every type has. */
const KEYS_OF_TYPE: Readonly<Record<"csv" | "excel" | "parquet", readonly string[]>> = {
	csv: ["delimiter", "encoding"],
	excel: ["sheet"],
	parquet: [],
};

/** Whether a file is a text, by its beginning or else by its name. */
export function looksLikeText(source: DataSource, head: Uint8Array): boolean {
	if (head.includes(0)) return false;
	return isUtf8(head.subarray(0, completeLength(head))) || TEXT_EXTENSIONS.has(extname(source.path ?? "").toLowerCase());
}

const TEXT_EXTENSIONS: ReadonlySet<string> = new Set([".csv", ".tsv", ".txt"]);

/** Whether a file begins like a SQLite database. */
export function isSqliteDatabase(head: Uint8Array): boolean {
	return SQLITE_BYTES.every((byte, index) => head[index] === byte);
}

/** Whether a file begins like a ZIP archive, as a workbook of today is one. */
export function isZipArchive(head: Uint8Array): boolean {
	return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
}

/** Whether a file begins like those that Office wrote until 2003, or like a newer one with a password. */
export function isOldOfficeFile(head: Uint8Array): boolean {
	return OLD_OFFICE_BYTES.every((byte, index) => head[index] === byte);
}

const WORKBOOK: BinaryFormat = {
	what: mark("an Excel workbook"),
	advice: mark("use type: excel, or save the sheet as CSV"),
	key: "type",
	type: "excel",
};
const SQLITE: BinaryFormat = { what: mark("a SQLite database"), advice: mark("use type: sqlite with a table"), key: "type", type: null };
const OLD_WORKBOOK: BinaryFormat = {
	what: mark("an Office file of the old kind, such as .xls"),
	advice: mark("save the sheet as CSV"),
	key: "path",
	type: null,
};
const PARQUET: BinaryFormat = { what: mark("a Parquet file"), advice: mark("use type: parquet"), key: "type", type: "parquet" };
const ARCHIVE: BinaryFormat = { what: mark("a ZIP archive"), advice: mark("unpack it and name the file in it"), key: "path", type: null };
const GZIP: BinaryFormat = { what: mark("a gzip archive"), advice: mark("unpack it and name the file in it"), key: "path", type: null };

const OLD_OFFICE_BYTES = [0xd0, 0xcf, 0x11, 0xe0];
const SQLITE_BYTES = bytesOf("SQLite format 3\0");

const MAGIC: readonly { readonly bytes: readonly number[]; readonly format: BinaryFormat }[] = [
	{ bytes: bytesOf("PK\x03\x04"), format: ARCHIVE },
	{ bytes: bytesOf("PK\x05\x06"), format: ARCHIVE },
	{ bytes: SQLITE_BYTES, format: SQLITE },
	{ bytes: [0x1f, 0x8b], format: GZIP },
	{ bytes: OLD_OFFICE_BYTES, format: OLD_WORKBOOK },
	// With the beginning of the first page: text may begin with PAR1 too.
	{ bytes: bytesOf("PAR1\x15"), format: PARQUET },
	{ bytes: bytesOf("%PDF-"), format: other(mark("a PDF document")) },
	{ bytes: [0x89, 0x50, 0x4e, 0x47], format: other(mark("a picture")) },
	{ bytes: bytesOf("7z\xbc\xaf"), format: other(mark("a 7-Zip archive")) },
	{ bytes: [0x28, 0xb5, 0x2f, 0xfd], format: other(mark("a Zstandard archive")) },
];

/** A workbook is a ZIP archive; its first entries name the parts of the Office Open XML package. */
function isWorkbook(head: Uint8Array): boolean {
	if (head[0] !== 0x50 || head[1] !== 0x4b) return false;
	const text = Buffer.from(head).toString("latin1");
	return text.includes("[Content_Types].xml") || text.includes("xl/") || text.includes("_rels/.rels");
}

function other(what: string): BinaryFormat {
	return { what, advice: mark("export the table as CSV"), key: "path", type: null };
}

function bytesOf(text: string): readonly number[] {
	return Array.from(text, (character) => character.charCodeAt(0));
}
