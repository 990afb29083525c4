import type { ConfigProblem } from "../../problems.ts";
import { formatCount } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { usersIn } from "../users-in.ts";

/**
 * | users of a subscription | problem                       |
 * |-------------------------|-------------------------------|
 * | 0 and more              | none                          |
 * | less than 0             | `subscription/negative-users` |
 */
export function checkNegativeUsers(context: ConfigContext): readonly ConfigProblem[] {
	return usersIn(context.file)
		.filter(({ users }) => users < 0)
		.map(({ key, users, path }) => ({
			code: "subscription/negative-users",
			severity: "error",
			message: t`\`${key}\` is ${formatCount(users)}. Write the number of users that the client pays for; 0 when there are none.`,
			path,
			anchor: "value",
		}));
}
