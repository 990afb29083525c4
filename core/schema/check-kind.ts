import type { ConfigFix, ConfigProblem } from "../problems.ts";
import { t } from "../texts/translate.ts";
import { closestWord } from "./closest-word.ts";
import { describeValue, isBlank } from "./describe-value.ts";
import { CONFIG_KINDS, CONFIG_SCHEMAS, type ConfigKind } from "./schemas.ts";

/** The one problem of a file of which it cannot be told whether it is a project or an instance. */
export function checkKind(tree: unknown): readonly ConfigProblem[] {
	if (tree === null || tree === undefined) {
		return [
			problem(
				"schema/empty-file",
				[],
				t("The file is empty. Begin with `kind: project` for a client's project, or `kind: instance` for an inventory repository."),
				chooseKind({}),
			),
		];
	}
	if (typeof tree !== "object" || Array.isArray(tree)) {
		return [
			problem(
				"schema/wrong-type",
				[],
				t`The file must consist of keys and values, beginning with \`kind: project\` or \`kind: instance\`, not of ${describeValue(tree)}.`,
				[],
			),
		];
	}
	if (!("kind" in tree)) {
		return [
			problem(
				"schema/missing-key",
				[],
				t("`kind` is missing: add `kind: project` or `kind: instance`. The rest of the file is checked then."),
				chooseKind(tree),
			),
		];
	}
	if (isBlank(tree.kind)) {
		return [
			problem(
				"schema/empty-value",
				["kind"],
				t("`kind` is empty: write `project` or `instance`. The rest of the file is checked then."),
				chooseKind(tree),
			),
		];
	}
	const meant = typeof tree.kind === "string" ? closestWord(tree.kind, CONFIG_KINDS) : null;
	const hint = meant === null ? "" : t` Did you mean \`${meant}\`?`;
	return [
		problem(
			"schema/unknown-kind",
			["kind"],
			t`\`kind\` must be \`project\` or \`instance\`, not ${describeValue(tree.kind)}.${hint}`,
			chooseKind(tree, meant),
		),
	];
}

function problem(code: string, path: readonly string[], message: string, fixes: readonly ConfigFix[]): ConfigProblem {
	return { code, severity: "error", message, path, anchor: path.length === 0 ? "key" : "value", fixes };
}

/** A fix for each kind; preferred is the one that was surely meant, or that alone has the keys that the file has. */
function chooseKind(tree: object, meant: ConfigKind | null = null): readonly ConfigFix[] {
	const likely = meant ?? kindByKeys(tree);
	const kinds = [...CONFIG_KINDS].sort((left, right) => Number(right === likely) - Number(left === likely));
	return kinds.map((kind) => ({ kind: "set", title: t`Write \`kind: ${kind}\``, preferred: kind === likely, path: ["kind"], value: kind }));
}

function kindByKeys(tree: object): ConfigKind | null {
	const matching = (kind: ConfigKind) =>
		Object.keys(tree).filter((key) => Object.hasOwn(CONFIG_SCHEMAS[kind].properties ?? {}, key)).length;
	const difference = matching("project") - matching("instance");
	if (difference === 0) return null;
	return difference > 0 ? "project" : "instance";
}
