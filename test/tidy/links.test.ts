import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, it } from "mocha";

/** A link as a page writes it, and the file and heading that it leads to. */
interface PageLink {
	readonly page: string;
	readonly written: string;
	readonly target: string;
	/** Without the `#`; empty for the whole file. */
	readonly anchor: string;
}

describe("links of the documentation", () => {
	const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], { encoding: "utf8" })
		.split("\n")
		.filter((page) => page !== "" && existsSync(page));
	const links = pages.flatMap(linksOf);

	it("lead to files that there are, and to headings in them", () => {
		assert.ok(links.length > 20, "no links were found");
		const broken = links.filter(
			({ target, anchor }) => !existsSync(target) || (anchor !== "" && target.endsWith(".md") && !anchorsOf(target).has(anchor)),
		);
		assert.deepEqual(broken.map(showLink), []);
	});

	it("lead from a packaged page to packaged pages only", () => {
		const packaged = new Set(readFileSync(".vscodeignore", "utf8").match(/(?<=^!).+$/gm));
		assert.ok(pages.some((page) => packaged.has(page)));
		const strays = links.filter(({ page, target }) => packaged.has(page) && !packaged.has(target));
		assert.deepEqual(strays.map(showLink), []);
	});
});

function linksOf(page: string): readonly PageLink[] {
	const text = readFileSync(page, "utf8").replace(/^```[\s\S]*?^```/gm, "");
	return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, written]) => written!)
		.filter((written) => !/^(?:https?|mailto):/.test(written))
		.map((written) => {
			const [path = "", anchor = ""] = written.split("#");
			return { page, written, anchor, target: path === "" ? page : posix.join(posix.dirname(page), path) };
		});
}

/** The headings of a page as GitHub and VS Code name them, and what it names itself. */
function anchorsOf(page: string): ReadonlySet<string> {
	const text = readFileSync(page, "utf8");
	const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading!
			.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
			.toLowerCase()
			.replace(/[^\p{L}\p{N}_\- ]/gu, "")
			.replaceAll(" ", "-"),
	);
	return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id]) => id!)]);
}

function showLink({ page, written }: PageLink): string {
	return `${page}: ${written}`;
}
