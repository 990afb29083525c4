import type { ConfigFix, ConfigPath, ConfigProblem, RelatedPlace } from "../../problems.ts";
import { NAMED_AT_MOST } from "../../texts/format-count.ts";
import { t } from "../../texts/translate.ts";
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
	const repeated = repeatedKeys(context);
	if (repeated.size === 0) return [];
	const own = serversOf(file, repeated);
	const foreignByKey = new Map<string, Mention[]>();
	for (const mention of files.filter((other) => other.id !== file.id).flatMap((other) => serversOf(other, repeated))) {
		const known = foreignByKey.get(mention.key) ?? [];
		if (known.length < NAMED_AT_MOST) foreignByKey.set(mention.key, [...known, mention]);
	}
	const earlierByKey = new Map<string, Mention[]>();
	const bySubscription = new Set<string>();
	return own.flatMap((mention) => {
		const earlier = earlierByKey.get(mention.key) ?? [];
		const inSubscription = `${mention.subscription} ${mention.key}`;
		const isTwin = bySubscription.has(inSubscription);
		bySubscription.add(inSubscription);
		const others = [...earlier, ...(foreignByKey.get(mention.key) ?? [])].slice(0, NAMED_AT_MOST);
		if (earlier.length < NAMED_AT_MOST) earlierByKey.set(mention.key, [...earlier, mention]);
		return others.length === 0 ? [] : [duplicate(mention, others, isTwin)];
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

/** The servers of the file, as they are compared, that are named more than once; a few milliseconds for thousands. */
function repeatedKeys({ file, files }: ConfigContext): ReadonlySet<string> {
	const own = new Set<string>();
	const repeated = new Set<string>();
	const add = ({ model, id }: ConfigFile) => {
		if (model?.kind !== "project") return;
		for (const { servers } of model.subscriptions) {
			for (const server of servers) {
				const key = foldName(server);
				if (own.has(key)) repeated.add(key);
				else if (id === file.id) own.add(key);
			}
		}
	};
	add(file);
	for (const other of files) if (other.id !== file.id) add(other);
	return repeated;
}

function serversOf(file: ConfigFile, wanted: ReadonlySet<string>): readonly Mention[] {
	if (file.model?.kind !== "project") return [];
	return file.model.subscriptions.flatMap(({ index, client, servers }) => {
		if (!servers.some((server) => wanted.has(foldName(server)))) return [];
		return textsAt(file.tree, ["subscriptions", index, "servers"]).flatMap(({ text, path }): Mention | readonly Mention[] => {
			const key = foldName(text);
			return wanted.has(key) ? { file: file.id, subscription: index, client, server: text, key, path } : [];
		});
	});
}

/** @param isTwin whether the same subscription has named the server before. */
function duplicate(mention: Mention, others: readonly Mention[], isTwin: boolean): ConfigProblem {
	const fixes: readonly ConfigFix[] = isTwin
		? [{ kind: "remove", title: t`Remove the second "${mention.server}"`, preferred: true, path: mention.path }]
		: [];
	return {
		code: "subscription/duplicate-server",
		severity: "error",
		message: isTwin
			? t`"${mention.server}" is named twice in the subscription of ${mention.client}. Remove one of the two.`
			: t`"${mention.server}" is also named in the subscription of ${describe(mention, others[0]!)}. A server belongs to one subscription: remove it from the other.`,
		path: mention.path,
		anchor: "value",
		related: others.map(
			(other): RelatedPlace => ({
				file: other.file,
				path: other.path,
				anchor: "value",
				message: t`In the subscription of ${other.client}.`,
			}),
		),
		fixes,
	};
}

function describe(mention: Mention, other: Mention): string {
	return other.file === mention.file ? other.client : `${other.client} (${fileNameOf(other.file)})`;
}
