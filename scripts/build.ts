import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");

/** Platforms of a packaged extension, each with the name of the SQLite binary that runs there. */
export const TARGETS: Readonly<Record<string, string>> = {
	"linux-x64": "linux-x64",
	"linux-arm64": "linux-arm64",
	"alpine-x64": "linuxmusl-x64",
	"alpine-arm64": "linuxmusl-arm64",
	"darwin-x64": "darwin-x64",
	"darwin-arm64": "darwin-arm64",
	"win32-x64": "win32-x64",
	"win32-arm64": "win32-arm64",
};

/** Makes everything in `dist/` anew, for one platform, and prints the sizes. */
export async function buildAll(target: string): Promise<void> {
	rmSync(dist, { recursive: true, force: true });
	const outcomes = await Promise.all([...PROGRAMS, ...VIEWS].map((options) => build({ ...COMMON, ...options })));
	chmodSync(join(dist, "cli.cjs"), 0o755);
	copyNative(target);
	writeLicences(outcomes.flatMap(({ metafile }) => metafile ?? []));
	for (const file of listFiles(dist))
		console.log(`${String(Math.ceil(statSync(file).size / 1024)).padStart(7)} KiB  ${file.slice(root.length + 1)}`);
}

/** Puts the SQLite binary of a platform beside the bundles, in place of any other. */
export function copyNative(target: string): void {
	const name = TARGETS[target];
	if (name === undefined) throw new Error(`There is no SQLite binary for "${target}". Platforms: ${Object.keys(TARGETS).join(", ")}.`);
	mkdirSync(join(dist, "native"), { recursive: true });
	copyFileSync(join(root, "node_modules", "better-sqlite3", "prebuilds", `${name}.node`), join(dist, "native", "better_sqlite3.node"));
}

/** The platform that this process runs on, as {@link TARGETS} names it. */
export function hostTarget(): string {
	const header = (process.report.getReport() as { header: { glibcVersionRuntime?: string } }).header;
	const system = process.platform === "linux" && header.glibcVersionRuntime === undefined ? "alpine" : process.platform;
	return `${system}-${process.arch}`;
}

const COMMON = {
	absWorkingDir: root,
	outdir: "dist",
	bundle: true,
	metafile: true,
	logLevel: "warning",
	legalComments: "none",
	minifyWhitespace: true,
	minifySyntax: true,
} satisfies BuildOptions;

/** Heavy packages get a bundle of their own, which is read when it is first needed; all programs share it. */
const HEAVY = ["exceljs", "better-sqlite3"];

const NODE = {
	platform: "node",
	format: "cjs",
	outExtension: { ".js": ".cjs" },
	// A lazy import becomes a lazy require: it needs no loader of ES modules in whatever hosts the bundle.
	supported: { "dynamic-import": false },
	// Only the sources have one, and only they ask for it.
	logOverride: { "empty-import-meta": "silent" },
} satisfies BuildOptions;

const PROGRAMS: readonly BuildOptions[] = [
	{ ...NODE, entryPoints: { client: "client/extension.ts" }, target: "node22", external: ["vscode"] },
	{ ...NODE, entryPoints: { server: "server/main.ts" }, target: "node20", plugins: [separate()] },
	{ ...NODE, entryPoints: { worker: "workspace/jobs/worker.ts" }, target: "node20", plugins: [separate()] },
	{ ...NODE, entryPoints: { cli: "cli/launch.ts" }, target: "node20", plugins: [separate()], banner: { js: "#!/usr/bin/env node" } },
	{ ...NODE, entryPoints: { "cli-main": "cli/main.ts" }, target: "node20", plugins: [separate()] },
	{
		...NODE,
		entryPoints: Object.fromEntries(HEAVY.map((name) => [name, name])),
		target: "node20",
		minify: true,
		// Their packages call `new Buffer()`; nobody who exports a workbook can do anything about the warning.
		banner: { js: "process.noDeprecation=true;" },
	},
];

const VIEW = { outdir: "dist/webviews", platform: "browser", format: "iife", target: "chrome134", minify: true } satisfies BuildOptions;

const VIEWS: readonly BuildOptions[] = ["preview", "report"]
	.flatMap((view) => [
		{ ...VIEW, entryPoints: { [view]: `client/webviews/${view}/main.ts` } },
		{ ...VIEW, entryPoints: { [view]: `client/webviews/${view}/${view}.css` } },
	])
	.concat({ ...VIEW, entryPoints: { "report-print": "client/webviews/report/report-print.css" } });

/** How the scripts and style sheets of the views are built. */
export function listViewBuilds(): readonly BuildOptions[] {
	return VIEWS.map((options) => ({ ...COMMON, ...options }));
}

/** Leaves out of a bundle what has one of its own: the heavy packages, for the command line the server, and for what launches it all else. */
function separate(): Plugin {
	return {
		name: "separate",
		setup(run) {
			run.onResolve({ filter: /^(exceljs|better-sqlite3)$/ }, ({ path, kind }) =>
				kind === "entry-point" ? null : { path: `./${path}.cjs`, external: true },
			);
			run.onResolve({ filter: /^\.\/main\.ts$/ }, ({ importer }) =>
				importer.endsWith("launch.ts") ? { path: "./cli-main.cjs", external: true } : null,
			);
			run.onResolve({ filter: /\/server\/main\.ts$/ }, ({ kind }) =>
				kind === "entry-point" ? null : { path: "./server.cjs", external: true },
			);
		},
	};
}

/** Collects the licences of all packages of which some code stands in a bundle. */
function writeLicences(metafiles: readonly Metafile[]): void {
	const folders = new Set(
		metafiles
			.flatMap((metafile) => Object.keys(metafile.inputs))
			.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
	);
	const parts = [...folders].sort().map((folder) => {
		const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Record<string, unknown>;
		const file = readdirSync(join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
		const text = file === undefined ? `Licence: ${String(license)}` : readFileSync(join(root, folder, file), "utf8").trim();
		return `${String(name)} ${String(version)}\n\n${text}\n`;
	});
	writeFileSync(join(dist, "third-party-licences.txt"), parts.join(`\n${"-".repeat(80)}\n\n`));
}

function listFiles(folder: string): readonly string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

if (import.meta.main) {
	const { values } = parseArgs({ options: { target: { type: "string", default: hostTarget() } } });
	if (!existsSync(join(root, "node_modules", "better-sqlite3"))) throw new Error("The packages are not installed. Run npm ci first.");
	await buildAll(values.target);
}
