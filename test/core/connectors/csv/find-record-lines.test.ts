import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { after, before, describe, it } from "mocha";
import { findRecordLines } from "../../../../core/connectors/csv/find-record-lines.ts";
import { lineOfRecord } from "../../../../workspace/data/line-of-record.ts";
import { makeSource } from "../source-fixture.ts";

describe("lines of records of a file", () => {
	let folder = "";
	before(() => {
		folder = mkdtempSync(join(tmpdir(), "usage-report-lines-"));
	});
	after(() => rmSync(folder, { recursive: true }));

	async function find(text: string | Uint8Array, rows: readonly number[], options: Parameters<typeof makeSource>[0] = {}) {
		const path = join(folder, "data.csv");
		writeFileSync(path, text);
		return findRecordLines(makeSource({ type: "csv", path, ...options }), path, rows, new AbortController().signal);
	}

	it("are those of the text, whatever stands in it", async () => {
		const pieces = fc.constantFrom('"', '""', "a", ",", ";", "\n", "\r\n", "\r", "é", " ", '"a\nb"', '\n"');
		await fc.assert(
			fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), fc.constantFrom(",", ";"), async (parts, delimiter) => {
				const text = `a${parts.join("")}b`;
				const rows = [1, 2, 3, 4, 7, 30];
				const expected = rows.map((row) => {
					const line = lineOfRecord(text, row, delimiter);
					return line === null ? null : line + 1;
				});
				assert.deepEqual(await find(text, rows, { delimiter }), expected, JSON.stringify(text));
			}),
			{ numRuns: 300 },
		);
	});

	it("are found beyond the first piece, in any encoding", async () => {
		const text = Array.from({ length: 30_000 }, (_, row) => (row % 3 === 0 ? `"ä\n${row}",x` : `ö${row},y`)).join("\n");
		const rows = [1, 2, 15_000, 30_000];
		const expected = rows.map((row) => lineOfRecord(text, row, ",")! + 1);
		assert.deepEqual(await find(text, rows), expected);
		assert.deepEqual(await find(Buffer.from(`\uFEFF${text}`, "utf16le"), rows), expected);
		assert.deepEqual(await find(Buffer.from(text, "latin1"), rows, { encoding: "windows-1252" }), expected);
	});

	it("do not exist behind the end", async () => {
		assert.deepEqual(await find("a\nb\n", [2, 3]), [2, null]);
	});
}).timeout(120_000);
