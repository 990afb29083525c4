import * as vscode from "vscode";
import { EXPORT_PREVIEW_REQUEST, EXPORT_REPORT_REQUEST, type ExportParams, type ExportResult } from "../../server/protocol/requests.ts";
import { isShownRows, type ShownRows } from "../webviews/messages.ts";
import { isFiltering, isReportFilter, type ReportFilter } from "../webviews/report/report-filter.ts";
import { chooseInstance, chooseProjects } from "./choose-config.ts";
import type { CommandContext } from "./command-context.ts";

/**
 * Writes the categorized installations of an instance to a file, whose ending says as what; asks where unless a target is given. Null when nothing
 * was written.
 * @param shown the installations that a view shows; all of them when it is nothing of the kind.
 */
export async function exportPreview(
	context: CommandContext,
	argument: unknown,
	target: unknown,
	shown: unknown,
): Promise<ExportResult | null> {
	const instance = await chooseInstance(context, argument);
	if (instance === null) return null;
	return exportFile(context, {
		request: EXPORT_PREVIEW_REQUEST,
		endings: ["xlsx", "csv", "ndjson"],
		uris: [instance.uri],
		fileName: vscode.l10n.t("{0} – categorized installs", instance.name),
		target: target instanceof vscode.Uri ? target : null,
		shown: isShownRows(shown) ? shown : {},
	});
}

/**
 * Writes the usage report of one project or of all to a file, as {@link exportPreview} does.
 * @param filter which servers a view shows; all of them when it is nothing of the kind.
 */
export async function exportReport(
	context: CommandContext,
	argument: unknown,
	target: unknown,
	filter: unknown,
): Promise<ExportResult | null> {
	const projects = await chooseProjects(context, argument);
	if (projects === null) return null;
	return exportFile(context, {
		request: EXPORT_REPORT_REQUEST,
		endings: ["xlsx", "csv"],
		uris: projects.uris,
		fileName: projects.name === null ? vscode.l10n.t("Usage report") : vscode.l10n.t("{0} – usage report", projects.name),
		target: target instanceof vscode.Uri ? target : null,
		...(isReportFilter(filter) && isFiltering(filter) ? { filter } : {}),
	});
}

/** What an export can be written as, by the ending of its file's name. */
type Ending = "xlsx" | "csv" | "ndjson";

interface FileExport {
	readonly request: string;
	/** The first one is proposed. */
	readonly endings: readonly [Ending, ...Ending[]];
	readonly uris: readonly vscode.Uri[];
	/** Proposed name without date and ending. */
	readonly fileName: string;
	readonly target: vscode.Uri | null;
	/** Which installations of a preview; absent for what has none. */
	readonly shown?: ShownRows;
	/** Which servers of a report; absent for all of them. */
	readonly filter?: ReportFilter;
}

const LAST_FOLDER = "usageReport.lastExportFolder";

