import { isUtf8 } from "node:buffer";
import type { SchemaElement } from "hyparquet";
import { type InstantMs, MS_PER_DAY } from "../../dates/instant.ts";
import type { TimeZone } from "../../dates/time-zone.ts";
import type { Cell } from "../connector.ts";
import { formatLocalTime, isDay, toDateCell } from "../local-date.ts";
import type { ColumnUse } from "../used-columns.ts";

/** A value of a column as hyparquet reads it from a page, before any conversion. */
export type StoredValue = number | bigint | boolean | Uint8Array;

/** What the values of a column say of the time; null for a column without dates. */
export type TimeKind = { readonly kind: "day" } | { readonly kind: "instant" | "local"; readonly toMs: (value: StoredValue) => number };

/** A conversion of one column's values into cells: dates become instants in the source's zone, and in a column of text their text. */
export function makeCellReader(element: SchemaElement, zone: TimeZone, use: ColumnUse): (value: StoredValue) => Cell {
	const time = timeKindOf(element);
	if (time === null) return makePlainReader(element);
	const toCell = (day: number, msOfDay: number): Cell => {
		if (!isDay(day)) return null;
		return use === "date" ? toDateCell(day, msOfDay, zone) : formatLocalTime(day, msOfDay);
	};
	switch (time.kind) {
		case "day":
			return (value) => toCell(Number(value), 0) ?? Number(value);
		case "local":
			return (value) => {
				const ms = time.toMs(value);
				const day = Math.floor(ms / MS_PER_DAY);
				return toCell(day, ms - day * MS_PER_DAY) ?? String(value);
			};
		case "instant":
			return (value) => {
				const ms = time.toMs(value);
				return isDay(zone.dayOf(ms)) ? new Date(ms) : String(value);
			};
	}
}

/** How a column holds dates. A time that is not adjusted to UTC is on the source's clock; one that is, is an instant. */
export function timeKindOf({ type, converted_type: converted, logical_type: logical }: SchemaElement): TimeKind | null {
	if (logical?.type === "DATE" || (logical === undefined && converted === "DATE")) return { kind: "day" };
	// The type that was used before there were others, always in UTC as Spark and Impala write it.
	if (type === "INT96") return { kind: "instant", toMs: (value) => msOfInt96(BigInt(value as bigint)) };
	if (type !== "INT64") return null;
	if (logical?.type === "TIMESTAMP") {
		return { kind: logical.isAdjustedToUTC === false ? "local" : "instant", toMs: MS_OF_UNIT[logical.unit] };
	}
	if (logical !== undefined) return null;
	if (converted === "TIMESTAMP_MILLIS") return { kind: "instant", toMs: MS_OF_UNIT.MILLIS };
	return converted === "TIMESTAMP_MICROS" ? { kind: "instant", toMs: MS_OF_UNIT.MICROS } : null;
}

/** Fractions of a millisecond are cut off towards the past, so that no time falls into the next day. */
const MS_OF_UNIT: Readonly<Record<"MILLIS" | "MICROS" | "NANOS", (value: StoredValue) => InstantMs>> = {
	MILLIS: (value) => Number(value),
	MICROS: (value) => Number(floorDivide(value as bigint, 1000n)),
	NANOS: (value) => Number(floorDivide(value as bigint, 1_000_000n)),
};

function floorDivide(value: bigint, by: bigint): bigint {
	const quotient = value / by;
	return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}

const JULIAN_EPOCH = 2_440_588;

/** Julian day in the upper 4 of 12 bytes, nanoseconds of the day in the lower 8. */
function msOfInt96(value: bigint): InstantMs {
	const nanoseconds = BigInt.asUintN(64, value);
	return (Number(value >> 64n) - JULIAN_EPOCH) * MS_PER_DAY + Number(nanoseconds / 1_000_000n);
}

function makePlainReader(element: SchemaElement): (value: StoredValue) => Cell {
	const { type, converted_type: converted, logical_type: logical } = element;
	if (logical?.type === "DECIMAL" || converted === "DECIMAL") {
		const scale = element.scale ?? (logical?.type === "DECIMAL" ? logical.scale : 0) ?? 0;
		return (value) => decimalText(value instanceof Uint8Array ? signedInteger(value) : BigInt(value), scale);
	}
	if (type === "BOOLEAN") return (value) => String(value);
	if (type === "BYTE_ARRAY") return (value) => textOrBytes(value as Uint8Array);
	if (type === "FIXED_LEN_BYTE_ARRAY") {
		if (logical?.type === "UUID") return (value) => uuidText(value as Uint8Array);
		return (value) => value as Uint8Array;
	}
	if (converted === "UINT_64" || (logical?.type === "INTEGER" && logical.bitWidth === 64 && !logical.isSigned)) {
		return (value) => BigInt.asUintN(64, BigInt(value as bigint));
	}
	if (converted === "UINT_32" || (logical?.type === "INTEGER" && logical.bitWidth === 32 && !logical.isSigned)) {
		return (value) => Number(value) >>> 0;
	}
	return (value) => (Number.isNaN(value) ? null : (value as number | bigint));
}

/** Bytes that are no text stay bytes, so that different ones stay different. */
function textOrBytes(bytes: Uint8Array): string | Uint8Array {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
	return text.includes("\ufffd") && !isUtf8(bytes) ? bytes : text;
}

function signedInteger(bytes: Uint8Array): bigint {
	let value = 0n;
	for (const byte of bytes) value = (value << 8n) | BigInt(byte);
	return BigInt.asIntN(bytes.length * 8, value);
}

/** The digits of a decimal number as any other number is written: without zeros at the end of a fraction. */
function decimalText(unscaled: bigint, scale: number): string {
	const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
	const whole = digits.slice(0, digits.length - scale);
	const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
	return `${unscaled < 0n ? "-" : ""}${whole}${scale === 0 || fraction === "" ? "" : `.${fraction}`}`;
}

function uuidText(bytes: Uint8Array): string {
	const hex = Buffer.from(bytes).toString("hex");
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
