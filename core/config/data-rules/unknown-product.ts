import type { ConfigProblem } from "../../problems.ts";
import { t } from "../../texts/translate.ts";
import type { DataContext } from "../data-context.ts";
import type { PlacedText } from "../value-at.ts";

/** The problem of a product's name that no installation in the data has, with the name that was probably meant as its fix. */
export function unknownProduct(
	{ text, path }: PlacedText,
	{ closestProduct }: DataContext,
	{ code, consequence, advice }: { readonly code: string; readonly consequence: string; readonly advice: string },
): ConfigProblem {
	const meant = closestProduct(text);
	return {
		code,
		severity: "error",
		message: t`No installation in the data is of "${text}", so ${consequence}. ${meant === null ? advice : t`Did you mean "${meant}"?`}`,
		path,
		anchor: "value",
		fixes: meant === null ? [] : [{ kind: "set", title: t`Change to "${meant}"`, preferred: true, path, value: meant }],
	};
}
