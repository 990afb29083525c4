import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDay, parseDay } from "../../../core/dates/day-number.ts";
import { formatInstant, parseInstant } from "../../../core/dates/instant.ts";
import { makeTimeZone, type TimeZone } from "../../../core/dates/time-zone.ts";

describe("time zones", () => {
	describe("names", () => {
		for (const name of ["UTC", "Etc/UTC", "GMT", "Europe/London", "europe/london", "Pacific/Auckland", "America/Argentina/Buenos_Aires"]) {
			it(`knows ${name}`, () => assert.equal(makeTimeZone(name)?.name, name));
		}
		for (const name of ["", " ", "Europe/Atlantis", "London", "Mars", "UTC ", "\0"]) {
			it(`does not know ${JSON.stringify(name)}`, () => assert.equal(makeTimeZone(name), null));
		}
	});

	describe("the day at an instant", () => {
		const CASES: readonly (readonly [zone: string, instant: string, day: string])[] = [
			["UTC", "2026-11-04T23:59:59Z", "2026-11-04"],
			["UTC", "2026-11-05T00:00:00Z", "2026-11-05"],
			["Europe/London", "2026-07-01T22:59:59Z", "2026-07-01"],
			["Europe/London", "2026-07-01T23:00:00Z", "2026-07-02"],
			["Europe/London", "2026-12-01T23:59:59Z", "2026-12-01"],
			["Pacific/Auckland", "2026-11-04T10:59:59Z", "2026-11-04"],
			["Pacific/Auckland", "2026-11-04T11:00:00Z", "2026-11-05"],
			["Pacific/Auckland", "2026-07-04T11:59:59Z", "2026-07-04"],
			["Pacific/Auckland", "2026-07-04T12:00:00Z", "2026-07-05"],
			["Pacific/Honolulu", "2026-11-04T09:59:59Z", "2026-11-03"],
			["Pacific/Honolulu", "2026-11-04T10:00:00Z", "2026-11-04"],
			["Asia/Kathmandu", "2026-11-04T18:14:59Z", "2026-11-04"],
			["Asia/Kathmandu", "2026-11-04T18:15:00Z", "2026-11-05"],
			// Samoa went over the date line and left out 2011-12-30.
			["Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"],
			["Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"],
			// Summer time begins at midnight.
			["America/Sao_Paulo", "2018-11-04T02:59:59Z", "2018-11-03"],
			["America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-04"],
			["Pacific/Auckland", "9999-12-31T23:59:59Z", "10000-01-01"],
			["America/New_York", "0001-01-01T00:00:00Z", "0000-12-31"],
		];
		for (const [zone, instant, day] of CASES) {
			it(`is ${day} in ${zone} at ${instant}`, () => assert.equal(formatDay(zoneOf(zone).dayOf(parseInstant(instant)!)), day));
		}
	});

	describe("the instant of a time", () => {
		const CASES: readonly (readonly [zone: string, day: string, time: string, instant: string])[] = [
			["UTC", "2026-11-04", "21:00", "2026-11-04T21:00:00Z"],
			["Asia/Kolkata", "2026-11-04", "05:29", "2026-11-03T23:59:00Z"],
			// 01:00 to 02:00 does not exist: read with winter time's offset.
			["Europe/London", "2026-03-29", "00:59", "2026-03-29T00:59:00Z"],
			["Europe/London", "2026-03-29", "01:30", "2026-03-29T01:30:00Z"],
			["Europe/London", "2026-03-29", "02:00", "2026-03-29T01:00:00Z"],
			// 01:00 to 02:00 comes twice: the first.
			["Europe/London", "2026-10-25", "00:59", "2026-10-24T23:59:00Z"],
			["Europe/London", "2026-10-25", "01:00", "2026-10-25T00:00:00Z"],
			["Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30:00Z"],
			["Europe/London", "2026-10-25", "02:00", "2026-10-25T02:00:00Z"],
			["America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30:00Z"],
			["America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z"],
			["America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00:00Z"],
			["America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T03:00:00Z"],
			// Half an hour of summer time.
			["Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z"],
			["Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T22:00:00Z"],
			["Pacific/Apia", "2011-12-31", "00:00", "2011-12-30T10:00:00Z"],
		];
		for (const [zone, day, time, instant] of CASES) {
			it(`is ${instant} for ${day} ${time} in ${zone}`, () => {
				const [hour, minute] = time.split(":").map(Number) as [number, number];
				assert.equal(formatInstant(zoneOf(zone).instantOf(parseDay(day)!, (hour * 60 + minute) * 60_000)), instant);
			});
		}
	});

	const ZONES = ["UTC", "Europe/London", "Pacific/Auckland", "America/St_Johns", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia"];
	const zones = fc.constantFrom(...ZONES);
	// 1890 to 2100: before and after the zones' standard times began.
	const instants = fc.integer({ min: -2_524_521_600, max: 4_102_444_800 }).map((second) => second * 1000);

	it("show the day that the platform shows", () => {
		const shown = new Map(
			ZONES.map((name) => [name, { zone: zoneOf(name), format: new Intl.DateTimeFormat("sv-SE", { timeZone: name }) }]),
		);
		fc.assert(
			fc.property(zones, instants, (name, instant) => {
				const { zone, format } = shown.get(name)!;
				assert.equal(formatDay(zone.dayOf(instant)), format.format(instant));
			}),
			{ numRuns: 3000 },
		);
	});

	it("give back the time that was asked for, save in a gap, and never a later one of two", () => {
		const known = new Map(ZONES.map((name) => [name, zoneOf(name)]));
		fc.assert(
			fc.property(zones, instants, (name, instant) => {
				const zone = known.get(name)!;
				const day = zone.dayOf(instant);
				const msOfDay = platformMsOfDay(name, instant);
				const found = zone.instantOf(day, msOfDay);
				assert.ok(found <= instant, `${found} is after ${instant}`);
				assert.equal(zone.dayOf(found), day);
				assert.equal(platformMsOfDay(name, found), msOfDay);
			}),
			{ numRuns: 2000 },
		);
	});
});

function zoneOf(name: string): TimeZone {
	const zone = makeTimeZone(name);
	assert.ok(zone !== null, `the platform does not know ${name}`);
	return zone;
}

function platformMsOfDay(timeZone: string, instant: number): number {
	const shown = new Date(instant).toLocaleTimeString("sv-SE", { timeZone });
	const [hour, minute, second] = shown.split(":").map(Number) as [number, number, number];
	return ((hour * 60 + minute) * 60 + second) * 1000;
}
