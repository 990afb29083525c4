import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { lineOfRecord } from "../../../workspace/data/line-of-record.ts";

describe("line of a CSV record", () => {
	for (const { what, text, delimiter = ",", lines } of [
		{ what: "one record per line", text: "a,b\n1,2\n3,4\n", lines: [0, 1, 2] },
		{ what: "CRLF", text: "a,b\r\n1,2\r\n3,4\r\n", lines: [0, 1, 2] },
		{ what: "lone CR", text: "a,b\r1,2\r3,4", lines: [0, 1, 2] },
		{ what: "empty lines count as records", text: "a\n\n1\n", lines: [0, 1, 2] },
		{ what: "a cell over two lines", text: 'a,b\n"1\n1",2\n3,4\n', lines: [0, 1, 3] },
		{ what: "doubled quotes", text: 'a,b\n"1""\n1",2\n3,4\n', lines: [0, 1, 3] },
		{ what: "a quote inside of a cell is text", text: 'a,b\n1"1,2\n3,4\n', lines: [0, 1, 2] },
		{ what: "another delimiter", text: 'a;b\n1;"2\n2"\n3;4\n', delimiter: ";", lines: [0, 1, 3] },
		{ what: "no such record", text: "a,b\n1,2", lines: [0, 1, null] },
		{ what: "no text", text: "a\0b\n1\n", lines: [null, null] },
	] as readonly {
		readonly what: string;
		readonly text: string;
		readonly delimiter?: string;
		readonly lines: readonly (number | null)[];
	}[]) {
		it(what, () =>
			assert.deepEqual(
				lines.map((_, index) => lineOfRecord(text, index + 1, delimiter)),
				lines,
			),
		);
	}
});
