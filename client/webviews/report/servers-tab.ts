import { html, type TemplateResult } from "lit";
import type { ReportRow } from "../../../server/protocol/report-messages.ts";
import { sparkline } from "../shared/charts/sparkline.ts";
import { createDataTable } from "../shared/data-table/data-table.ts";
import type { DataColumn, TableSort } from "../shared/data-table/table-options.ts";
import { formatCount, formatDifference, formatInstant } from "../shared/format.ts";
import type { Localize } from "../shared/localize.ts";
import { flagList } from "./flag-list.ts";
import { flagText } from "./flags.ts";
import { isFiltering, NO_FILTER } from "./report-filter.ts";
import type { ReportSort } from "./report-order.ts";
import { keyOfRow, type ReportContext } from "./report-state.ts";
import { historyWords, projectionWords, type UserKind, utilisationWords } from "./report-words.ts";
import { useBar } from "./use-bar.ts";

/** Rows are as high as two lines of flags need. */
const ROW_HEIGHT = 46;

/** The table of servers. */
export interface ServersTable {
	readonly element: HTMLElement;
	/** Opens the menu of columns. */
	readonly columnsButton: HTMLElement;
	/** Shows the rows that the state has now. */
	update(): void;
	focus(): void;
}

/** The report itself: one row per client server that the filter shows, in the order that is chosen. `attempt` tells the person when something fails. */
export function createServersTable({ host, l10n, state }: ReportContext, attempt: (what: Promise<unknown>) => void): ServersTable {
	const open = ({ client, server, renewalDate }: ReportRow) => state.change({ opened: { client, server, renewalDate } });
	const table = createDataTable<ReportRow>({
		host,
		l10n,
		name: "servers",
		label: l10n.t("Servers"),
		columns: serverColumns(() => state.current.report.asOf, open, l10n),
		rowHeight: ROW_HEIGHT,
		rowKey: keyOfRow,
		emptyText: () => emptyWords({ host, l10n, state }),
		rowClass: (row) => (state.current.opened !== null && keyOfRow(row) === keyOfRow(state.current.opened) ? "server opened" : "server"),
		sorted: ({ column, descending }) => state.change({ sort: { by: column as ReportSort["by"], descending } }),
		open,
		commands: (row) => [
			{ label: l10n.t("Show Detail"), run: () => open(row) },
			...(row.project === null || row.client === null
				? []
				: [
						{
							label: l10n.t("Open Subscription"),
							run: () => attempt(host.ask("openSubscription", { uri: row.project ?? "", client: row.client ?? "", server: row.server })),
						},
					]),
			...(row.client === null
				? []
				: [
						{
							label: l10n.t("Show Only This Client"),
							run: () => state.change({ filter: { ...state.current.filter, clients: [row.client ?? ""] } }),
						},
					]),
		],
		describeTotal: (total) =>
			isFiltering(state.current.filter)
				? l10n.t("{0} of {1} servers", formatCount(total), formatCount(state.current.report.rows.length))
				: l10n.t("{0} servers", formatCount(total)),
		drawn(rows, total) {
			host.send({ type: "rendered", table: "servers", rows, total });
		},
	});
	let shown: readonly ReportRow[] | null = null;
	return {
		element: table.element,
		columnsButton: table.columnsButton,
		update() {
			if (shown === state.shown) return table.redraw();
			shown = state.shown;
			table.setRows(shown, tableSort(state.current.sort));
		},
		focus: () => table.focus(),
	};
}

function tableSort(sort: ReportSort | null): TableSort | null {
	return sort === null ? null : { column: sort.by, descending: sort.descending };
}

/** Why there are no rows, and what helps. */
function emptyWords({ l10n, state }: ReportContext): string | TemplateResult {
	const { report } = state.current;
	if (report.rows.length > 0) {
		return html`<p>${l10n.t("No server matches the filters.")}</p>
			<button type="button" class="link" @click=${() => state.change({ filter: NO_FILTER })}>${l10n.t("Clear filters")}</button>`;
	}
	return report.clients.length === 0
		? l10n.t("No project has a subscription, and no usage log was found. Add subscriptions and a usageLog data source to a project file.")
		: l10n.t("The subscriptions name no server, and no usage log was found. Add servers to the subscriptions, and a usageLog data source.");
}

