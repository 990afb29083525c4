import { closeSync, openSync, writeSync } from "node:fs";
import { createRandom } from "./random.ts";
import { AS_OF_DAY, type SyntheticEstate } from "./synthetic-estate.ts";

/** Writes the devices as CSV: name as the inventory knows it, display name, date of the last inventory. */
export function writeDevicesCsv(estate: SyntheticEstate, file: string): void {
	const out = createChunkWriter(file);
	const dates = makeDates();
	out.text("ResourceID,Name,LastHardwareScan\n");
	estate.forEachDevice((device) => {
		if (!device.listed) return;
		const name = estate.deviceName(device.index);
		out.text(`${name},${name.toLowerCase()}.corp.example,`);
		out.date(dates, device.inventoryDay);
		out.byte(LINE_END);
	});
	out.close();
}

/** Writes the installations as CSV, device by device. */
export function writeInstallationsCsv(estate: SyntheticEstate, file: string): void {
	const rows = createRowWriter(estate, file);
	estate.forEachDevice((device) => {
		rows.setDevice(device.index);
		for (let at = 0; at < device.count; at++) {
			rows.write(device.product[at]!, device.version[at]!, device.installDay[at]!, device.lastUsageDay[at]!);
		}
	});
	rows.close();
}

/** Writes the same rows in another order, in which neighbours have nothing to do with each other; needs 13 bytes of memory per row. */
export function writeShuffledCsv(estate: SyntheticEstate, file: string): void {
	const length = estate.installations;
	const [device, order] = [new Uint32Array(length), new Uint32Array(length)];
	const [product, installDay, lastUsageDay] = [new Uint16Array(length), new Uint16Array(length), new Uint16Array(length)];
	const version = new Uint8Array(length);
	let row = 0;
	estate.forEachDevice((made) => {
		for (let at = 0; at < made.count; at++, row++) {
			order[row] = row;
			device[row] = made.index;
			product[row] = made.product[at]!;
			version[row] = made.version[at]!;
			installDay[row] = made.installDay[at]!;
			lastUsageDay[row] = made.lastUsageDay[at]!;
		}
	});
	const random = createRandom(1);
	const rows = createRowWriter(estate, file);
	for (let last = length - 1; last >= 0; last--) {
		const place = random.below(last + 1);
		const chosen = order[place]!;
		order[place] = order[last]!;
		rows.setDevice(device[chosen]!);
		rows.write(product[chosen]!, version[chosen]!, installDay[chosen]!, lastUsageDay[chosen]!);
	}
	rows.close();
}

const LINE_END = 0x0a;
const COMMA = 0x2c;
const CHUNK_BYTES = 4 * 1024 * 1024;

const ENCODER = new TextEncoder();

/** Longest row there can be, with room to spare. */
const MAX_ROW_BYTES = 1024;

/** Writes rows from parts whose bytes were made once: all that a product and version add, and all dates. */
function createRowWriter(estate: SyntheticEstate, file: string) {
	const { products, publishers, versions } = estate.vocabulary;
	const out = createChunkWriter(file);
	const dates = makeDates();
	const middles = products.map((product, index) =>
		versions[index]!.map((version) => ENCODER.encode(`,${quote(product)},${quote(publishers[index]!)},${version},`)),
	);
	let device: Uint8Array = new Uint8Array(0);
	let current = -1;
	out.text("ResourceID,Product,Publisher,Version,Installed,LastUsed\n");
	return {
		setDevice(index: number): void {
			if (index === current) return;
			current = index;
			device = ENCODER.encode(estate.deviceName(index));
		},
		write(product: number, version: number, installDay: number, lastUsageDay: number): void {
			out.bytes(device);
			out.bytes(middles[product]![version]!);
			out.date(dates, installDay);
			out.byte(COMMA);
			out.date(dates, lastUsageDay);
			out.byte(LINE_END);
		},
		close: out.close,
	};
}

interface ChunkWriter {
	text(text: string): void;
	bytes(bytes: Uint8Array): void;
	byte(byte: number): void;
	/** A date of ten characters, nothing for day 0. */
	date(dates: Dates, day: number): void;
	close(): void;
}

function createChunkWriter(file: string): ChunkWriter {
	const handle = openSync(file, "w");
	const chunk = new Uint8Array(CHUNK_BYTES);
	let used = 0;

	function flush(): void {
		for (let written = 0; written < used; ) written += writeSync(handle, chunk, written, used - written);
		used = 0;
	}

	function append(bytes: Uint8Array, from: number, length: number): void {
		if (used > CHUNK_BYTES - MAX_ROW_BYTES) flush();
		const start = used;
		for (let at = 0; at < length; at++) chunk[start + at] = bytes[from + at]!;
		used = start + length;
	}

	return {
		text: (text) => {
			const bytes = ENCODER.encode(text);
			append(bytes, 0, bytes.length);
		},
		bytes: (bytes) => append(bytes, 0, bytes.length),
		byte: (byte) => {
			chunk[used++] = byte;
		},
		date: ({ bytes, firstDay }, day) => {
			if (day !== 0) append(bytes, (day - firstDay) * DATE_BYTES, DATE_BYTES);
		},
		close: () => {
			flush();
			closeSync(handle);
		},
	};
}

const DATE_BYTES = 10;

/** The text of neighbouring days, one after the other. */
interface Dates {
	readonly bytes: Uint8Array;
	readonly firstDay: number;
}

function makeDates(): Dates {
	const firstDay = AS_OF_DAY - 4000;
	const texts = Array.from({ length: 4500 }, (_, index) => formatDay(firstDay + index));
	return { bytes: ENCODER.encode(texts.join("")), firstDay };
}

/** `YYYY-MM-DD` of a day that is there. */
export function formatDay(day: number): string {
	return new Date(day * 86_400_000).toISOString().slice(0, DATE_BYTES);
}

function quote(cell: string): string {
	return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
