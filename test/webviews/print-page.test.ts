import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findSubscription, type OutlineSymbol } from "../../client/views/find-subscription.ts";
import { printPage } from "../../client/views/print-page.ts";

describe("page for printing", () => {
	const page = printPage({ title: 'A </title><script>"x"&', language: 'en"', style: "body{}", body: "<h1>Report</h1>" });

	it("can run no script and fetch nothing", () => {
		assert.match(page, /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'/);
		assert.ok(page.indexOf("Content-Security-Policy") < page.indexOf("<style>"), "the policy stands before what it governs");
	});

	it("escapes its title and language", () => {
		assert.match(page, /<title>A &lt;\/title&gt;&lt;script&gt;&quot;x&quot;&amp;<\/title>/);
		assert.match(page, /<html lang="en&quot;">/);
	});

	it("holds style and body", () => {
		assert.ok(page.includes("<style>body{}</style>"));
		assert.ok(page.includes("<h1>Report</h1>"));
	});
});

describe("subscription in an outline", () => {
	const symbol = (name: string, detail = "", children: readonly OutlineSymbol[] = []): OutlineSymbol => ({ name, detail, children });
	const first = symbol("Aldgate", "", [symbol("servers", "", [symbol("prod-1")])]);
	const second = symbol("Aldgate", "", [symbol("servers", "", [symbol("prod-2")])]);
	const other = symbol("1", "", [symbol("client", "Bramfield"), symbol("servers", "", [symbol("1", "prod-1")])]);
	const outline = [symbol("title", "Aldgate"), symbol("subscriptions", "3 items", [first, second, other])];

	for (const { client, server, found } of [
		{ client: "Aldgate", server: "prod-1", found: first },
		{ client: "Aldgate", server: "prod-2", found: second },
		{ client: "Aldgate", server: "renamed", found: first },
		{ client: "Bramfield", server: "prod-1", found: other },
		{ client: "Calder", server: "prod-1", found: null },
	]) {
		it(`of ${client} for ${server}`, () => assert.equal(findSubscription(outline, client, server), found));
	}
});
