import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "mocha";
import type { ConfigFile, InstanceFile, ProjectFile } from "../../../core/config/config-file.generated.ts";
import { COMMON_SCHEMA, CONFIG_SCHEMAS, type JsonSchema } from "../../../core/schema/schemas.ts";
import { createSchemaValidator } from "../../../core/schema/validate-schema.ts";
import { runGenerateReference } from "../../../scripts/generate-reference.ts";
import { runGenerateTypes } from "../../../scripts/generate-types.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

describe("schemas", () => {
	for (const { place, schema, file } of describedSchemas()) {
		it(`${place} has a title, a description and an example`, () => checkWords(schema, file));
	}

	it("have up-to-date types", async () => assert.equal(await runGenerateTypes(ROOT, ["--check"]), 0));

	it("have an up-to-date reference", () => assert.equal(runGenerateReference(ROOT, ["--check"]), 0));

	it("agree with the generated types", () => {
		const project: ProjectFile = {
			kind: "project",
			title: "x",
			usageCategory: { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 },
		};
		const instance: InstanceFile = { kind: "instance", name: "x", project: "x.usage.yaml", bundles: [{ name: "a", components: ["b"] }] };
		const files: readonly ConfigFile[] = [project, instance];
		const validator = createSchemaValidator();
		for (const file of files) assert.deepEqual(validator.validate(file), []);
	});

	it("give examples and defaults that are valid themselves", () => {
		for (const { place, schema } of describedSchemas()) {
			for (const value of [...(schema.examples ?? []), ...(schema.default === undefined ? [] : [schema.default])])
				checkExample(place, schema, value);
		}
	});
});

interface DescribedSchema {
	readonly place: string;
	readonly schema: JsonSchema;
	readonly file: JsonSchema;
}

/** Every definition, property and item that can be hovered over; branches only say which of them apply. */
function describedSchemas(): readonly DescribedSchema[] {
	const found: DescribedSchema[] = [];
	const visit = (place: string, schema: JsonSchema, file: JsonSchema) => {
		found.push({ place, schema, file });
		for (const [key, child] of Object.entries(schema.properties ?? {})) visit(`${place}/${key}`, child, file);
		if (schema.items !== undefined) visit(`${place}/items`, schema.items, file);
		for (const [key, child] of Object.entries(schema.$defs ?? {})) visit(`${place}/$defs/${key}`, child, file);
	};
	visit("common", COMMON_SCHEMA, COMMON_SCHEMA);
	visit("project", CONFIG_SCHEMAS.project, CONFIG_SCHEMAS.project);
	visit("instance", CONFIG_SCHEMAS.instance, CONFIG_SCHEMAS.instance);
	return found;
}

function checkWords(schema: JsonSchema, file: JsonSchema): void {
	if (schema.$ref !== undefined) {
		const [fileName, name] = schema.$ref.split("#/$defs/");
		const target = (fileName === "" ? file : COMMON_SCHEMA).$defs?.[name ?? ""];
		assert.ok(target !== undefined, `${schema.$ref} does not exist`);
		return;
	}
	assert.match(schema.title ?? "", /^[A-Z][^.]*$/);
	assert.match(schema.description ?? "", /^[A-Z].*\.$/);
	assert.doesNotMatch(schema.description ?? "", /[`*_\]]/, "descriptions are plain text");
	const isScalar = schema.type !== undefined && schema.type !== "object" && schema.type !== "array";
	if (isScalar) assert.ok((schema.examples?.length ?? 0) > 0 || (schema.enum?.length ?? 0) > 0);
	if (schema.enum !== undefined) assert.deepEqual(Object.keys(schema["x-values"] ?? {}), schema.enum);
}

function checkExample(place: string, schema: JsonSchema, value: unknown): void {
	const type = Array.isArray(value)
		? "array"
		: typeof value === "number" && schema.type === "integer" && Number.isInteger(value)
			? "integer"
			: typeof value;
	assert.equal(type, schema.type, place);
	if (schema.enum !== undefined) assert.ok(schema.enum.includes(value), place);
	if (typeof value === "number") assert.ok(value >= (schema.minimum ?? value) && value <= (schema.maximum ?? value), place);
}
