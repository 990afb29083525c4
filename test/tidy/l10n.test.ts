import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { extractTexts } from "../../scripts/extract-texts.ts";

const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, string>>;
const placeholders = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(String).sort();

/** Texts that are the same in German: names of the vendor, names of the product, and texts without words. */
const SAME_IN_GERMAN =
	/^(?:[^a-zA-Z]|\{\d\})*(?:Bundles?|Name|Server|Designer|End of Sync(?: \{0\})?|Enterprise|Registered|Format|Problem|Text|Trend|Code|Version|optional|Usage Report|Export|MiB|MB|Used|Unreported|Browser|kind|in|Status|Filter|and so on|Details?|row|version)?(?:[^a-zA-Z]|\{\d\}|Unreported|\\n)*$/;

describe("texts", () => {
	const english = read("l10n/bundle.l10n.json");
	const german = read("l10n/bundle.l10n.de.json");
	const manifest = read("package.nls.json");
	const germanManifest = read("package.nls.de.json");

	it("lists every text of the code, and no other", () => {
		assert.deepEqual(Object.keys(english), extractTexts());
	});

	it("has a German text for every English one, and none beyond", () => {
		assert.deepEqual(Object.keys(german).sort(), Object.keys(english).sort());
		assert.deepEqual(Object.keys(germanManifest), Object.keys(manifest));
	});

	it("puts the same values into the German texts", () => {
		const wrong = Object.entries(german).filter(([key, text]) => placeholders(key).join() !== placeholders(text).join());
		assert.deepEqual(wrong, []);
		const commands = (text: string) => [...text.matchAll(/\(command:[^)]*\)/g)].map(String).sort();
		for (const [key, text] of Object.entries(manifest)) assert.deepEqual(commands(germanManifest[key]!), commands(text), key);
	});

	it("keeps the spaces at the ends, since texts are put beside others", () => {
		const ends = (text: string) => [/^\s*/.exec(text)![0], /\s*$/.exec(text)![0]];
		for (const [key, text] of Object.entries(german)) assert.deepEqual(ends(text), ends(key), JSON.stringify(key));
	});

	it("leaves no text in English", () => {
		const same = Object.entries(german).filter(([key, text]) => key === text && !SAME_IN_GERMAN.test(key));
		assert.deepEqual(
			same.map(([key]) => key),
			[],
		);
	});

	it("has every text of the manifest", () => {
		const used = [...readFileSync("package.json", "utf8").matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]!);
		assert.deepEqual([...new Set(used)].sort(), Object.keys(manifest).sort());
	});

	it("shows no text in a webview that cannot be translated", () => {
		const shown = globSync("client/webviews/**/*.ts").flatMap((file) =>
			[
				...readFileSync(file, "utf8").matchAll(
					/(?:textContent = |(?:aria-label|title|placeholder)=|<(?:button|th|h[1-6]|p|li|legend|label)[^>]*>)"?([A-Z][a-z]+ [a-z][^<$`"]*)/g,
				),
			].map((match) => `${file}: ${match[1]}`),
		);
		assert.deepEqual(shown, []);
	});
});
