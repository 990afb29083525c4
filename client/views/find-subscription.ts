/** What is needed of an entry of a file's outline. */
export interface OutlineSymbol {
	readonly name: string;
	readonly detail: string;
	readonly children: readonly OutlineSymbol[];
}

/**
 * The entry of a project's outline that is the subscription of a client for a server, or another one of that client, since
 * a name may have been changed meanwhile; null when there is none.
 */
export function findSubscription<Symbol extends OutlineSymbol>(symbols: readonly Symbol[], client: string, server: string): Symbol | null {
	const list = symbols.find(({ name }) => name === "subscriptions");
	const own = (list?.children ?? []).filter((entry) => has(entry, client));
	return ((own.find((entry) => has(entry, server)) ?? own[0]) as Symbol | undefined) ?? null;
}

/** Whether an entry, or one inside of it, is called so or has this value. */
function has({ name, detail, children }: OutlineSymbol, text: string): boolean {
	return name.trim() === text || detail.trim() === text || children.some((child) => has(child, text));
}
