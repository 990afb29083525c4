// What the requests about deployed settings, new instances and committed texts take and answer.

import type { Failure } from "./requests.ts";

/** What `usageReport/settingsScript` takes. */
export interface SettingsScriptParams {
	/** URI of a project or instance file. */
	readonly uri: string;
	readonly workDoneToken?: string | number;
}

/** A settings script. */
export interface SettingsScriptResult {
	readonly failed: false;
	/** T-SQL; lines end with LF. */
	readonly text: string;
	/** Limits that the script does not change because they must not be deployed, with the reasons in sentences. */
	readonly leftOut: readonly { readonly limit: string; readonly reasons: readonly string[] }[];
}

/** What `usageReport/importSettings` takes. */
export interface ImportSettingsParams {
	/** URI of the project's file, beside which new files come. */
	readonly project: string;
	/** The result of the script: cells separated by tabs, or CSV; with or without a header. */
	readonly text: string;
	readonly workDoneToken?: string | number;
}

/** What the import would change; nothing is written yet. */
export interface ImportSettingsResult {
	readonly failed: false;
	/** A `WorkspaceEdit` of the protocol with change annotations that ask for confirmation; null when nothing is to be changed. */
	readonly edit: object | null;
	/** URIs of the files that it creates. */
	readonly created: readonly string[];
	/** URIs of the files that it changes. */
	readonly changed: readonly string[];
	/** How many files have the deployed limits already. */
	readonly equal: number;
	/** Rows and instances that it does nothing for, each with the reason, in sentences. */
	readonly leftOut: readonly string[];
	/** All of that in numbers, in a sentence. */
	readonly summary: string;
}

/** What `usageReport/newInstance` takes. */
export interface NewInstanceParams {
	/** URI of the project's file. */
	readonly project: string;
	readonly name: string;
	/** Name of the file, without a folder; absent for one made from the name. */
	readonly fileName?: string;
	/** Files that its data comes from; without any, a person adds them later. */
	readonly data?: readonly NewInstanceData[];
	readonly workDoneToken?: string | number;
}

/** A file that becomes a data source; its columns, dates and characters are found by its beginning. */
export interface NewInstanceData {
	readonly provides: "devices" | "installations";
	/** URI. */
	readonly file: string;
}

/** A new instance, not written yet. */
export interface NewInstanceResult {
	readonly failed: false;
	/** URI of the file, which does not exist yet. */
	readonly uri: string;
	readonly fileName: string;
	readonly text: string;
	/** What could not be found out about its data and is left to a person, in sentences. */
	readonly open: readonly string[];
}

/** Why there cannot be such an instance. */
export interface NewInstanceFailure extends Failure {
	/** What one would have to change; null when it is neither. */
	readonly about: "name" | "fileName" | "data" | null;
}

/** What `usageReport/committedText` takes. */
export interface CommittedTextParams {
	/** URI of a configuration. */
	readonly uri: string;
	readonly workDoneToken?: string | number;
}

/** What the last commit has. */
export interface CommittedTextResult {
	readonly failed: false;
	readonly text: string;
}
