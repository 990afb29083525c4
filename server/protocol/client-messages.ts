// What the requests about the clients of a workspace, the server's own state, and new projects take and answer.

import type { Failure } from "./requests.ts";

/** A piece of a text as the protocol tells it: lines and characters from 0. */
export interface TextRange {
	readonly start: TextPosition;
	readonly end: TextPosition;
}

export interface TextPosition {
	readonly line: number;
	readonly character: number;
}

/** `usageReport/clients`: projects, instances, data sources and policies of the workspace, as they are known at once. Takes nothing. */
export const CLIENTS_REQUEST = "usageReport/clients";
/** `usageReport/clientsChanged` (notification, server to client, without parameters): what `usageReport/clients` and `usageReport/status` answer may differ now. */
export const CLIENTS_CHANGED_NOTIFICATION = "usageReport/clientsChanged";
/** `usageReport/status`: what the server knows, holds in memory, and does at present. Takes nothing. */
export const STATUS_REQUEST = "usageReport/status";
/** `usageReport/newProject`: the file of a new project. */
export const NEW_PROJECT_REQUEST = "usageReport/newProject";

/** The clients of a workspace; every list in the order in which people look names up. */
export interface ClientsResult {
	readonly failed: false;
	readonly clients: readonly ClientNode[];
	/** Instances whose project is not there, or is none. */
	readonly loose: readonly InstanceNode[];
}

/** A project. */
export interface ClientNode {
	readonly uri: string;
	/** The file's name where it has no title. */
	readonly title: string;
	readonly problems: ProblemCounts;
	/** How many subscriptions it has. */
	readonly subscriptions: number;
	readonly instances: readonly InstanceNode[];
	readonly sources: readonly SourceNode[];
}

/** An instance. */
export interface InstanceNode {
	readonly uri: string;
	/** The file's name where it has no name. */
	readonly name: string;
	readonly problems: ProblemCounts;
	readonly sources: readonly SourceNode[];
	readonly policies: readonly PolicyNode[];
	/** Installations as they were loaded last; null while that is not known. */
	readonly installations: number | null;
}

/** An entry of `dataSources`; in the order of the file. */
export interface SourceNode {
	readonly name: string;
	/** As the configuration says it, such as `installations`. */
	readonly provides: string;
	/** As the configuration says it, such as `csv`. */
	readonly type: string;
	/** Of its name. */
	readonly range: TextRange;
	/** URI of the file that it is read from; null for a database server. */
	readonly file: string | null;
	/** Name of the environment variable or secret with the connection; null for a file. */
	readonly connection: string | null;
	/** The gravest that is known to be wrong with the entry or its data; null when nothing is. */
	readonly problem: SourceProblem | null;
}

/** What is wrong with a source, in a sentence. */
export interface SourceProblem {
	readonly severity: "error" | "warning" | "information";
	readonly message: string;
}

/** A reclaim policy; in the order of the file. */
export interface PolicyNode {
	readonly name: string;
	/** Of its name. */
	readonly range: TextRange;
	readonly products: readonly string[];
	readonly categories: readonly string[];
	readonly action: "mandatory" | "optional";
	readonly state: "published" | "draft";
	readonly enabled: boolean;
	/** Published and enabled. */
	readonly inForce: boolean;
}

/** How many problems of these kinds are known of a file. */
export interface ProblemCounts {
	readonly errors: number;
	readonly warnings: number;
}

/** What `usageReport/status` answers. */
export interface StatusResult extends ProblemCounts {
	readonly failed: false;
	/** Projects of the workspace. */
	readonly clients: number;
	readonly instances: number;
	readonly loaded: LoadedAmount;
	/** Loads and computations that are under way. */
	readonly loading: number;
	/** What went wrong last in the server itself; null when nothing has. */
	readonly lastError: ServerFault | null;
}

/** What is held in memory. */
export interface LoadedAmount {
	/** Instances whose installations are. */
	readonly instances: number;
	readonly installations: number;
	/** Of all loaded data and what was computed from it. */
	readonly bytes: number;
}

/** Something that went wrong in the server. */
export interface ServerFault {
	/** One line; the log has more. */
	readonly message: string;
	/** ISO 8601, UTC. */
	readonly at: string;
}

/** What `usageReport/newProject` takes. Parts that are left out are not looked at yet, so that a person can be told at every step. */
export interface NewProjectParams {
	/** URI of the folder that the file comes into. */
	readonly folder: string;
	readonly title: string;
	/** Name of the file, without a folder; absent for one made from the title. */
	readonly fileName?: string;
	readonly subscription?: NewSubscription;
	readonly workDoneToken?: string | number;
}

/** The first subscription of a new project, as a person types it. */
export interface NewSubscription {
	readonly client: string;
	/** `YYYY-MM-DD`. */
	readonly renewalDate?: string;
	/** Whole numbers from 0. */
	readonly registeredUsers?: string;
	readonly enterpriseUsers?: string;
	readonly designerUsers?: string;
	/** Separated by commas, semicolons or lines. */
	readonly servers?: string;
}

/** A new project, not written yet. */
export interface NewProjectResult {
	readonly failed: false;
	/** URI of the file, which does not exist yet. */
	readonly uri: string;
	readonly fileName: string;
	readonly text: string;
}

/** Why there cannot be such a project. */
export interface NewProjectFailure extends Failure {
	/** What one would have to change. */
	readonly about: "title" | "fileName" | keyof NewSubscription;
}
