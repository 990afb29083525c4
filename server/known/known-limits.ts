import { listAt, readText, valueAt } from "../../core/config/value-at.ts";
import { t } from "../../core/texts/translate.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES, type LimitName } from "../../core/usage/limits.ts";
import type { WorkspaceFile } from "../../workspace/workspace.ts";
import type { Known, KnownPlace, KnownValue } from "./known.ts";
import { projectOfInstance } from "./known-projects.ts";

/** What each limit may sensibly be: the project's value, what the vendor advised, what is deployed and committed, and the vendor's default. */
export function knownLimits({ context, file, kind, place }: KnownPlace): Known {
	const isLimit = place.path[0] === "usageCategory";
	const project = kind === "project" ? null : projectOfInstance(context, file);
	// What is not known yet is asked for only where a person is about to choose.
	const insight = isLimit ? context.workspace.insights.peek(file.uri) : null;
	const advice = adviceIn(file);
	const values = LIMIT_NAMES.map((name) => {
		const reasons: readonly (readonly [number | null | undefined, string])[] = [
			[project?.limits?.[name], t("project's value")],
			...advice.filter(({ limit }) => limit === name).map(({ value, reference }) => [value, describeAdvice(reference)] as const),
			[insight?.deployed?.limits[name], t("deployed value")],
			[insight?.committed?.limits?.[name], t("committed value")],
			[DEFAULT_LIMITS[name], t("vendor's default")],
		];
		return [name, joinReasons(reasons)] as const;
	});
	// A project's value alone is what a new file begins with; every place where one types it offers all.
	const usual = isLimit
		? values
		: values.map(([name, found]) => [name, found.filter(({ detail }) => detail.includes(t("project's value")))] as const);
	return { values: new Map(usual.filter(([, found]) => found.length > 0)), complete: insight?.complete ?? true };
}

function joinReasons(reasons: readonly (readonly [number | null | undefined, string])[]): readonly KnownValue[] {
	const numbers = new Set(reasons.flatMap(([value]) => (typeof value === "number" ? [value] : [])));
	return [...numbers].map((value) => ({
		value,
		detail: reasons
			.filter(([other]) => other === value)
			.map(([, reason]) => reason)
			.join(", "),
	}));
}

function describeAdvice(reference: string | null): string {
	return reference === null ? t("advised") : t`advised in ${reference}`;
}

/** For an entry of advice: limits that need one first, with the value that they have now, and today. */
export function knownOfAdvice({ context, file, place }: KnownPlace): Known {
	const limits = limitsIn(file);
	const advice = adviceIn(file);
	const isAdvised = (name: LimitName) => advice.some(({ limit, value }) => limit === name && value === limits[name]);
	const needing = LIMIT_NAMES.filter((name) => limits[name] !== undefined && limits[name] !== DEFAULT_LIMITS[name] && !isAdvised(name));
	const typed = place.path.length >= 2 ? readText(valueAt(file.config.tree, [...place.path.slice(0, 2), "limit"])) : null;
	const meant = LIMIT_NAMES.filter((name) => name === typed);
	const values = (meant.length > 0 ? meant : needing).flatMap((name): KnownValue[] => {
		const value = limits[name];
		return value === undefined ? [] : [{ value, detail: t`what ${name} is now` }];
	});
	const names = needing.map((name): KnownValue => ({ value: name, detail: t`${limits[name]}, without advice` }));
	const today: KnownValue = { value: new Date(context.workspace.clock()).toISOString().slice(0, 10), detail: t("today") };
	const isDate = place.path[0] === "limitAdvice" && place.path.at(-1) === "date";
	const found: readonly (readonly [string, readonly KnownValue[]])[] = [
		["limit", names],
		["value", values],
		["date", isDate ? [today] : []],
	];
	return { values: new Map(found.filter(([, list]) => list.length > 0)), complete: true };
}

interface WrittenAdvice {
	readonly limit: string | null;
	readonly value: unknown;
	readonly reference: string | null;
}

function adviceIn(file: WorkspaceFile): readonly (WrittenAdvice & { readonly value: number })[] {
	const found = listAt(file.config.tree, ["limitAdvice"]).map(
		(entry): WrittenAdvice => ({
			limit: readText(valueAt(entry, ["limit"])),
			value: valueAt(entry, ["value"]),
			reference: readText(valueAt(entry, ["reference"])),
		}),
	);
	return found.filter((entry): entry is WrittenAdvice & { readonly value: number } => typeof entry.value === "number");
}

function limitsIn(file: WorkspaceFile): { readonly [name in LimitName]?: number } {
	const written = LIMIT_NAMES.map((name) => [name, valueAt(file.config.tree, ["usageCategory", name])] as const);
	return Object.fromEntries(written.filter(([, value]) => typeof value === "number"));
}
