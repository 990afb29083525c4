import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { DIAGNOSTIC_CODES } from "../core/config/diagnostic-codes.ts";
import { isFixed } from "../server/severities.ts";

/** Names that the setting `usageReport.severities` may have: each family, then its codes, without those whose severity is fixed. */
export function severityNames(): readonly string[] {
	const codes = DIAGNOSTIC_CODES.filter((code) => !isFixed(code)).map(({ code }) => code);
	const families = [...new Set(codes.map((code) => code.split("/")[0]))];
	return families.flatMap((family) => [`${family}/*`, ...codes.filter((code) => code.startsWith(`${family}/`))]);
}

/** The extension's manifest with these names in its setting, so that an editor offers them. */
function withNames(manifest: string): string {
	return manifest.replace(/("propertyNames": \{\s*"enum": \[)[^\]]*?(\n\t*\])/, (_all, begin: string, end: string) => {
		const indent = `${end.slice(0, -1)}\t`;
		return `${begin}${severityNames()
			.map((name) => `${indent}${JSON.stringify(name)}`)
			.join(",")}${end}`;
	});
}

const file = resolve(import.meta.dirname, "../package.json");
if (import.meta.main) {
	const before = readFileSync(file, "utf8");
	const after = withNames(before);
	if (!process.argv.includes("--check")) writeFileSync(file, after);
	else if (before !== after) {
		console.error("package.json does not have the codes of core/config/diagnostic-codes.ts. Run: npm run generate");
		process.exitCode = 1;
	}
}
