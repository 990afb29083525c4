import type { ConfigPath } from "../problems.ts";
import type { ConfigFile } from "./model.ts";
import { listAt, valueAt } from "./value-at.ts";

/** The keys of a subscription that say how many users are paid for. */
const USERS_KEYS = ["registeredUsers", "enterpriseUsers", "designerUsers"] as const;

/** A number of users as written, whether or not it is a possible one. */
export interface WrittenUsers {
	readonly key: (typeof USERS_KEYS)[number];
	/** Finite. */
	readonly users: number;
	readonly path: ConfigPath;
}

/** All numbers of users in a project's subscriptions, also in entries that are otherwise faulty; none for an instance. */
export function usersIn(file: ConfigFile): readonly WrittenUsers[] {
	if (file.model?.kind !== "project") return [];
	return listAt(file.tree, ["subscriptions"]).flatMap((entry, index) =>
		USERS_KEYS.flatMap((key) => {
			const users = valueAt(entry, [key]);
			return typeof users === "number" && Number.isFinite(users) ? [{ key, users, path: ["subscriptions", index, key] }] : [];
		}),
	);
}
