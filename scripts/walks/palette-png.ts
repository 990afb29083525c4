import { crc32, deflateSync, inflateSync } from "node:zlib";

/** Colours of a picture with a palette. */
const MAX_COLOURS = 256;

/** Squared distances of two colours below which the rarer one does without a place of its own, tried in turn. */
const DISTANCES = [300, 150, 60, 20, 0];

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Makes a screenshot small: the same picture with at most 256 colours, the frequent ones exactly as they were. Takes what a
 * browser makes: PNG of eight bits per channel, with or without opacity (which is dropped), not interlaced.
 */
export function toPalettePng(png: Buffer): Buffer {
	const { width, height, pixels } = decode(png);
	const counts = new Map<number, number>();
	for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
	const palette = choosePalette(counts);
	const places = new Map<number, number>();
	for (const colour of counts.keys()) places.set(colour, nearest(colour, palette));

	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = places.get(pixels[y * width + x]!)!;
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header[8] = 8;
	header[9] = 3;
	const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
	return Buffer.concat([
		SIGNATURE,
		chunk("IHDR", header),
		chunk("PLTE", colours),
		chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

/** The most frequent colours, as far as they differ from more frequent ones. */
function choosePalette(counts: ReadonlyMap<number, number>): readonly number[] {
	const frequent = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!);
	const palette: number[] = [];
	for (const distance of DISTANCES) {
		for (const colour of frequent) {
			if (palette.length === MAX_COLOURS) return palette;
			if (palette.every((chosen) => distanceOf(chosen, colour) > distance)) palette.push(colour);
		}
	}
	return palette;
}

function nearest(colour: number, palette: readonly number[]): number {
	let best = 0;
	for (let place = 1; place < palette.length; place++) {
		if (distanceOf(palette[place]!, colour) < distanceOf(palette[best]!, colour)) best = place;
	}
	return best;
}

function distanceOf(a: number, b: number): number {
	const [red, green, blue] = [(a >> 16) - (b >> 16), ((a >> 8) & 255) - ((b >> 8) & 255), (a & 255) - (b & 255)];
	return red * red + green * green + blue * blue;
}

interface Picture {
	readonly width: number;
	readonly height: number;
	/** Colours as 0xRRGGBB, row by row. */
	readonly pixels: Uint32Array;
}

function decode(png: Buffer): Picture {
	const width = png.readUInt32BE(16);
	const height = png.readUInt32BE(20);
	const [depth, colourType, , , interlaced] = png.subarray(24, 29);
	const channels = colourType === 2 ? 3 : 4;
	if (depth !== 8 || (colourType !== 2 && colourType !== 6) || interlaced !== 0) throw new Error("This kind of PNG is not known.");
	const data: Buffer[] = [];
	for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
		if (png.toString("latin1", at + 4, at + 8) === "IDAT") data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
	}
	const raw = inflateSync(Buffer.concat(data));
	const stride = width * channels;
	const pixels = new Uint32Array(width * height);
	let above: Uint8Array = new Uint8Array(stride);
	for (let y = 0; y < height; y++) {
		const row = raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
		undoFilter(raw[y * (stride + 1)]!, row, above, channels);
		for (let x = 0; x < width; x++) {
			const at = x * channels;
			pixels[y * width + x] = (row[at]! << 16) | (row[at + 1]! << 8) | row[at + 2]!;
		}
		above = row;
	}
	return { width, height, pixels };
}

/** Turns a row's differences to its neighbours back into values, in place. */
function undoFilter(filter: number, row: Uint8Array, above: Uint8Array, channels: number): void {
	for (let at = 0; at < row.length; at++) {
		const left = at < channels ? 0 : row[at - channels]!;
		const up = above[at]!;
		const corner = at < channels ? 0 : above[at - channels]!;
		row[at] = row[at]! + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
	}
}

function paeth(left: number, up: number, corner: number): number {
	const guess = left + up - corner;
	const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
	if (toLeft <= toUp && toLeft <= toCorner) return left;
	return toUp <= toCorner ? up : corner;
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const frame = Buffer.alloc(8);
	frame.writeUInt32BE(data.length, 0);
	frame.writeUInt32BE(crc32(body), 4);
	return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
