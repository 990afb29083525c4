import type { ConfigFix, ConfigPath, ConfigProblem, RelatedPlace } from "../../problems.ts";
import type { ConfigContext } from "../config-context.ts";
import { fileNameOf } from "../file-names.ts";
import { foldName } from "../fold-name.ts";
import type { ConfigFile, FileId } from "../model.ts";
import { textsAt } from "../value-at.ts";

/**
 * | a server is also named                        | problem                         | where                    |
 * |-----------------------------------------------|---------------------------------|--------------------------|
 * | earlier in the same subscription              | `subscription/duplicate-server` | at the later mention     |
 * | earlier in another subscription of the file   | `subscription/duplicate-server` | at the later mention     |
 * | in a subscription of another project          | `subscription/duplicate-server` | in both files            |
 *
 * Servers are compared without regard to case, as host names are.
 */
export function checkDuplicateServer(context: ConfigContext): readonly ConfigProblem[] {
	const { file, files } = context;
	const own = serversOf(file);
	const wanted = new Set(own.map((mention) => mention.key));
	const foreign = files
		.filter((other) => other.id !== file.id)
		.flatMap((other) => serversOf(other).filter((mention) => wanted.has(mention.key)));
	return own.flatMap((mention, position) => {
		const others = [...own.slice(0, position), ...foreign].filter((other) => other.key === mention.key);
		return others.length === 0 ? [] : [duplicate(mention, others)];
	});
}

/** One server in one subscription. */
interface Mention {
	readonly file: FileId;
	readonly subscription: number;
	readonly client: string;
	readonly server: string;
	/** The server's name as it is compared. */
	readonly key: string;
	readonly path: ConfigPath;
}

function serversOf(file: ConfigFile): readonly Mention[] {
	if (file.model?.kind !== "project") return [];
	return file.model.subscriptions.flatMap(({ index, client }) =>
		textsAt(file.tree, ["subscriptions", index, "servers"]).map(
			({ text, path }): Mention => ({ file: file.id, subscription: index, client, server: text, key: foldName(text), path }),
		),
	);
}

function duplicate(mention: Mention, others: readonly Mention[]): ConfigProblem {
	const twin = others.find((other) => other.file === mention.file && other.subscription === mention.subscription);
	const fixes: readonly ConfigFix[] =
		twin === undefined ? [] : [{ kind: "remove", title: `Remove the second "${mention.server}"`, preferred: true, path: mention.path }];
	return {
		code: "subscription/duplicate-server",
		severity: "error",
		message:
			twin === undefined
				? `"${mention.server}" is also named in the subscription of ${describe(mention, others[0]!)}. A server belongs to one subscription: remove it from the other.`
				: `"${mention.server}" is named twice in the subscription of ${mention.client}. Remove one of the two.`,
		path: mention.path,
		anchor: "value",
		related: others.map(
			(other): RelatedPlace => ({
				file: other.file,
				path: other.path,
				anchor: "value",
				message: `In the subscription of ${other.client}.`,
			}),
		),
		fixes,
	};
}

function describe(mention: Mention, other: Mention): string {
	return other.file === mention.file ? other.client : `${other.client} (${fileNameOf(other.file)})`;
}
