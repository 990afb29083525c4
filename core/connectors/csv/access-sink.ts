import type { DataSource } from "../../config/model.ts";
import { makeDateParser } from "../../dates/date-format.ts";
import type { DayNumber } from "../../dates/day-number.ts";
import { type InstantMs, MS_PER_DAY } from "../../dates/instant.ts";
import type { TimeZone } from "../../dates/time-zone.ts";
import { createActivityCollector, EMPTY_TYPE, reportTo, UNKNOWN_TYPE } from "../../loading/activity-collector.ts";
import { isEarlyDay, type ProblemLog } from "../../loading/problem-log.ts";
import { describeMissingKey, describeSurplusCells } from "../../loading/problem-texts.ts";
import type { ActivityTally } from "../../subscriptions/activity-tally.ts";
import { copyNames } from "./copy-names.ts";
import {
	ACCESS_DATES,
	ACCESS_TYPE_BITS,
	ACCESS_TYPES,
	type AccessEvents,
	type CsvKernel,
	type StagedAccesses,
	type TextLayout,
} from "./csv-kernel.ts";
import type { CsvSink } from "./read-csv.ts";

/** What accesses are taken from, and how. */
export interface AccessTable {
	readonly source: DataSource;
	readonly zone: TimeZone;
	readonly log: ProblemLog;
	readonly kernel: CsvKernel;
	readonly layout: TextLayout;
	/** Place of one of our columns in the table, and its name there. */
	readonly placeOf: (column: string) => number;
	readonly nameOf: (column: string) => string;
	/** Accesses after it lie in the future. */
	readonly asOf: InstantMs;
}

/** By the lower bits of a kind. */
const TYPES = Int8Array.from({ length: 2 ** ACCESS_TYPE_BITS }, (_, type) =>
	type === ACCESS_TYPES.other ? UNKNOWN_TYPE : type === ACCESS_TYPES.empty ? EMPTY_TYPE : type,
);
const TYPE_MASK = TYPES.length - 1;

/** Begins a table of accesses in a kernel; its rows are counted as they come. */
export function beginAccesses({ source, zone, log, kernel, layout, placeOf, nameOf, asOf }: AccessTable): CsvSink<ActivityTally> {
	const report = reportTo(log, source, nameOf);
	const collector = createActivityCollector(asOf, report);
	const isUtc = zone.name.toUpperCase() === "UTC";
	const isEarly = createEarlyDays();
	let read = 0;
	let early = 0;

	/** The instant of a staged access, NaN where there is none; counts the date. */
	function instantOf(kind: number, value: number): number {
		if (kind === ACCESS_DATES.none) return Number.NaN;
		read++;
		if (kind === ACCESS_DATES.early || kind === ACCESS_DATES.late) {
			if (kind === ACCESS_DATES.early) early++;
			return value;
		}
		const isLocal = kind === ACCESS_DATES.local;
		const day = isLocal || isUtc ? Math.floor(value / MS_PER_DAY) : zone.dayOf(value);
		if (isEarly(day)) early++;
		return isLocal && !isUtc ? zone.instantOf(day, value - day * MS_PER_DAY) : value;
	}

	function append({ rows, servers, users, instants, numbers, kinds }: StagedAccesses): void {
		for (let row = 0; row < rows; row++) {
			const kind = kinds[row]!;
			const accessedAt = instantOf(kind >> ACCESS_TYPE_BITS, instants[row]!);
			collector.add(numbers[row]!, servers[row]!, users[row]!, TYPES[kind & TYPE_MASK]!, accessedAt);
		}
	}

	const parse = makeDateParser(source.dateFormat, zone);
	const events: AccessEvents = {
		parseInstant: parse,
		reportDate: (record, text) => log.addUnreadDate(source, record, nameOf("accessedAt"), text, "row is left out"),
		reportMissing(key, record) {
			const column = key === 0 ? "server" : "user";
			report(record, "source/missing-key", column, () => describeMissingKey(column));
		},
		reportSurplus: (cells, record) => log.add(source, "source/surplus-cells", record, null, () => describeSurplusCells(cells)),
	};
	const [server, user, userType, accessedAt] = ["server", "user", "userType", "accessedAt"].map(placeOf) as [
		number,
		number,
		number,
		number,
	];
	kernel.beginAccesses({ ...layout, server, user, userType, accessedAt }, events);
	return {
		take() {
			for (let staged = kernel.takeAccesses(); staged.rows > 0; staged = kernel.takeAccesses()) append(staged);
		},
		finish() {
			if (read > 0) log.noteDates(source, read, early);
			return collector.finish(copyNames(kernel.names(0)), copyNames(kernel.names(1)));
		},
	};
}

/** Whether a day of the month could be a month, remembered by day. */
function createEarlyDays(): (day: DayNumber) => boolean {
	const known = new Uint8Array(REMEMBERED_DAYS);
	return (day) => {
		const place = day + DAYS_BEFORE_1970;
		if (place < 0 || place >= known.length) return isEarlyDay(day);
		if (known[place] === 0) known[place] = isEarlyDay(day) ? 2 : 1;
		return known[place] === 2;
	};
}

/** From about 1915 to 2094. */
const DAYS_BEFORE_1970 = 20_000;
const REMEMBERED_DAYS = 65_536;
