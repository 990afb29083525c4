import type { Projection, ReportRow } from "../../server/protocol/report-messages.ts";

/** A row of the usage report of which only some parts matter; nothing is known of the others. */
export function makeReportRow(parts: Partial<ReportRow>): ReportRow {
	const nothing = { registered: null, enterprise: null, designers: null };
	const weeks = Array.from({ length: 26 }, () => null);
	return {
		client: "Client",
		server: "server",
		renewalDate: null,
		registeredUsers: null,
		enterpriseUsers: null,
		designerUsers: null,
		activeRegistered: null,
		activeEnterprise: null,
		activeDesigners: null,
		weeklyDifference: null,
		lastUpdate: null,
		flags: [],
		flagDetails: [],
		project: null,
		history: { registered: weeks, enterprise: weeks, designers: weeks },
		utilisation: nothing,
		projection: nothing,
		...parts,
	};
}

/** A projection that gains so many users per week and expects these at the renewal, lowest, middle and highest; null for none. */
export function makeProjection(perWeek: number, atRenewal: readonly [number, number, number] | null): Projection {
	return {
		perWeek,
		low: perWeek - 0.5,
		high: perWeek + 0.5,
		atRenewal: atRenewal === null ? null : { low: atRenewal[0], expected: atRenewal[1], high: atRenewal[2] },
	};
}
