/** Logs of acme-live as CSV: eight weeks of which one is missing; a version that changes with a jump, a retried log, and a log of next year. */
export function eightWeeks(): string {
	const rows = [
		["2026-09-16T21:00:00Z", 10, "4.1"],
		["2026-09-23T21:00:00Z", 11, "4.1"],
		["2026-09-30T21:00:00Z", 12, "4.1"],
		["2026-10-14T21:00:00Z", 14, "4.1"],
		["2026-10-21T21:00:00Z", 15, "4.1"],
		["2026-10-28T21:00:00Z", 300, "4.2"],
		["2026-11-04T21:00:07Z", 301, "4.2"],
		["2026-11-04T21:00:00Z", 300, "4.2"],
		["2027-01-06T21:00:00Z", 1, "4.2"],
	];
	return `server,loggedAt,activeRegistered,activeEnterprise,activeDesigners,version\n${rows.map(([at, active, version]) => `acme-live,${at},${active},3,2,${version}\n`).join("")}`;
}
