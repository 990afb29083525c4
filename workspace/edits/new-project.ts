import { fileNameOf } from "../../core/config/file-names.ts";
import { foldName } from "../../core/config/fold-name.ts";
import { parseDay } from "../../core/dates/day-number.ts";
import { type InstantMs, utcDayOf } from "../../core/dates/instant.ts";
import { t } from "../../core/texts/translate.ts";
import { DEFAULT_LIMITS } from "../../core/usage/limits.ts";
import type { Workspace } from "../workspace.ts";
import { composeConfig } from "./compose-config.ts";
import { configNameFor, findFaultyName, findFreeName, isTaken, uriBeside } from "./new-file-names.ts";

/** What a person has said so far of a new project; what is absent was not asked yet. */
export interface ProjectDraft {
	/** URI of the folder. */
	readonly folder: string;
	readonly title: string;
	/** Absent for one made from the title. */
	readonly fileName?: string;
	readonly subscription?: SubscriptionDraft;
}

/** The first subscription, as it is typed. */
export interface SubscriptionDraft {
	readonly client: string;
	readonly renewalDate?: string;
	readonly registeredUsers?: string;
	readonly enterpriseUsers?: string;
	readonly designerUsers?: string;
	readonly servers?: string;
}

/** A new project, not written yet. */
export interface NewProject {
	readonly failed: false;
	/** Of a file in the folder that does not exist. */
	readonly uri: string;
	readonly fileName: string;
	readonly text: string;
}

/** Why there cannot be such a project. */
export interface NewProjectFailure {
	readonly failed: true;
	readonly message: string;
	/** What a person would change. */
	readonly about: DraftPart;
}

type DraftPart = "title" | "fileName" | keyof SubscriptionDraft;

/**
 * The file of a new project with the vendor's default limits. The first part of the draft that cannot stay as it is makes it fail; a renewal within
 * the next weeks can, though the file's own check will speak of it.
 */
export async function composeNewProject(
	workspace: Workspace,
	now: InstantMs,
	draft: ProjectDraft,
): Promise<NewProject | NewProjectFailure> {
	const title = oneLine(draft.title);
	const faultyTitle = findFaultyTitle(workspace, title);
	if (faultyTitle !== null) return refuse("title", faultyTitle);
	const beside = draft.folder.endsWith("/") ? draft.folder : `${draft.folder}/`;
	const fileName = draft.fileName?.trim() ?? (await findFreeName(workspace, beside, configNameFor(title)));
	const uri = workspace.canonicalUri(uriBeside(beside, fileName));
	const faultyName = findFaultyName(fileName);
	if (faultyName !== null) return refuse("fileName", faultyName);
	if (await isTaken(workspace, uri)) return refuse("fileName", t`There is a file ${fileName} already. Choose another name.`);
	const { subscription } = draft;
	const faulty = subscription === undefined ? null : findFaultyPart(workspace, now, subscription);
	return faulty ?? { failed: false, uri, fileName, text: composeText(title, subscription) };
}

function findFaultyTitle(workspace: Workspace, title: string): string | null {
	if (title === "") return t("A project needs a title.");
	const twin = workspace.uris().find((uri) => {
		const model = workspace.file(uri)?.steadyConfig.model ?? null;
		return model?.kind === "project" && model.title !== null && foldName(model.title) === foldName(title);
	});
	return twin === undefined ? null : t`${fileNameOf(twin)} has this title already. Each project of a workspace needs a title of its own.`;
}

function findFaultyPart(workspace: Workspace, now: InstantMs, draft: SubscriptionDraft): NewProjectFailure | null {
	if (oneLine(draft.client) === "") return refuse("client", t("A subscription needs the client's name, as in the contract."));
	const faultyDate = draft.renewalDate === undefined ? null : findFaultyDate(draft.renewalDate.trim(), now);
	if (faultyDate !== null) return refuse("renewalDate", faultyDate);
	for (const part of USERS) {
		const written = draft[part];
		if (written !== undefined && readUsers(written) === null)
			return refuse(part, t("Write a whole number from 0, without separators, such as 250."));
	}
	const faultyServers = draft.servers === undefined ? null : findFaultyServers(workspace, listServers(draft.servers));
	return faultyServers === null ? null : refuse("servers", faultyServers);
}

const USERS = ["registeredUsers", "enterpriseUsers", "designerUsers"] as const;

function findFaultyDate(text: string, now: InstantMs): string | null {
	const day = parseDay(text);
	if (day === null) return t("Write the date as year, month and day, such as 2027-03-31.");
	return day < utcDayOf(now) ? t`${text} has passed. Write the date of the next renewal.` : null;
}

function readUsers(text: string): number | null {
	const digits = text.trim();
	if (!/^\d+$/.test(digits)) return null;
	const users = Number(digits);
	return Number.isSafeInteger(users) ? users : null;
}

function listServers(text: string): readonly string[] {
	return text
		.split(/[,;\r\n]/)
		.map(oneLine)
		.filter((name) => name !== "");
}

function findFaultyServers(workspace: Workspace, servers: readonly string[]): string | null {
	if (servers.length === 0) return t("A subscription needs at least one server, by the name that it has in the usage log.");
	const seen = new Set<string>();
	for (const server of servers) {
		if (seen.has(foldName(server))) return t`${server} is named twice.`;
		seen.add(foldName(server));
	}
	for (const uri of workspace.uris()) {
		const model = workspace.file(uri)?.steadyConfig.model ?? null;
		for (const { client, servers: taken } of model?.kind === "project" ? model.subscriptions : []) {
			const twin = taken.find((server) => seen.has(foldName(server)));
			if (twin !== undefined)
				return t`${twin} is in the subscription of ${client} already, in ${fileNameOf(uri)}. A server is in one subscription.`;
		}
	}
	return null;
}

function composeText(title: string, subscription: SubscriptionDraft | undefined): string {
	return composeConfig(
		{
			kind: "project",
			title,
			usageCategory: { ...DEFAULT_LIMITS },
			subscriptions: subscription === undefined ? undefined : [toEntry(subscription)],
		},
		["A new project with the vendor's default limits, in days. Add the weekly usage log as a data source that provides usageLog."],
	);
}

function toEntry({ client, renewalDate, servers, ...users }: SubscriptionDraft): Readonly<Record<string, unknown>> {
	const counts = USERS.flatMap((part) => {
		const written = users[part];
		return written === undefined ? [] : [[part, readUsers(written)] as const];
	});
	return {
		client: oneLine(client),
		...(renewalDate === undefined ? {} : { renewalDate: renewalDate.trim() }),
		...Object.fromEntries(counts),
		...(servers === undefined ? {} : { servers: listServers(servers) }),
	};
}

/** Without line breaks and other control characters, which nobody means to be in a name. */
function oneLine(text: string): string {
	return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

function refuse(about: DraftPart, message: string): NewProjectFailure {
	return { failed: true, message, about };
}
