import { DATE_FORMATS } from "../../dates/date-format.ts";
import { isEarlyDay } from "../../loading/problem-log.ts";
import { CSV_KERNEL_WASM } from "./csv-kernel.generated.ts";
import {
	type AccessEvents,
	type CsvKernel,
	type CsvLayout,
	type KernelEvents,
	STAGED_ROWS,
	type StagedRows,
	type TextLayout,
} from "./csv-kernel.ts";

/** The kernel in WebAssembly; null where the platform lacks it or its SIMD instructions. */
export function createWasmKernel(): CsvKernel | null {
	const { WebAssembly } = globalThis as { readonly WebAssembly?: WebAssemblyApi };
	if (WebAssembly === undefined) return null;
	const state: { events: KernelEvents | null; accessEvents: AccessEvents | null; isEarly: boolean } = {
		events: null,
		accessEvents: null,
		isEarly: false,
	};
	let wasm: WasmExports;
	try {
		const module = new WebAssembly.Module(Buffer.from(CSV_KERNEL_WASM, "base64"));
		const instance = new WebAssembly.Instance(module, {
			events: {
				parseDate: (at: number, length: number) => state.events!.parseDate(textAt(at, length)),
				reportDate(column: number, record: number, at: number, length: number) {
					state.events?.reportDate(column, record >>> 0, () => textAt(at, length));
					state.accessEvents?.reportDate(record >>> 0, () => textAt(at, length));
				},
				reportMissing: (key: number, record: number) => (state.accessEvents ?? state.events!).reportMissing(key, record >>> 0),
				reportSurplus: (cells: number, record: number) => (state.accessEvents ?? state.events!).reportSurplus(cells, record >>> 0),
				addWideDay: (column: number, row: number, day: number) => state.events!.addWideDay(column, row, day),
				parseInstant(at: number, length: number) {
					const date = state.accessEvents!.parseInstant(textAt(at, length));
					state.isEarly = date !== null && isEarlyDay(date.day);
					return date?.instant ?? Number.NaN;
				},
				isEarly: () => state.isEarly,
			},
		});
		wasm = instance.exports as unknown as WasmExports;
	} catch (error) {
		// Instructions that the platform does not know.
		if (error instanceof WebAssembly.CompileError) return null;
		throw error;
	}
	const memory = () => wasm.memory.buffer;
	const textAt = (at: number, length: number) => Buffer.from(memory(), at, length).toString();
	let layout: CsvLayout | null = null;
	let capacity = 0;

	function stageOf(rows: number): StagedRows {
		const stage = wasm.stageAddress();
		const runs = (place: number, length: number) => new Uint32Array(memory(), stage + place * STAGED_ROWS, length);
		const deviceRuns = wasm.deviceRunsStaged();
		const numberRuns = wasm.numberRunsStaged();
		return {
			rows,
			names: layout!.names.map((column, index) => {
				if (column === null) return null;
				const place = stage + 4 * index * STAGED_ROWS;
				return wide[index] ? new Uint32Array(memory(), place, rows) : new Uint16Array(memory(), place, rows);
			}),
			days: layout!.days.map((column, index) =>
				column === null ? null : new Uint16Array(memory(), stage + (12 + 2 * index) * STAGED_ROWS, rows),
			),
			deviceStarts: runs(16, deviceRuns),
			deviceValues: runs(20, deviceRuns),
			numberStarts: runs(24, numberRuns),
			numberValues: runs(28, numberRuns),
		};
	}

	/** Whether a column of names needs 4 bytes for whatever the next rows hold. */
	const wide = [false, false, false];

	function beginText({ capacity: bytes, records, delimiter, dateFormat }: TextLayout, isUtc: boolean): void {
		capacity = bytes;
		wasm.begin(capacity, records);
		const packed = delimiter.reduceRight((word, byte) => (word << 8) | byte, 0);
		wasm.setDialect(packed, delimiter.length, DATE_FORMATS.indexOf(dateFormat), isUtc);
	}

	return {
		begin(newLayout, events) {
			layout = newLayout;
			Object.assign(state, { events, accessEvents: null });
			beginText(newLayout, newLayout.isUtc);
			const { columns, device, names, days } = newLayout;
			wasm.setColumns(columns, device, ...mapTriple(names), days[0] ?? -1, days[1] ?? -1);
		},
		beginAccesses(newLayout, accessEvents) {
			Object.assign(state, { events: null, accessEvents });
			beginText(newLayout, true);
			const { columns, server, user, userType, accessedAt } = newLayout;
			wasm.setAccessColumns(columns, server, user, userType, accessedAt);
		},
		input: () => new Uint8Array(memory(), wasm.inputAddress(), capacity + 1),
		split(from, to) {
			const findings = wasm.split(from, to);
			return { isMalformed: (findings & 1) !== 0, hasHighBytes: (findings & 2) !== 0, hasNul: (findings & 4) !== 0 };
		},
		take() {
			for (let which = 0; which < wide.length; which++) wide[which] = wasm.countOf(wasm.dictionary(which + 1)) + STAGED_ROWS > 0xffff;
			return stageOf(wasm.take(wide[0]!, wide[1]!, wide[2]!));
		},
		takeAccesses() {
			const rows = wasm.takeAccesses();
			const stage = wasm.stageAddress();
			const words = (place: number) => new Uint32Array(memory(), stage + place * STAGED_ROWS, rows);
			return {
				rows,
				servers: words(0),
				users: words(4),
				instants: new Float64Array(memory(), stage + 8 * STAGED_ROWS, rows),
				numbers: words(16),
				kinds: new Uint8Array(memory(), stage + 20 * STAGED_ROWS, rows),
			};
		},
		records: () => wasm.recordsPassed() >>> 0,
		consumed: () => wasm.consumed(),
		isTooLong: () => wasm.tooLong() !== 0,
		names(which) {
			const dictionary = wasm.dictionary(which);
			return {
				bytes: new Uint8Array(memory(), wasm.arenaOf(dictionary), wasm.usedOf(dictionary)),
				ends: new Uint32Array(memory(), wasm.endsOf(dictionary), wasm.countOf(dictionary)),
			};
		},
	};
}

/** As much of the platform as is used here; its types come with those of browsers only. */
interface WebAssemblyApi {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object, imports: object) => { readonly exports: object };
	readonly CompileError: new () => Error;
}

/** What assembly/csv-kernel.ts exports. */
interface WasmExports {
	readonly memory: { readonly buffer: ArrayBuffer };
	begin(capacity: number, records: number): void;
	setDialect(delimiter: number, length: number, format: number, isUtc: boolean): void;
	setColumns(columns: number, device: number, product: number, name1: number, name2: number, day0: number, day1: number): void;
	setAccessColumns(columns: number, server: number, user: number, userType: number, accessedAt: number): void;
	inputAddress(): number;
	stageAddress(): number;
	split(from: number, to: number): number;
	take(wide0: boolean, wide1: boolean, wide2: boolean): number;
	takeAccesses(): number;
	consumed(): number;
	recordsPassed(): number;
	deviceRunsStaged(): number;
	numberRunsStaged(): number;
	tooLong(): number;
	dictionary(which: number): number;
	arenaOf(dictionary: number): number;
	usedOf(dictionary: number): number;
	endsOf(dictionary: number): number;
	countOf(dictionary: number): number;
}

function mapTriple(places: CsvLayout["names"]): [number, number, number] {
	return [places[0] ?? -1, places[1] ?? -1, places[2] ?? -1];
}
