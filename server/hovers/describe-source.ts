import type { DataSource } from "../../core/config/model.ts";
import { foldColumnName } from "../../core/connectors/closest-name.ts";
import { type DayNumber, formatDay } from "../../core/dates/day-number.ts";
import { formatInstant, type InstantMs, utcDayOf } from "../../core/dates/instant.ts";
import { makeTimeZone } from "../../core/dates/time-zone.ts";
import { OUR_COLUMNS } from "../../core/loading/column-mapping.ts";
import type { Loaded, SourceFailure } from "../../core/loading/loaded.ts";
import type { PeekedColumn, PeekedSource } from "../../core/loading/peek-source.ts";
import { formatCount, formatCounted } from "../../core/texts/format-count.ts";
import { language, t } from "../../core/texts/translate.ts";
import type { DateFacts, SourceFacts } from "../../core/usage/source-facts.ts";
import { observedAt } from "../../workspace/data/observed-at.ts";
import type { FileInsight } from "../../workspace/insights/insights.ts";
import { type Block, clipName, list, type Part, paragraph, prose, table } from "../markup.ts";
import { currentSources, knownSource } from "./current-model.ts";
import { joinParts } from "./describe-schema.ts";
import { type HoverSubject, STILL_LOADING } from "./hover-subject.ts";

/** What the file of a source is like. */
export interface SourceFile {
	readonly bytes: number;
	/** Null where the disk does not say. */
	readonly changedAt: InstantMs | null;
	/** What its beginning shows; null where that was not asked for, or nobody knows. */
	readonly beginning: PeekedSource | null;
}

/** What a data source gives: rows, dates, what is missing and what is wrong, and where it comes from. */
export function describeSource({ insight }: HoverSubject, source: DataSource, file: SourceFile | null): readonly Block[] {
	const failure = failureOf(insight, source);
	return [
		...(failure === undefined
			? describeContent(insight, source)
			: [paragraph({ bold: t("Cannot be read:") }, " ", ...prose(failure.message))]),
		...describeOrigin(source, file),
	];
}

/** All sources of a file in one table. */
export function describeSources({ insight }: HoverSubject): readonly Block[] {
	const sources = currentSources(insight);
	if (sources.length === 0) return [];
	const rest = sources.length - MAX_SOURCES;
	return [
		table(
			[t("Source"), t("provides"), t("rows"), t("problems")],
			sources.slice(0, MAX_SOURCES).map((source) => {
				const loaded = loadedOf(insight, source);
				const failed = failureOf(insight, source) !== undefined;
				const rows = countRows(insight, source) ?? countLogs(insight, source);
				const problems = loaded === null || failed ? "" : formatCount(countProblems(loaded, source));
				return [clipName(source.name), source.provides, failed ? t("cannot be read") : rows === null ? "" : formatCount(rows), problems];
			}),
			2,
		),
		...(rest > 0 ? [paragraph(t`and ${formatCounted(rest, "more source")}.`)] : []),
	];
}

/** What one of our columns is in a source: its name there, a value, the dates in it, and how many rows lack one. */
export function describeColumn({ insight }: HoverSubject, source: DataSource, column: string, file: SourceFile | null): readonly Block[] {
	const found = findColumn(source, column, file?.beginning ?? null);
	const dates = factsOf(insight, source)?.dates.find((candidate) => candidate.column === column);
	const pieces: readonly (readonly Part[])[] = [
		found === null ? [] : [t("Column "), { bold: clipName(found.name) }],
		found?.sample == null ? [] : [t("first value "), { code: clipName(found.sample) }],
		dates === undefined ? [] : describeDates(dates),
	];
	const parts = joinParts(pieces.filter((piece) => piece.length > 0));
	return parts.length === 0 ? [] : [paragraph(...parts)];
}

/** When the day of the sync begins in the time zone of a source. */
export function describeTimeZone({ insight, workspace }: HoverSubject, { timeZone }: DataSource): readonly Block[] {
	const zone = makeTimeZone(timeZone);
	if (zone === null) return [];
	const { instant } = observedAt(insight.file, workspace.clock());
	const day = zone.dayOf(instant);
	return [
		paragraph(
			t`There it was ${formatDay(day)} at the time of the sync, a day that began at `,
			{ bold: formatInstant(zone.instantOf(day, 0)) },
			".",
		),
	];
}

/** Which of our columns a source has, and where. */
export function describeColumns(source: DataSource, file: SourceFile | null): readonly Block[] {
	const rows = OUR_COLUMNS[source.provides].flatMap(({ name }) => {
		const found = findColumn(source, name, file?.beginning ?? null);
		return found === null ? [] : [[name, clipName(found.name), clipName(found.sample ?? "")]];
	});
	return rows.length === 0 ? [] : [table([t("Column"), t("in the source"), t("first value")], rows, 3)];
}

function findColumn({ provides, columns }: DataSource, column: string, beginning: PeekedSource | null): PeekedColumn | null {
	const ours = OUR_COLUMNS[provides].find(({ name }) => name === column);
	if (ours === undefined || beginning === null) return null;
	const names = Object.hasOwn(columns, column) ? [columns[column]!] : [ours.name, ...ours.aliases];
	const isSame = (fold: (name: string) => string) =>
		names.flatMap((name) => beginning.columns.find((candidate) => fold(candidate.name) === fold(name)) ?? [])[0];
	return isSame((name) => name) ?? isSame(foldColumnName) ?? null;
}

