import type { LimitName } from "../usage/limits.ts";

/** Identity of a configuration file: its URI. */
export type FileId = string;

/** Data that one source can provide; which of them a file may use depends on its kind. */
export type Provides = "devices" | "installations" | "settings" | "usageLog" | "userActivity";

/** Kinds of data source. */
export type SourceType = "csv" | "excel" | "sqlite" | "parquet" | "postgres" | "sqlserver" | "clickhouse";

/** How dates are written in a source; a time of day may follow the date. */
export type DateFormat = "iso" | "dd/MM/yyyy" | "MM/dd/yyyy" | "yyyy/MM/dd" | "epochSeconds" | "epochMilliseconds" | "excelSerial";

/** One entry of `dataSources`, with defaults applied; entries without a usable name, provides or type do not become one. */
export interface DataSource {
	/** Place in the file's `dataSources` list, for problems. */
	readonly index: number;
	readonly name: string;
	readonly provides: Provides;
	readonly type: SourceType;
	readonly connector: string | null;
	readonly path: string | null;
	readonly connection: string | null;
	readonly table: string | null;
	readonly query: string | null;
	readonly sheet: string | null;
	/** Our column name → the source's column name, as written; names that are not mapped are matched by {@link "../loading/column-mapping.ts"}. */
	readonly columns: Readonly<Record<string, string>>;
	readonly dateFormat: DateFormat;
	/** IANA name for dates without an offset. */
	readonly timeZone: string;
	readonly delimiter: string;
	readonly encoding: string;
	/** Whether the first record of a CSV file names the columns. */
	readonly header: boolean;
}

/** Limits as written: whatever is valid of them; a missing or faulty one is absent. */
export type WrittenLimits = { readonly [name in LimitName]?: number };

/** The vendor's advice that allows one limit to have one value. */
export interface LimitAdvice {
	readonly index: number;
	readonly limit: LimitName;
	/** Days. */
	readonly value: number;
	readonly reference: string | null;
	/** `YYYY-MM-DD` as written. */
	readonly date: string | null;
	/** Up to how many installations a change to this value may newly expose to mandatory reclaim policies; null where nobody accepted any. */
	readonly accepted: { readonly installations: number; readonly date: string | null } | null;
}

/** What one client pays for, and the servers that may be used for it. */
export interface Subscription {
	readonly index: number;
	readonly client: string;
	/** `YYYY-MM-DD`; null when missing or not a date. */
	readonly renewalDate: string | null;
	/** Users paid for; null when missing or faulty. */
	readonly registeredUsers: number | null;
	readonly enterpriseUsers: number | null;
	readonly designerUsers: number | null;
	readonly servers: readonly string[];
}

/** A product whose usage is that of its components. */
export interface Bundle {
	readonly index: number;
	readonly name: string;
	readonly components: readonly string[];
}

/** A rule of the client by which installations are uninstalled. */
export interface ReclaimPolicy {
	readonly index: number;
	readonly name: string;
	/** Patterns: `*` matches any run of characters, case is ignored. */
	readonly products: readonly string[];
	readonly categories: readonly ("Unused" | "Rarely Used")[];
	readonly action: "mandatory" | "optional";
	readonly state: "published" | "draft";
	readonly enabled: boolean;
}

/** Price of one installation of the products that a pattern matches. */
export interface UnitPrice {
	readonly index: number;
	readonly products: readonly string[];
	readonly price: number;
	readonly currency: string;
}

/** The valid content of a `kind: project` file; null or an empty list where it says nothing usable. */
export interface Project {
	readonly kind: "project";
	readonly title: string | null;
	readonly projectId: number | null;
	readonly limits: WrittenLimits | null;
	readonly limitAdvice: readonly LimitAdvice[];
	readonly subscriptions: readonly Subscription[];
	readonly dataSources: readonly DataSource[];
}

/** The valid content of a `kind: instance` file; null or an empty list where it says nothing usable. */
export interface Instance {
	readonly kind: "instance";
	readonly name: string | null;
	readonly instanceId: number | null;
	/** Path of the project's file, relative to this one, as written. */
	readonly project: string | null;
	/** ISO 8601 instant as written; null means now. */
	readonly asOf: string | null;
	readonly limits: WrittenLimits | null;
	readonly limitAdvice: readonly LimitAdvice[];
	readonly dataSources: readonly DataSource[];
	readonly bundles: readonly Bundle[];
	readonly reclaimPolicies: readonly ReclaimPolicy[];
	readonly unitPrices: readonly UnitPrice[];
}

/** One configuration file as the rules see it. */
export interface ConfigFile {
	readonly id: FileId;
	/** The plain tree of the YAML document, also where it is faulty. */
	readonly tree: unknown;
	/** Null when `kind` is missing or unknown. */
	readonly model: Project | Instance | null;
}
