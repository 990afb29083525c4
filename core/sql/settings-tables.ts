import { sqlText } from "./sql-text.ts";

/** The group that the three limits are settings of. */
export const USAGE_GROUP = "UsageCategory";

/** A project or an instance, as the product's database knows it. */
export interface SettingsOwner {
	readonly kind: "project" | "instance";
	/** Its title or name; null when the configuration has none. */
	readonly name: string | null;
	/** Its number; null when the configuration has none. */
	readonly id: number | null;
}

/** Names in the product's database, in brackets. */
export interface SettingsTables {
	readonly owners: string;
	/** Has the columns `[Group]`, `[Name]` and `[Value]`, and the number of the owner. */
	readonly settings: string;
	readonly id: string;
	/** Column with the name of the owner. */
	readonly name: string;
	/** What that column is called in results. */
	readonly title: string;
}

/** Where the limits of projects and of instances stand. */
export const TABLES: { readonly [kind in SettingsOwner["kind"]]: SettingsTables } = {
	project: { owners: "[Project]", settings: "[ProjectSetting]", id: "[ProjectID]", name: "[Title]", title: "[ProjectTitle]" },
	instance: { owners: "[Instance]", settings: "[InstanceSetting]", id: "[InstanceID]", name: "[Name]", title: "[InstanceName]" },
};

/** The conditions that select the rows of an owner: by its number, or else by its name; none when it has neither. */
export function selectsOwner({ kind, name, id }: SettingsOwner, alias: string): readonly string[] {
	const tables = TABLES[kind];
	if (id !== null) return [`${alias}.${tables.id} = ${id}`];
	return name === null ? [] : [`${alias}.${tables.name} = ${sqlText(name)}`];
}
