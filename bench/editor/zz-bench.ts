import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DOCUMENT_STYLES, makeDocument } from "/work/main/bench/editor/editor-documents.ts";
import { measureServer } from "/work/main/bench/editor/measure-server.ts";
import { listServers } from "/work/main/bench/editor/servers.ts";

const folder = mkdtempSync(join(tmpdir(), "h1bench-"));
writeFileSync(
	join(folder, "northwind.usage.yaml"),
	"kind: project\ntitle: Northwind\nusageCategory:\n  InstallDateCutOffLimit: 7\n  UsedCategoryLimit: 30\n  UnusedCategoryLimit: 90\nsubscriptions: []\ndataSources: []\n",
);
const [sizes, styles, names, n] = [
	process.argv[2]!.split(",").map(Number),
	process.argv[3]?.split(",") ?? DOCUMENT_STYLES,
	process.argv[4]?.split(",") ?? ["usage-report", "yaml-language-server"],
	Number(process.argv[5] ?? 8),
];
for (const lines of sizes)
	for (const style of styles as any)
		for (const server of listServers(process.env.OURS ?? "/work/main/dist/server.cjs", "/work/main")) {
			if (!names.includes(server.name)) continue;
			const m = await measureServer(server, folder, makeDocument(style, lines), n);
			const k = m.keystroke;
			const f = (x: any) => x.medianMs.toFixed(1) + "/" + x.p95Ms.toFixed(1);
			console.log(
				style.slice(0, 9),
				lines,
				server.name.padEnd(21),
				"open",
				m.openMs.toFixed(0),
				"diag",
				f(k.diagnostics),
				"compl",
				f(k.completion),
				"hover",
				f(k.hover),
				"symb",
				f(k.symbols),
				"(" + m.symbols + ")",
				"MB",
				((m.memoryBytes ?? 0) / 1e6).toFixed(0),
			);
		}
