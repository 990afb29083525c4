import { findDeployedLimits } from "../../core/config/deployed-limits.ts";
import { fileNameOf } from "../../core/config/file-names.ts";
import type { DataSource, Instance, Project } from "../../core/config/model.ts";
import type { SettingRow } from "../../core/loading/load-settings.ts";
import { t } from "../../core/texts/translate.ts";
import { LIMIT_NAMES, type LimitName, type Limits } from "../../core/usage/limits.ts";
import { lineOfRecord } from "../data/line-of-record.ts";
import { type LinkedData, sourcesOf } from "../data/linked-data.ts";
import type { FileAccess } from "../file-access.ts";
import { type Failure, fail, failedSources, findFaultyEntries } from "../run-failure.ts";
import type { WorkspaceFile } from "../workspace-file.ts";

/** Deployed settings of one file. */
export interface DeployedSettings {
	readonly limits: Limits;
	/** The configuration whose data source has the rows: the instance's own or its project's. */
	readonly file: WorkspaceFile;
	/** All rows of that configuration's sources. */
	readonly rows: readonly SettingRow[];
	/** Where each limit stands. */
	readonly places: { readonly [name in LimitName]: DeployedPlace };
}

/** Rows that speak of a file, and from which its limits cannot be taken. */
export interface UnusableSettings {
	/** The configuration whose data source has the rows. */
	readonly file: WorkspaceFile;
	/** What is wrong with them, as a part of a sentence about them. */
	readonly why: string;
	/** Those that one would look at. */
	readonly rows: readonly SettingRow[];
}

/** A row of deployed settings. */
export interface DeployedPlace {
	readonly source: DataSource;
	readonly row: number;
	/** URI of the source's file, and the line that the row begins on, counted from 0; null where the source is no text. */
	readonly text: { readonly uri: string; readonly line: number } | null;
}

/** What deployed settings are found with. */
export interface DeployedSettingsContext {
	readonly access: FileAccess;
	readonly data: LinkedData;
	readonly resolve: (from: string, relativePath: string) => string;
	readonly file: (uri: string) => WorkspaceFile | null;
}

/**
 * The deployed limits of an instance or a project: the file's own settings rows decide, and those of its project where they say nothing about it.
 * @throws `signal.reason` when aborted.
 */
export async function findDeployedSettings(
	context: DeployedSettingsContext,
	file: WorkspaceFile,
	model: Instance | Project,
	signal: AbortSignal,
): Promise<DeployedSettings | (Failure & { readonly unusable?: UnusableSettings })> {
	const projectFile = model.kind === "project" || model.project === null ? null : context.file(context.resolve(file.uri, model.project));
	const files = [file, ...(projectFile === null || projectFile.uri === file.uri ? [] : [projectFile])].filter(providesSettings);
	if (files.length === 0) {
		return fail(
			t`Nothing tells which limits are deployed for ${fileNameOf(file.uri)}.`,
			t`Add a data source that provides settings, with the rows of the product's database, to it${model.kind === "project" ? "" : t(" or to its project")}.`,
		);
	}
	const silent: string[] = [];
	for (const provider of files) {
		const unusable = findFaultyEntries(provider, ["settings"]);
		if (unusable !== null) return unusable;
		const loaded = await context.data.loadSettings(provider, signal);
		signal.throwIfAborted();
		if (loaded.value === null) return failedSources(provider, loaded.failures);
		const found = findDeployedLimits(rowsAbout(model, loaded.value), subjectOf(model));
		if (found.limits !== null) {
			return { limits: found.limits, file: provider, rows: loaded.value, places: await findPlaces(context, provider, found.rows) };
		}
		const message = t`The settings rows of ${fileNameOf(provider.uri)} ${found.why}.`;
		if (!found.noRows) return { ...fail(message), unusable: { file: provider, why: found.why, rows: found.faulty } };
		silent.push(message);
	}
	return fail(
		...silent,
		model.kind === "project"
			? t("Check the title of the project and where the rows come from.")
			: t("Check the name of the instance and where the rows come from."),
	);
}

/** Whether a file links to deployed settings, or an entry that cannot be read may do so. */
export function providesSettings(file: WorkspaceFile): boolean {
	return sourcesOf(file).some(({ provides }) => provides === "settings") || findFaultyEntries(file, ["settings"]) !== null;
}

/** A row with the number of an instance is no project's, whatever its title. */
function rowsAbout(model: Instance | Project, rows: readonly SettingRow[]): readonly SettingRow[] {
	return model.kind === "project" ? rows.filter(({ instanceId }) => instanceId === null) : rows;
}

function subjectOf(model: Instance | Project): { readonly name: string; readonly instanceId: number | null } {
	return model.kind === "project"
		? { name: model.title ?? "", instanceId: null }
		: { name: model.name ?? "", instanceId: model.instanceId };
}

async function findPlaces(
	{ access }: DeployedSettingsContext,
	provider: WorkspaceFile,
	rows: { readonly [name in LimitName]: SettingRow },
): Promise<DeployedSettings["places"]> {
	const texts = new Map<string, string | null>();
	const places = new Map<LimitName, DeployedPlace>();
	for (const name of LIMIT_NAMES) {
		const { row, sourceIndex } = rows[name];
		const source = sourcesOf(provider).find(({ index }) => index === sourceIndex)!;
		const uri = source.type === "csv" && source.path !== null ? access.toUri(access.resolvePath(provider.uri, source.path)) : null;
		if (uri !== null && !texts.has(uri)) texts.set(uri, await access.readText(uri));
		const text = uri === null ? null : (texts.get(uri) ?? null);
		const line = text === null ? null : lineOfRecord(text, row, source.delimiter);
		places.set(name, { source, row, text: uri === null || line === null ? null : { uri, line } });
	}
	return Object.fromEntries(places) as DeployedSettings["places"];
}
