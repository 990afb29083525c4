/** A label that wants to stand at a place: its middle and its length along the axis, in pixels. */
export interface Label {
	readonly at: number;
	readonly size: number;
}

/** Room for labels along an axis, in pixels. */
export interface LabelRoom {
	readonly min: number;
	readonly max: number;
	/** Least distance between two labels. */
	readonly gap: number;
}

/** Width of a text in pixels, a little more than it takes: nothing can be measured before it is drawn. */
export function guessTextWidth(text: string, fontSize: number): number {
	let width = 0;
	for (const letter of text)
		width += /[ilj.,:;|' ·]/.test(letter) ? 0.36 : /[mwMW—]/.test(letter) ? 0.92 : (letter.codePointAt(0) ?? 0) > 0x2e7f ? 1.05 : 0.6;
	return Math.ceil(width * fontSize);
}

/**
 * Puts labels into as few rows as keep them apart: each as near to its place as the room allows, on the first row where it
 * overlaps none that wants to stand before it. Answers middle and row (from 0) in the order of the labels.
 */
export function stackLabels(
	labels: readonly Label[],
	{ min, max, gap }: LabelRoom,
): readonly { readonly at: number; readonly row: number }[] {
	const ends: number[] = [];
	const placed = labels.map(() => ({ at: 0, row: 0 }));
	const order = labels.map((_, index) => index).sort((one, other) => labels[one]!.at - labels[other]!.at || one - other);
	for (const index of order) {
		const { at, size } = labels[index]!;
		const middle = Math.max(min + size / 2, Math.min(max - size / 2, at));
		const begin = middle - size / 2;
		const free = ends.findIndex((end) => end + gap <= begin);
		const row = free < 0 ? ends.length : free;
		ends[row] = middle + size / 2;
		placed[index] = { at: middle, row };
	}
	return placed;
}

/**
 * Moves labels of one row or column apart, all together as little as possible and without changing their order; at the
 * ends of the room they give way inwards. Where there is not room for all, they overlap evenly. Answers middles in the order of the labels.
 */
export function spreadLabels(labels: readonly Label[], { min, max, gap }: LabelRoom): readonly number[] {
	const total = labels.reduce((sum, { size }) => sum + size, 0) + gap * Math.max(0, labels.length - 1);
	const squeeze = total > max - min && total > 0 ? (max - min) / total : 1;
	const order = labels.map((_, index) => index).sort((one, other) => labels[one]!.at - labels[other]!.at || one - other);
	// Labels that touch form a block, which stands where its members want it on average.
	const blocks: { members: number[]; wanted: number; size: number }[] = [];
	for (const index of order) {
		const { at, size } = labels[index]!;
		let block = { members: [index], wanted: at, size: size * squeeze };
		for (let previous = blocks.at(-1); previous !== undefined; previous = blocks.at(-1)) {
			if (beginOf(previous, min, max) + previous.size + gap * squeeze <= beginOf(block, min, max)) break;
			blocks.pop();
			const count = previous.members.length + block.members.length;
			const wanted = (previous.wanted * previous.members.length + block.wanted * block.members.length) / count;
			block = { members: [...previous.members, ...block.members], wanted, size: previous.size + gap * squeeze + block.size };
		}
		blocks.push(block);
	}
	const middles = labels.map(() => 0);
	for (const block of blocks) {
		let place = beginOf(block, min, max);
		for (const index of block.members) {
			const size = labels[index]!.size * squeeze;
			middles[index] = place + size / 2;
			place += size + gap * squeeze;
		}
	}
	return middles;
}

function beginOf({ wanted, size }: { readonly wanted: number; readonly size: number }, min: number, max: number): number {
	return Math.max(min, Math.min(max - size, wanted - size / 2));
}
