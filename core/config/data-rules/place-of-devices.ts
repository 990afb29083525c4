import type { ConfigProblem } from "../../problems.ts";
import type { DescribedSource } from "../data-context.ts";
import { placeOfData } from "./place-of-dates.ts";

/** Where one would change which devices the installations name: in the first source of installations. */
export function placeOfDevices(sources: readonly DescribedSource[]): Pick<ConfigProblem, "path" | "anchor"> {
	const source = sources.find(({ facts }) => facts.provides === "installations")?.source;
	if (source === undefined) return { path: ["dataSources"], anchor: "key" };
	if (Object.hasOwn(source.columns, "device")) return { path: ["dataSources", source.index, "columns", "device"], anchor: "value" };
	return placeOfData(source);
}