/** Logs that a source gave; null where they are not known, and where several sources give logs, since which one a log came from is not kept. */
export function countLogs(insight: FileInsight, source: DataSource): number | null {
	if (insight.kind !== "project" || insight.logs?.value == null || !providesLogs(source)) return null;
	return currentSources(insight).filter(providesLogs).length === 1 ? insight.logs.value.length : null;
}

function providesLogs({ provides }: DataSource): boolean {
	return provides === "usageLog" || provides === "userActivity";
}

/** Rows that a source gave, as far as they are known. */
export function countRows(insight: FileInsight, source: DataSource): number | null {
	if (source.provides === "settings") return insight.deployed?.file === insight.file ? insight.deployed.rows.length : null;
	return factsOf(insight, source)?.rows ?? null;
}

function describeContent(insight: FileInsight, source: DataSource): readonly Block[] {
	const loaded = loadedOf(insight, source);
	const facts = factsOf(insight, source);
	const problems = loaded === null ? [] : describeProblems(loaded, source);
	if (facts !== null) {
		const products = facts.products === null ? "" : `, ${formatCounted(facts.products, "product")}`;
		return [
			paragraph({ bold: formatCounted(facts.rows, "row") }, `: ${formatCounted(facts.devices, "device")}${products}.`),
			...(facts.dates.length === 0 ? [] : [list(facts.dates.map((dates) => [{ code: dates.column }, ": ", ...describeDates(dates)]))]),
			...problems,
		];
	}
	if (insight.kind === "project" && insight.logs?.value != null && providesLogs(source)) return [...describeLogs(insight), ...problems];
	const rows = countRows(insight, source);
	if (rows !== null) return [paragraph({ bold: formatCounted(rows, "row") }, t(" of deployed settings.")), ...problems];
	return insight.complete ? problems : [paragraph(t(STILL_LOADING))];
}

function describeDates({ dated, empty, first, last }: DateFacts): readonly Part[] {
	const span = dated === 0 ? t("no date") : formatSpan(first, last);
	return [span, empty === 0 || dated === 0 ? "" : t`, ${formatCounted(empty, "row")} without`];
}

/** The logs of all sources of a project together: which source a log came from is not kept. */
function describeLogs(insight: FileInsight): readonly Block[] {
	if (insight.kind !== "project") return [];
	const logs = insight.logs?.value ?? [];
	const servers = new Set(logs.map(({ server }) => server.trim()));
	const days = logs.map(({ loggedAt }) => utcDayOf(loggedAt));
	const first = days.reduce<DayNumber | null>((least, day) => (least === null || day < least ? day : least), null);
	const last = days.reduce<DayNumber | null>((most, day) => (most === null || day > most ? day : most), null);
	const several = insight.project.dataSources.filter(providesLogs).length > 1;
	return [
		paragraph(
			{ bold: formatCounted(logs.length, "log") },
			t` of ${formatCounted(servers.size, "server")}${logs.length === 0 ? "" : `, ${formatSpan(first, last)}`}${several ? t(" (all sources of logs together)") : ""}.`,
		),
	];
}

function describeProblems(loaded: Loaded<unknown>, source: DataSource): readonly Block[] {
	const own = loaded.counts.filter((entry) => entry.source === source.name);
	if (own.length === 0) return [];
	return [list(own.map(({ code, count }): readonly Part[] => [{ bold: formatCounted(count, "problem") }, ": ", { code }]))];
}

function describeOrigin(source: DataSource, file: SourceFile | null): readonly Block[] {
	const pieces: readonly (readonly Part[])[] = [
		source.connector === null ? [] : [clipName(source.connector)],
		file?.bytes == null ? [] : [formatBytes(file.bytes)],
		file?.changedAt == null ? [] : [t`changed ${formatInstant(file.changedAt)}`],
	];
	const parts = joinParts(pieces.filter((piece) => piece.length > 0));
	return parts.length === 0 ? [] : [paragraph(...parts)];
}

function loadedOf(insight: FileInsight, { provides }: DataSource): Loaded<unknown> | null {
	if (provides === "settings") return null;
	return insight.kind === "instance" ? insight.loaded : insight.logs;
}

function countProblems(loaded: Loaded<unknown>, { name }: DataSource): number {
	return loaded.counts.reduce((sum, { source, count }) => (source === name ? sum + count : sum), 0);
}

function factsOf(insight: FileInsight, source: DataSource): SourceFacts | null {
	const known = knownSource(insight, source);
	return insight.kind === "instance" ? (insight.sources?.find(({ sourceIndex }) => sourceIndex === known?.index) ?? null) : null;
}

function failureOf(insight: FileInsight, source: DataSource): SourceFailure | undefined {
	const known = knownSource(insight, source);
	return loadedOf(insight, source)?.failures.find(({ sourceIndex }) => sourceIndex === known?.index);
}

function formatSpan(first: DayNumber | null, last: DayNumber | null): string {
	if (first === null || last === null) return t("no date");
	return first === last ? formatDay(first) : t`${formatDay(first)} to ${formatDay(last)}`;
}

/** Bytes as people say them: `812 bytes`, `4.2 MB`. */
export function formatBytes(bytes: number): string {
	if (bytes < 1000) return formatCounted(bytes, "byte");
	const units = ["KB", "MB", "GB", "TB"];
	const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
	const value = bytes / 1000 ** power;
	return `${value.toLocaleString(language(), { maximumSignificantDigits: value < 100 ? 2 : 3 })} ${units[power - 1]}`;
}

const MAX_SOURCES = 15;
