import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { SaxesParser } from "saxes";
import { createXmlReader } from "../../../core/connectors/excel/xml-reader.ts";

/** What a document says: elements with two of their attributes, and the text between two tags in one piece. */
type Event = string;

describe("XML reader", function () {
	this.timeout(120_000);

	const documents: readonly string[] = [
		'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<a r="1">x<b r = \'2\' s="&lt;&#x41;&#66;"/></a>',
		'\ufeff<a><!-- <b> - > --><b r=">">1 &amp; 2</b ><![CDATA[<&]]]]></a>\n',
		"<x:a xmlns:x='u' x:s=\"1\"><x:b\n\tr='\"'\n/>\r\ntext\r</x:a>",
		"<a>ä€😀<?pi <b> ?></a><!-- end -->",
	];
	for (const text of documents) {
		it(`reads ${JSON.stringify(text.slice(0, 40))} in pieces of any size as saxes does`, () => {
			const expected = readWithSaxes(text);
			assert.ok(expected !== null);
			for (let size = 1; size < 40; size++) assert.deepEqual(readWithOurs(text, size), expected);
		});
	}

	it("reads UTF-16", () => {
		for (const encoding of ["utf-16le", "utf-16be"]) {
			const bytes = Buffer.from("\ufeff<a>ä</a>", "utf16le");
			if (encoding === "utf-16be") bytes.swap16();
			const texts: string[] = [];
			const reader = createXmlReader({ text: (text) => texts.push(text) });
			reader.write(bytes.subarray(0, 9));
			reader.write(bytes.subarray(9));
			reader.end();
			assert.deepEqual(texts, ["ä"]);
		}
	});

	const faults: readonly (readonly [string, string])[] = [
		["<a><b></a>", "</a> closes nothing"],
		["<a>", "it is cut off"],
		["<a/><b/>", "more than one root element"],
		["<a/>x", "it is cut off"],
		["x<a/>", "text outside of the root element"],
		["", "it is cut off"],
		["<a b></a>", "an attribute without a value"],
		["<a b=c></a>", "an attribute without quotes"],
		["<a>&nbsp;</a>", "it has an entity &nbsp;"],
		["<a>& b</a>", "an & that begins no entity"],
		["<a>&#0;</a>", "it has an entity &#0;"],
		["< a/>", "a tag without a name"],
		["<!DOCTYPE a><a/>", "it has a document type"],
		[`<a b="${">".repeat(70_000)}`, "a tag in it is too long"],
		["<a>".repeat(300), "its elements are nested too deeply"],
	];
	for (const [text, message] of faults) {
		it(`refuses ${text.slice(0, 20)}`, () => assert.throws(() => readWithOurs(text, 1000), { message }));
	}

	const piece = fc.constantFrom(
		"<a>",
		"</a>",
		"<b r='1'/>",
		'<c s="2&amp;">',
		"</c>",
		"text",
		" ",
		"&lt;",
		"&#10;",
		"<!-- c -->",
		"<![CDATA[x]]>",
		"é",
		">",
		"\r\n",
	);
	it("reads whatever saxes reads, and the same", () =>
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
				const text = `<a>${pieces.join("")}</a>`;
				const expected = readWithSaxes(text);
				if (expected !== null) assert.deepEqual(readWithOurs(text, size), expected);
			}),
			{ numRuns: 3000 },
		));
});

function readWithOurs(text: string, size: number): readonly Event[] {
	const events: Event[] = [];
	const reader = createXmlReader({
		open: (name, attributes) => events.push(`<${name} ${attributes.get("r")} ${attributes.get("s")}>`),
		text: (content) => events.push(content),
		close: (name) => events.push(`</${name}>`),
	});
	const bytes = Buffer.from(text);
	for (let start = 0; start < bytes.length; start += size) reader.write(bytes.subarray(start, start + size));
	reader.end();
	return joinTexts(events);
}

/** Null for what is not well-formed. */
function readWithSaxes(text: string): readonly Event[] | null {
	const events: Event[] = [];
	const parser = new SaxesParser();
	const local = (name: string) => name.slice(name.indexOf(":") + 1);
	const attributeOf = (attributes: Readonly<Record<string, string>>, name: string) =>
		Object.entries(attributes).find(([key]) => local(key) === name)?.[1] ?? null;
	let depth = 0;
	parser.on("error", (error: Error) => {
		throw error;
	});
	parser.on("opentag", ({ name, attributes }) => {
		depth++;
		events.push(`<${local(name)} ${attributeOf(attributes, "r")} ${attributeOf(attributes, "s")}>`);
	});
	const addText = (content: string) => {
		if (depth > 0) events.push(content);
	};
	parser.on("text", addText);
	parser.on("cdata", addText);
	parser.on("closetag", ({ name }) => {
		depth--;
		events.push(`</${local(name)}>`);
	});
	try {
		parser.write(text).close();
	} catch {
		return null;
	}
	return joinTexts(events);
}

/** Comments and CDATA sections may divide a text. */
function joinTexts(events: readonly Event[]): readonly Event[] {
	const joined: Event[] = [];
	for (const event of events) {
		const last = joined.at(-1);
		if (last !== undefined && !isTag(last) && !isTag(event)) joined[joined.length - 1] = last + event;
		else joined.push(event);
	}
	return joined;
}

function isTag(event: Event): boolean {
	return /^<\/?\w+.*>$/s.test(event);
}