async function exportFile(context: CommandContext, asked: FileExport): Promise<ExportResult | null> {
	const target = asked.target ?? (await askTarget(context, asked));
	if (target === null) return null;
	const name = baseName(target);
	const title = vscode.l10n.t("Writing {0}", name);
	const servers = asked.filter === undefined ? {} : { filter: asked.filter };
	const params: ExportParams = { ...asked.shown, ...servers, uris: asked.uris.map((uri) => uri.toString()), file: target.fsPath };
	const answer = await vscode.window.withProgress(
		{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
		(progress, token) => context.client.ask<ExportResult>(asked.request, params, token, (message) => progress.report({ message })),
	);
	if (answer === null) {
		void vscode.window.showInformationMessage(vscode.l10n.t("Cancelled. {0} was not written.", name));
		return null;
	}
	if (answer.failed) {
		void offerRetry(context, asked, answer.message);
		return null;
	}
	await context.memory.update(LAST_FOLDER, vscode.Uri.joinPath(target, "..").toString());
	void offerToOpen(target, answer.rows);
	return answer;
}

async function askTarget(context: CommandContext, asked: FileExport): Promise<vscode.Uri | null> {
	const remembered = context.memory.get<string>(LAST_FOLDER);
	const [first] = asked.uris;
	const folder =
		remembered !== undefined
			? vscode.Uri.parse(remembered)
			: first !== undefined
				? vscode.Uri.joinPath(first, "..")
				: vscode.workspace.workspaceFolders?.[0]?.uri;
	const fileName = `${safeFileName(asked.fileName)} ${today()}.${asked.endings[0]}`;
	const chosen = await vscode.window.showSaveDialog({
		title: vscode.l10n.t("Export"),
		saveLabel: vscode.l10n.t("Export"),
		filters: Object.fromEntries(asked.endings.map((ending) => [nameFormat(ending), [ending]])),
		...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
	});
	if (chosen === undefined) return null;
	if (chosen.scheme !== "file") {
		void vscode.window.showErrorMessage(vscode.l10n.t("A file can be exported to a folder of this machine only. Choose another place."));
		return null;
	}
	if (asked.endings.some((ending) => chosen.path.toLowerCase().endsWith(`.${ending}`))) return chosen;
	const completed = chosen.with({ path: `${chosen.path}.${asked.endings[0]}` });
	return (await mayBeReplaced(completed)) ? completed : null;
}

function nameFormat(ending: Ending): string {
	switch (ending) {
		case "xlsx":
			return vscode.l10n.t("Excel workbook");
		case "csv":
			return vscode.l10n.t("CSV (comma separated)");
		case "ndjson":
			return vscode.l10n.t("NDJSON (a line of JSON per row)");
	}
}

/** The dialog asks this of the name that was typed; when that is completed, it has to be asked of the complete one. */
async function mayBeReplaced(file: vscode.Uri): Promise<boolean> {
	const isThere = await vscode.workspace.fs.stat(file).then(
		() => true,
		() => false,
	);
	if (!isThere) return true;
	const replace = vscode.l10n.t("Replace");
	const question = vscode.l10n.t("{0} is already there. Replace it?", baseName(file));
	return (await vscode.window.showWarningMessage(question, { modal: true }, replace)) === replace;
}

async function offerToOpen(file: vscode.Uri, rows: number): Promise<void> {
	const open = vscode.l10n.t("Open");
	const reveal = vscode.l10n.t("Reveal in Folder");
	const text = vscode.l10n.t(
		"{0} was written with {1} rows.",
		baseName(file),
		rows.toLocaleString(vscode.l10n.bundle === undefined ? "en" : vscode.env.language),
	);
	// In a browser the file lies on another machine, where no program and no file manager can be started.
	const onThisMachine = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
	const inWorkspace = vscode.workspace.getWorkspaceFolder(file) !== undefined;
	const choice = await vscode.window.showInformationMessage(
		text,
		...(onThisMachine ? [open] : []),
		...(onThisMachine || inWorkspace ? [reveal] : []),
	);
	// Few systems have a program for lines of JSON; the editor shows them.
	if (choice === open && file.path.endsWith(".ndjson")) await vscode.commands.executeCommand("vscode.open", file);
	else if (choice === open) await vscode.env.openExternal(file);
	if (choice === reveal) await vscode.commands.executeCommand(onThisMachine ? "revealFileInOS" : "revealInExplorer", file);
}

async function offerRetry(context: CommandContext, asked: FileExport, message: string): Promise<void> {
	const anotherName = vscode.l10n.t("Choose Another Name…");
	const choice = await vscode.window.showErrorMessage(message, anotherName);
	if (choice === anotherName) await exportFile(context, { ...asked, target: null });
}

/** A name without the characters that some file system refuses. */
function safeFileName(name: string): string {
	return (
		name
			.replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ")
			.replace(/\s+/g, " ")
			.trim()
			.slice(0, 120) || "usage"
	);
}

/** Today where the person sits, `YYYY-MM-DD`. */
function today(): string {
	const now = new Date();
	return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

function baseName(uri: vscode.Uri): string {
	return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
