import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { DIAGNOSTIC_CODES } from "../../core/config/diagnostic-codes.ts";
import { createDocumentationLinks } from "../../server/documentation-links.ts";

describe("documentation links", () => {
	const page = new URL("../../docs/diagnostics.md", import.meta.url);

	it("lead to the line of every code's heading, in a page on the disk", () => {
		const linkOf = createDocumentationLinks(page.href);
		const lines = readFileSync(page, "utf8").split("\n");
		for (const { code } of DIAGNOSTIC_CODES) {
			const [href, line] = linkOf(code).split("#L");
			assert.deepEqual([href, lines[Number(line) - 1]], [page.href, `### ${code}`]);
		}
	});

	const elsewhere = ["https://docs.example/diagnostics.md", new URL("nowhere.md", page).href];
	for (const uri of elsewhere)
		it(`lead to the anchor in ${uri.split("/").at(-1)} of ${uri.split(":")[0]}`, () =>
			assert.equal(createDocumentationLinks(uri)("limits/order"), `${uri}#limits-order`));
});
