import type { LimitName } from "../usage/limits.ts";
import type { SettingsOwner } from "./settings-tables.ts";

/** The deployment of one limit. */
export interface LimitDeployment {
	readonly limit: LimitName;
	/** Days; null when the configuration has no value that can be used. */
	readonly configured: number | null;
	/** What is surely or probably deployed now; null when nothing tells, and the script has to look. */
	readonly before: KnownValue | null;
	/** Why this limit must not be deployed, in sentences; empty when it may be. */
	readonly objections: readonly string[];
}

/** A limit's value before a change. */
export interface KnownValue {
	/** Days. */
	readonly value: number;
	/** Whether the value came from the product's database; only then is an equal one known to need no change. */
	readonly isDeployed: boolean;
	/** Who says so, such as `the settings rows of emea.usage.yaml`. */
	readonly source: string;
}

/** What a settings script is made from. */
export interface SettingsDeployment {
	/** Has a name, a number or both. */
	readonly owner: SettingsOwner;
	/** Of an instance, the project that it belongs to; null when it is not known, and for projects. */
	readonly project: SettingsOwner | null;
	/** Name of the configuration, without its folder. */
	readonly fileName: string;
	/** All three, in the order of `LIMIT_NAMES`. */
	readonly limits: readonly LimitDeployment[];
	/** Why none of the limits must be deployed, in sentences; empty when they may be. */
	readonly objections: readonly string[];
	/** What the person who reviews the changes should know besides, in sentences. */
	readonly notes: readonly string[];
}
