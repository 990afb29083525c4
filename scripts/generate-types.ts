import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { compile } from "json-schema-to-typescript";
import { COMMON_SCHEMA, CONFIG_SCHEMAS } from "../core/schema/schemas.ts";

/** The generated file, relative to the project's root. */
export const TYPES_FILE = "core/config/config-file.generated.ts";

/** TypeScript types of both kinds of configuration file, made from their schemas. */
export async function generateTypes(): Promise<string> {
	const { project, instance } = CONFIG_SCHEMAS;
	const types = await compile(
		{
			title: "ConfigFile",
			description: "A configuration file as its schema describes it.",
			oneOf: [{ $ref: "#/$defs/projectFile" }, { $ref: "#/$defs/instanceFile" }],
			$defs: {
				...localReferences({ ...COMMON_SCHEMA.$defs, ...project.$defs, ...instance.$defs }),
				projectFile: { ...localReferences(project), $defs: {} },
				instanceFile: { ...localReferences(instance), $defs: {} },
			},
		} as Parameters<typeof compile>[0],
		"ConfigFile",
		{
			bannerComment: "// Generated from schemas/ by scripts/generate-types.ts: change the schemas and run it again.",
			customName: (_schema, key) => (key === undefined ? undefined : `${key.charAt(0).toUpperCase()}${key.slice(1)}`),
			ignoreMinAndMaxItems: true,
			style: { useTabs: true, printWidth: 140 },
			unknownAny: true,
		},
	);
	return types;
}

/** Writes the types, or with `--check` tells whether the file is up to date; returns the exit code. */
export async function runGenerateTypes(root: string, args: readonly string[]): Promise<number> {
	const file = resolve(root, TYPES_FILE);
	const types = await generateTypes();
	if (!args.includes("--check")) {
		writeFileSync(file, types);
		return 0;
	}
	if (readText(file) === types) return 0;
	console.error(`${TYPES_FILE} does not agree with the schemas. Run: node scripts/generate-types.ts`);
	return 1;
}

/**
 * All references as those of one file, without the branches (`allOf`), which types cannot express, and without titles, each of which would
 * become a type of its own.
 */
function localReferences<Value>(value: Value): Value {
	const text = JSON.stringify(value, (key, child: unknown) => {
		// What stands beside a reference only describes its use here, and would make a second type of it.
		if (typeof child === "object" && child !== null && "$ref" in child) return { $ref: child.$ref };
		const isTitle = key === "title" && typeof child === "string";
		return isTitle || key === "allOf" || key === "$id" || key === "$schema" || key.startsWith("x-") ? undefined : child;
	});
	return JSON.parse(text.replaceAll("common.schema.json#", "#")) as Value;
}

function readText(file: string): string | null {
	try {
		return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
	} catch {
		return null;
	}
}

if (import.meta.main) process.exitCode = await runGenerateTypes(resolve(import.meta.dirname, ".."), process.argv.slice(2));
