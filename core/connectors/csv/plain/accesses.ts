import { isEarlyDay } from "../../../loading/problem-log.ts";
import {
	ACCESS_DATES,
	ACCESS_TYPE_BITS,
	ACCESS_TYPES,
	type AccessEvents,
	type AccessLayout,
	type CsvKernel,
	REMEMBERED_DATES,
	STAGED_ROWS,
} from "../csv-kernel.ts";
import { type CellReader, createCellReader } from "./cells.ts";
import { createByteNames } from "./names.ts";
import { createRecordReader } from "./record-reader.ts";

/** Reads a table of accesses. All dates go to the general parser, each text once. */
export function createAccessTable(layout: AccessLayout, events: AccessEvents): Omit<CsvKernel, "begin" | "beginAccesses" | "take"> {
	const records = createRecordReader(layout, events.reportSurplus);
	const dictionaries = [createByteNames(), createByteNames()] as const;
	const dates = createDateTable(events);
	const servers = new Uint32Array(STAGED_ROWS);
	const users = new Uint32Array(STAGED_ROWS);
	const instants = new Float64Array(STAGED_ROWS);
	const numbers = new Uint32Array(STAGED_ROWS);
	const kinds = new Uint8Array(STAGED_ROWS);
	const serverCell = createCellReader();
	const userCell = createCellReader();
	const otherCell = createCellReader();

	/** Stages a row; false when it lacks a key. */
	function stage(row: number): boolean {
		records.readCell(serverCell, layout.server);
		records.readCell(userCell, layout.user);
		if (isEmpty(serverCell) || isEmpty(userCell)) {
			events.reportMissing(isEmpty(serverCell) ? 0 : 1, records.records());
			return false;
		}
		servers[row] = dictionaries[0].indexOf(serverCell.text(), serverCell.start(), serverCell.end());
		users[row] = dictionaries[1].indexOf(userCell.text(), userCell.start(), userCell.end());
		numbers[row] = records.records();
		records.readCell(otherCell, layout.userType);
		const type = isEmpty(otherCell) ? ACCESS_TYPES.empty : typeOf(textOf(otherCell));
		records.readCell(otherCell, layout.accessedAt);
		const date = isEmpty(otherCell) ? NO_DATE : dates.read(otherCell);
		instants[row] = date.instant;
		kinds[row] = type | (date.kind << ACCESS_TYPE_BITS);
		if (date === UNREAD) events.reportDate(records.records(), () => textOf(otherCell));
		return true;
	}

	return {
		...records,
		takeAccesses() {
			let rows = 0;
			while (rows < STAGED_ROWS && records.next()) if (stage(rows)) rows++;
			return {
				rows,
				servers: servers.subarray(0, rows),
				users: users.subarray(0, rows),
				instants: instants.subarray(0, rows),
				numbers: numbers.subarray(0, rows),
				kinds: kinds.subarray(0, rows),
			};
		},
		names: (which) => dictionaries[which]!.table(),
	};
}

/** A date as it is staged. */
interface StagedDate {
	readonly instant: number;
	readonly kind: number;
}

const NO_DATE: StagedDate = { instant: 0, kind: ACCESS_DATES.none };
const UNREAD: StagedDate = { instant: 0, kind: ACCESS_DATES.none };

function createDateTable(events: AccessEvents) {
	const texts = createByteNames();
	const known: StagedDate[] = [];
	const parse = (cell: CellReader): StagedDate => {
		const date = events.parseInstant(textOf(cell));
		if (date === null) return UNREAD;
		return { instant: date.instant, kind: isEarlyDay(date.day) ? ACCESS_DATES.early : ACCESS_DATES.late };
	};
	return {
		read(cell: CellReader): StagedDate {
			if (texts.count() === REMEMBERED_DATES) return parse(cell);
			const index = texts.indexOf(cell.text(), cell.start(), cell.end());
			if (index === known.length) known.push(parse(cell));
			return known[index]!;
		},
	};
}

/** In the order of `USER_TYPES`. */
const TYPE_NAMES: readonly string[] = ["registered", "enterprise", "designer"];

function typeOf(text: string): number {
	const place = TYPE_NAMES.indexOf(text.toLowerCase());
	return place === -1 ? ACCESS_TYPES.other : place;
}

function isEmpty(cell: CellReader): boolean {
	return cell.start() === cell.end();
}

function textOf(cell: CellReader): string {
	return Buffer.from(cell.text().subarray(cell.start(), cell.end())).toString();
}
