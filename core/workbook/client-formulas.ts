import type { ClientTotals } from "../subscriptions/client-totals.ts";
import type { UsageReport, UsageReportRow } from "../subscriptions/usage-report.ts";

// A row of the report repeats the paid figures of its subscription, and a server that two subscriptions name has two rows. Three
// numbers beside each row say what it counts for, so that nothing is counted twice, in any order of the rows, and whatever the names
// are: the functions that look for texts take `*`, `=` and upper case for something else than they are.

/** What a row of the report counts for on the sheet "Clients". */
export interface RowShare {
	/** The number of its subscription; null where it has none. */
	readonly subscription: number | null;
	/** The number of the client whose paid figures it has; null where another row of the subscription has them. */
	readonly paidBy: number | null;
	/** The number of the client whose active users it has; null where another row of the client's server has them. */
	readonly usedBy: number | null;
}

/** Letters of the columns with these numbers on the sheet "Usage Report". */
export const SHARE_COLUMNS = { subscription: "N", paidBy: "O", usedBy: "P" } as const;

/** What every row of the report counts for, in the order of the rows; clients are numbered from 1 in the order of their totals. */
export function shareRows({ rows, clients }: UsageReport): readonly RowShare[] {
	const numbers = new Map(clients.map(({ client }, index) => [client, index + 1]));
	const paid = new Set<number>();
	const used = new Set<string>();
	return rows.map(({ subscription, client, server }) => {
		const number = client === null ? undefined : numbers.get(client);
		if (number === undefined || subscription === null) return { subscription: null, paidBy: null, usedBy: null };
		const use = `${number} ${server}`;
		const share = {
			subscription: subscription + 1,
			paidBy: paid.has(subscription) ? null : number,
			usedBy: used.has(use) ? null : number,
		};
		paid.add(subscription);
		used.add(use);
		return share;
	});
}

/** The formulas of a client's totals; null where the figure has to stand as it is. */
export interface ClientFormulas {
	/** @param source column of the figure on the sheet "Usage Report". @param total what the formula has to give. */
	paid(client: ClientTotals, source: string, total: number | null): string | null;
	atLeast(client: ClientTotals, source: string): string | null;
	atMost(client: ClientTotals, source: string): string | null;
}

/**
 * Formulas over the rows of the report. A client with servers that are not among these rows has none: its totals are over all its
 * servers. Neither has any client of a report so large that a program would be busy with its formulas for many seconds.
 */
export function createClientFormulas(report: UsageReport): ClientFormulas {
	const { rows, clients } = report;
	const shares = shareRows(report);
	const own = ownRows(rows, shares, clients.length);
	const cells = (column: string) => `'Usage Report'!$${column}$2:$${column}$${rows.length + 1}`;
	const isSmall = rows.length * clients.length <= MAX_CELLS_TO_LOOK_AT;
	const numberOf = new Map(clients.map((client, index) => [client, index + 1]));

	/** The client's number; null when it has no formulas. */
	function numberIfWhole(client: ClientTotals): number | null {
		const number = numberOf.get(client) ?? 0;
		return isSmall && client.servers > 0 && own[number - 1]?.used.length === client.servers ? number : null;
	}

	/** `value`, or empty text when no row that counts has a figure. */
	const unlessBlank = (source: string, keys: string, number: number, value: string) =>
		`IF(COUNTIFS(${cells(source)},">=0",${cells(keys)},${number})=0,"",${value})`;

	return {
		paid(client, source, total) {
			const number = numberIfWhole(client);
			if (number === null) return null;
			const sum = `SUMIFS(${cells(source)},${cells(SHARE_COLUMNS.paidBy)},${number})`;
			const known = own[number - 1]!.paid.flatMap((row) => PAID[source]?.(row) ?? []);
			if (total === null || (known.length > 0 && total === sumOf(known))) {
				return unlessBlank(source, SHARE_COLUMNS.paidBy, number, sum);
			}
			// The rest is of subscriptions without a server, which have no row.
			return `${sum}+${total - sumOf(known)}`;
		},
		atLeast(client, source) {
			const number = numberIfWhole(client);
			if (number === null) return null;
			// MAXIFS would be simpler, but Excel knows it only since 2019.
			const most = `SUMPRODUCT(MAX((${cells(SHARE_COLUMNS.usedBy)}=${number})*${cells(source)}))`;
			return unlessBlank(source, SHARE_COLUMNS.usedBy, number, most);
		},
		atMost(client, source) {
			const number = numberIfWhole(client);
			if (number === null) return null;
			return unlessBlank(source, SHARE_COLUMNS.usedBy, number, `SUMIFS(${cells(source)},${cells(SHARE_COLUMNS.usedBy)},${number})`);
		},
	};
}

/** Rows times clients; each formula looks at every row. */
const MAX_CELLS_TO_LOOK_AT = 20_000_000;

/** The paid figures by their column on the sheet "Usage Report". */
const PAID: Readonly<Record<string, (row: UsageReportRow) => number | null>> = {
	D: (row) => row.registeredUsers,
	E: (row) => row.enterpriseUsers,
	F: (row) => row.designerUsers,
};

interface OwnRows {
	readonly paid: UsageReportRow[];
	readonly used: UsageReportRow[];
}

/** The rows that count for each client, by its number less 1. */
function ownRows(rows: readonly UsageReportRow[], shares: readonly RowShare[], clients: number): readonly OwnRows[] {
	const own = Array.from({ length: clients }, (): OwnRows => ({ paid: [], used: [] }));
	for (const [index, row] of rows.entries()) {
		const { paidBy, usedBy } = shares[index]!;
		if (paidBy !== null) own[paidBy - 1]?.paid.push(row);
		if (usedBy !== null) own[usedBy - 1]?.used.push(row);
	}
	return own;
}

function sumOf(figures: readonly number[]): number {
	return figures.reduce((sum, figure) => sum + figure, 0);
}
