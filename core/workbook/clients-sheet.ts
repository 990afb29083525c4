import type { ActiveRange, ClientTotals } from "../subscriptions/client-totals.ts";
import type { UsageReport } from "../subscriptions/usage-report.ts";
import { type CellStyle, countCell, dayCell, STYLES, type StyledCell, textCell } from "./cell-styles.ts";
import { createClientFormulas } from "./client-formulas.ts";
import { addTableSheet, type ConditionalFill, type TableColumn } from "./table-sheet.ts";
import type { WorkbookDraft } from "./write-workbook.ts";

/**
 * Adds the sheet "Clients": one row per client, each subscription's figures once, and the share of the paid users that are
 * active. What is paid for and what is active are formulas over the sheet "Usage Report", shares and the totals row are formulas too:
 * they follow edits, and the totals also the filter.
 */
export async function addClientsSheet(draft: WorkbookDraft, report: UsageReport, footer: string): Promise<void> {
	const { clients } = report;
	const formulas = createClientFormulas(report);
	const paid = (header: string, letter: string, source: string, count: Count) =>
		countColumn(header, letter, clients, count, (row) => formulas.paid(row, source, count(row)));
	const active = (header: string, [least, most]: readonly [string, string], source: string, range: Range) => [
		countColumn(`${header} (at least)`, least, clients, atLeast(range), (row) => formulas.atLeast(row, source)),
		countColumn(`${header} (at most)`, most, clients, atMost(range), (row) => formulas.atMost(row, source)),
	];
	const columns: readonly TableColumn<ClientTotals>[] = [
		{
			header: "Client",
			width: 30,
			cell: (row) => textCell(row.client, { wrap: true }),
			total: () => ({ value: "Total", style: STYLES.totalText }),
		},
		{ header: "Renewal Date", width: 12, rightAligned: true, cell: (row) => dayCell(row.renewalDate) },
		countColumn("Servers", "C", clients, (row) => row.servers),
		paid("Registered Users", "D", "D", (row) => row.registeredUsers),
		paid("Enterprise Users", "E", "E", (row) => row.enterpriseUsers),
		paid("Designer Users", "F", "F", (row) => row.designerUsers),
		...active("Active Registered", ["G", "H"], "G", (row) => row.activeRegistered),
		...active("Active Enterprise", ["I", "J"], "H", (row) => row.activeEnterprise),
		...active("Active Designers", ["K", "L"], "I", (row) => row.activeDesigners),
		shareColumn("Registered in Use (at most)", "H", "D", clients, (row) => [row.activeRegistered, row.registeredUsers]),
		shareColumn("Enterprise in Use (at most)", "J", "E", clients, (row) => [row.activeEnterprise, row.enterpriseUsers]),
		shareColumn("Designers in Use (at most)", "L", "F", clients, (row) => [row.activeDesigners, row.designerUsers]),
	];
	await addTableSheet(draft, { name: "Clients", footer, columns, rows: clients, frozenColumns: 1, fills: CLIENT_FILLS, headerHeight: 48 });
}

type Count = (row: ClientTotals) => number | null;
type Range = (row: ClientTotals) => ActiveRange | null;

function countColumn(
	header: string,
	letter: string,
	clients: readonly ClientTotals[],
	count: Count,
	formula: (row: ClientTotals) => string | null = () => null,
): TableColumn<ClientTotals> {
	const sum = clients.reduce((total, row) => total + (count(row) ?? 0), 0);
	return {
		header,
		width: 12,
		rightAligned: true,
		cell: (row) => {
			const text = formula(row);
			return text === null ? countCell(count(row)) : { value: { formula: text, result: count(row) ?? "" }, style: STYLES.count };
		},
		total: (lastRow) => ({ value: lastRow === 1 ? 0 : sumFormula(letter, lastRow, sum), style: STYLES.totalCount }),
	};
}

function atLeast(range: Range): Count {
	return (row) => range(row)?.atLeast ?? null;
}

function atMost(range: Range): Count {
	return (row) => range(row)?.atMost ?? null;
}

function shareColumn(
	header: string,
	active: string,
	paid: string,
	clients: readonly ClientTotals[],
	figures: (row: ClientTotals) => readonly [ActiveRange | null, number | null],
): TableColumn<ClientTotals> {
	const cell = (rowNumber: number, share: number | null, style: CellStyle): StyledCell => ({
		value: {
			formula: `IF(AND(ISNUMBER(${active}${rowNumber}),N(${paid}${rowNumber})>0),${active}${rowNumber}/${paid}${rowNumber},"")`,
			result: share ?? "",
		},
		style,
	});
	const sumActive = clients.reduce((total, row) => total + (figures(row)[0]?.atMost ?? 0), 0);
	const sumPaid = clients.reduce((total, row) => total + (figures(row)[1] ?? 0), 0);
	return {
		header,
		width: 15,
		rightAligned: true,
		cell: (row, rowNumber) => cell(rowNumber, shareOf(figures(row)[0]?.atMost ?? null, figures(row)[1]), STYLES.share),
		total: (lastRow) => cell(lastRow + 1, shareOf(sumActive, sumPaid), STYLES.totalShare),
	};
}

/** 109 leaves out what a filter hides. */
function sumFormula(letter: string, lastRow: number, sum: number): StyledCell["value"] {
	return { formula: `SUBTOTAL(109,${letter}2:${letter}${lastRow})`, result: sum };
}

function shareOf(active: number | null, paid: number | null): number | null {
	return active === null || paid === null || paid === 0 ? null : active / paid;
}

/** Certainly over, possibly over, and under half even if nobody is counted twice. */
const CLIENT_FILLS: readonly ConditionalFill[] = (["G:D", "I:E", "K:F"] as const).flatMap((pair): readonly ConditionalFill[] => {
	const [least = "", paid = ""] = pair.split(":");
	const most = String.fromCharCode(least.charCodeAt(0) + 1);
	const known = `ISNUMBER($${paid}2),ISNUMBER($${least}2)`;
	return [
		{ columns: [least, most], formula: `AND(${known},$${least}2>$${paid}2)`, tone: "danger" },
		{ columns: [most, most], formula: `AND(${known},$${most}2>$${paid}2)`, tone: "warning" },
		{ columns: [least, most], formula: `AND(${known},$${most}2*2<$${paid}2)`, tone: "notice" },
	];
});
