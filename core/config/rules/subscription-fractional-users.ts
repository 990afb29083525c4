import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { ConfigContext } from "../config-context.ts";
import { usersIn } from "../users-in.ts";

/**
 * | users of a subscription   | problem                         |
 * |---------------------------|---------------------------------|
 * | a whole number            | none                            |
 * | 0 and more, with a fraction | `subscription/fractional-users` |
 * | less than 0               | see `subscription/negative-users` |
 */
export function checkFractionalUsers(context: ConfigContext): readonly ConfigProblem[] {
	return usersIn(context.file)
		.filter(({ users }) => users >= 0 && !Number.isInteger(users))
		.map(({ key, users, path }) => ({
			code: "subscription/fractional-users",
			severity: "error",
			message: t`\`${key}\` is ${users}, but users are counted whole. Write the number in the client's contract.`,
			path,
			anchor: "value",
		}));
}