function serverColumns(asOf: () => string, open: (row: ReportRow) => void, l10n: Localize): readonly DataColumn<ReportRow>[] {
	const use = (id: UserKind, header: string): DataColumn<ReportRow> => ({
		id,
		header,
		explanation: l10n.t("Active users of the latest log, and users that the subscription pays for. Sorts by the share that is used."),
		weight: 8,
		minWidth: 104,
		text: (row) => utilisationWords(row, id, l10n),
		cell: (row) => useBar(row, id, l10n),
		sort: "descending",
	});
	const figure = (id: NumberColumn, header: string, explanation: string): DataColumn<ReportRow> => ({
		id,
		header,
		explanation,
		weight: 6,
		minWidth: 96,
		numeric: true,
		hidden: true,
		text: (row) => formatCount(row[id]),
		sort: "descending",
	});
	const paid = l10n.t("Users that the whole subscription pays for");
	const active = l10n.t("Active users of the server's latest log");
	return [
		{ id: "client", header: l10n.t("Client"), weight: 14, minWidth: 130, text: (row) => row.client ?? "–", sort: "ascending" },
		{
			id: "server",
			header: l10n.t("Server"),
			weight: 14,
			minWidth: 130,
			isRowHeader: true,
			text: (row) => row.server,
			activate: (row) => () => open(row),
			sort: "ascending",
		},
		{
			id: "flags",
			header: l10n.t("Flags"),
			weight: 20,
			minWidth: 170,
			text: (row) =>
				row.flags.map((name, index) => l10n.t("{0}: {1}", flagText(name, l10n).label, row.flagDetails[index] ?? "")).join("\n"),
			cell: (row) => flagList(row, l10n),
			sort: "descending",
		},
		{
			id: "renewalDate",
			header: l10n.t("Renewal Date"),
			weight: 5,
			minWidth: 104,
			text: (row) => row.renewalDate ?? "–",
			sort: "ascending",
		},
		use("registered", l10n.t("Registered, active / paid")),
		use("enterprise", l10n.t("Enterprise, active / paid")),
		use("designers", l10n.t("Designers, active / paid")),
		{
			id: "trend",
			header: l10n.t("Trend"),
			explanation: l10n.t(
				"Active Registered users of the last 26 weeks; a week without a log is a gap. Dashed: what is paid for. Sorts by the gain per week.",
			),
			weight: 5,
			minWidth: 104,
			text: (row) => `${historyWords(row.history.registered, l10n)}\n${projectionWords(row, "registered", asOf(), l10n).sentence}`,
			cell: (row) =>
				sparkline(row.history.registered, { label: historyWords(row.history.registered, l10n), reference: row.registeredUsers }),
			sort: "descending",
		},
		{
			id: "weeklyDifference",
			header: l10n.t("Weekly Difference"),
			explanation: l10n.t("Active Registered of the latest log minus that of the week directly before; empty without such a log"),
			weight: 6,
			minWidth: 90,
			numeric: true,
			text: (row) => formatDifference(row.weeklyDifference),
			sort: "descending",
		},
		{
			id: "lastUpdate",
			header: l10n.t("Last Update"),
			weight: 5,
			minWidth: 160,
			text: (row) => formatInstant(row.lastUpdate),
			sort: "descending",
		},
		figure("registeredUsers", l10n.t("Registered Users"), paid),
		figure("enterpriseUsers", l10n.t("Enterprise Users"), paid),
		figure("designerUsers", l10n.t("Designer Users"), paid),
		figure("activeRegistered", l10n.t("Active Registered"), active),
		figure("activeEnterprise", l10n.t("Active Enterprise"), active),
		figure("activeDesigners", l10n.t("Active Designers"), active),
	];
}

type NumberColumn = "registeredUsers" | "enterpriseUsers" | "designerUsers" | "activeRegistered" | "activeEnterprise" | "activeDesigners";
