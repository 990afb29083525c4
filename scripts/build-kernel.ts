import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const generated = join(root, "core/connectors/csv/csv-kernel.generated.ts");

/** Translates the CSV kernel from AssemblyScript to WebAssembly; the same source and compiler give the same bytes everywhere. */
async function buildKernel(): Promise<string> {
	// The compiler is large and written in JavaScript itself; its types are of no use here.
	const { default: asc } = (await import("assemblyscript/asc")) as unknown as { readonly default: Compiler };
	let wasm: Uint8Array | null = null;
	const { error, stderr } = await asc.main(
		[
			...["csv-kernel.ts", "--baseDir", join(root, "assembly"), "--outFile", "csv-kernel.wasm"],
			...["-O3", "--runtime", "stub", "--noAssert", "--enable", "simd", "--use", "abort=", "--disableWarning"],
		],
		{
			writeFile: (name, contents) => {
				if (name.endsWith(".wasm") && typeof contents !== "string") wasm = contents;
			},
		},
	);
	if (error !== null || wasm === null) throw new Error(`The kernel cannot be compiled.\n${stderr.toString()}`, { cause: error });
	const text = Buffer.from(wasm).toString("base64");
	return [
		"// Made by scripts/build-kernel.ts from assembly/. Do not edit.",
		"",
		"/** The CSV kernel in WebAssembly, in base64: a bundle needs no file beside it. */",
		`export const CSV_KERNEL_WASM = "${text}";`,
		"",
	].join("\n");
}

interface Compiler {
	main(
		args: readonly string[],
		options: { readonly writeFile: (name: string, contents: Uint8Array | string) => void },
	): Promise<{ readonly error: Error | null; readonly stderr: { toString(): string } }>;
}

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const made = await buildKernel();
const present = existsSync(generated) ? readFileSync(generated, "utf8") : "";
if (!values.check) writeFileSync(generated, made);
else if (made !== present) {
	console.error("core/connectors/csv/csv-kernel.generated.ts does not fit assembly/. Run npm run generate.");
	process.exitCode = 1;
}
