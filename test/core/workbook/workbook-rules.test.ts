import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataProblem } from "../../../core/problems.ts";
import type { UsageLogRow } from "../../../core/subscriptions/usage-log.ts";
import { buildUsageReport, type ReportSubscription } from "../../../core/subscriptions/usage-report.ts";
import { startOfWeek, weekOf } from "../../../core/subscriptions/usage-week.ts";
import { categorize } from "../../../core/usage/categorize.ts";
import { DEFAULT_LIMITS } from "../../../core/usage/limits.ts";
import { writePreviewWorkbook } from "../../../core/workbook/preview-workbook.ts";
import { writeUsageReportWorkbook } from "../../../core/workbook/usage-report-workbook.ts";
import type { WriteResult } from "../../../core/workbook/write-workbook.ts";
import { readSheetsWithLibreOffice, requireLibreOffice } from "../../support/libreoffice.ts";
import { makeEstate } from "../../support/make-estate.ts";
import { sdkFaults } from "../../support/ooxml-validator.ts";
import { readSheetsWithOpenpyxl, requireOpenpyxl } from "../../support/openpyxl.ts";
import { readPackageParts } from "../../support/package-parts.ts";
import { workbookFaults } from "../../support/workbook-rules.ts";
import { parseXml } from "../../support/xml-tree.ts";

const AS_OF = Date.UTC(2026, 10, 5, 9);

/** Texts that have broken Excel files before. */
const NASTY = [
	...[
		'=HYPERLINK("http://x")',
		"+1",
		"-1",
		"@SUM(A1)",
		"\t=1",
		"<plc> & \"Sons\" 'x'",
		"]]>",
		"_x0041_",
		"a\u0000b\u0007c\u001f\u007f",
		"\ud800 half",
		"\uffff",
	],
	...[
		"line\r\nfeed\rreturn",
		"  blanks  ",
		"x".repeat(40_000),
		"\u{1f600}".repeat(300),
		"TRUE",
		"1E5",
		"2026-01-01",
		"é\u0301 \u202ertl",
		"&L&8 footer & co",
	],
];

const PROPERTIES = [
	...["cp:keywords", "cp:lastModifiedBy", "dc:creator", "dc:description", "dc:subject"],
	...["dcterms:created", "dcterms:modified"],
];

interface Case {
	readonly what: string;
	readonly sheets: readonly string[];
	readonly write: (file: string, signal: AbortSignal) => Promise<WriteResult>;
}

const CASES: readonly Case[] = [
	{ what: "an ordinary report", sheets: reportSheets(), write: (file, signal) => writeReport(file, "Aldgate", ["live", "test"], signal) },
	{ what: "an empty report", sheets: reportSheets(), write: (file, signal) => writeReport(file, "Nobody", [], signal) },
	{ what: "a report of nasty texts", sheets: reportSheets(), write: (file, signal) => writeReport(file, NASTY.join(" "), NASTY, signal) },
	{
		what: "an ordinary preview",
		sheets: previewSheets(1),
		write: (file, signal) => writePreview(file, "Aldgate EMEA", ["Word", "Excel"], signal),
	},
	{ what: "an empty preview", sheets: previewSheets(1), write: (file, signal) => writePreview(file, "Nobody", [], signal) },
	{
		what: "a preview of nasty texts, over several sheets",
		sheets: previewSheets(4),
		write: (file, signal) => writePreview(file, NASTY.join(" "), NASTY, signal, 5),
	},
];

describe("the workbooks keep the rules of their format", () => {
	let folder = "";
	let files: readonly string[] = [];
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "usage-report-rules-"));
		files = CASES.map((_, index) => join(folder, `case-${index}.xlsx`));
		for (const [index, { write }] of CASES.entries()) {
			const result = await write(files[index]!, new AbortController().signal);
			assert.ok(result.written);
		}
	});
	after(() => rm(folder, { recursive: true, force: true }));

	for (const [index, { what }] of CASES.entries()) {
		it(`${what}: every part, by the rules`, async () => {
			assert.deepEqual(workbookFaults(await readPackageParts(await readFile(files[index]!))), []);
		});

		it(`${what}: by the Open XML SDK`, async function () {
			this.timeout(60_000);
			const faults = await sdkFaults(files[index]!);
			if (faults === null)
				console.log("        (The SDK's validator is only to be had on Linux on x64; here the rules alone have been checked.)");
			assert.deepEqual(faults ?? [], []);
		});
	}

	it("openpyxl reads all of them, with the same sheets", async function () {
		this.timeout(120_000);
		const read = await readSheetsWithOpenpyxl(requireOpenpyxl(), files);
		assert.deepEqual(
			read.map((workbook) => Object.keys(workbook)),
			CASES.map(({ sheets }) => sheets),
		);
	});

	it("all of them say what they are", async () => {
		for (const [index, { what }] of CASES.entries()) {
			const parts = await readPackageParts(await readFile(files[index]!));
			const properties = parseXml(parts.get("docProps/core.xml") ?? "").children.map(({ name, text }) => [name, text]);
			const { "dc:title": title = "", ...others } = Object.fromEntries(properties) as Record<string, string>;
			assert.match(title, /^(Client usage report|Installations by usage category): \S/, what);
			assert.ok(title.length <= 255);
			assert.deepEqual(Object.keys(others).toSorted(), PROPERTIES, what);
			assert.equal(others["dc:creator"], "Usage Report");
			assert.equal(others["dcterms:created"], "2026-11-05T09:00:00Z");
		}
	});

	it("LibreOffice opens all of them, and no formula gives an error", async function () {
		this.timeout(240_000);
		const read = await readSheetsWithLibreOffice(requireLibreOffice(), files);
		for (const [index, { what, sheets }] of CASES.entries()) {
			assert.deepEqual([...(read[index]?.keys() ?? [])].toSorted(), sheets.toSorted(), what);
			const cells = [...(read[index]?.values() ?? [])].flat(2);
			assert.deepEqual(
				cells.filter((cell) => /^(#|Err:)/.test(cell)),
				[],
				what,
			);
		}
	});

	const BREACHES: readonly { readonly part: string; readonly from: string | RegExp; readonly to: string; readonly fault: RegExp }[] = [
		{ part: "xl/workbook.xml", from: 'name="Clients"', to: 'name="clients/"', fault: /"clients\/" is no name of a sheet/ },
		{ part: "xl/workbook.xml", from: 'name="Clients"', to: 'name="TREND"', fault: /Two sheets are called Trend/ },
		{ part: "xl/workbook.xml", from: "$A$1:$W$", to: "$A1:$W", fault: /_xlnm.Print_Area of the sheet Trend is/ },
		{
			part: "xl/_rels/workbook.xml.rels",
			from: "worksheets/sheet2.xml",
			to: "worksheets/sheet9.xml",
			fault: /leads to xl\/worksheets\/sheet9.xml/,
		},
		{ part: "xl/_rels/workbook.xml.rels", from: 'Id="rId4"', to: 'Id="rId44"', fault: /uses rId4/ },
		{ part: "[Content_Types].xml", from: "/xl/styles.xml", to: "/xl/style.xml", fault: /xl\/styles.xml has no type of its own/ },
		{ part: "xl/styles.xml", from: /<fonts count="\d+"/, to: '<fonts count="1"', fault: /The list fonts of the styles has another count/ },
		{ part: "xl/styles.xml", from: /<b\/>(<sz val="\d+"\/>)/, to: "$1<b/>", fault: /A font has its elements in the order sz, b/ },
		{ part: "xl/styles.xml", from: 'fontId="1"', to: 'fontId="99"', fault: /fontId 99/ },
		{ part: "xl/worksheets/sheet1.xml", from: '<c r="B1"', to: '<c r="A1"', fault: /The cell A1 is out of order in row 1/ },
		{ part: "xl/worksheets/sheet1.xml", from: '<row r="3"', to: '<row r="2"', fault: /Row 2 stands after row 2/ },
		{ part: "xl/worksheets/sheet1.xml", from: '<c r="A1" s="1"', to: '<c r="A1" s="999"', fault: /A1 has the style 999/ },
		{ part: "xl/worksheets/sheet1.xml", from: "<v>0</v>", to: "<v>9999</v>", fault: /A1 has the shared text 9999/ },
		{ part: "xl/worksheets/sheet1.xml", from: /(<c r="C2" s="\d+"><v>)\d+/, to: "$15000000", fault: /C2 has the date 5000000/ },
		{ part: "xl/worksheets/sheet1.xml", from: /(<c r="D2" s="\d+"><v>)\d+/, to: "$1NaN", fault: /D2 has the number "NaN"/ },
		{ part: "xl/worksheets/sheet1.xml", from: 'dxfId="0"', to: 'dxfId="99"', fault: /has the style 99/ },
		{ part: "xl/worksheets/sheet1.xml", from: 'priority="2"', to: 'priority="1"', fault: /the same priority/ },
		{
			part: "xl/worksheets/sheet1.xml",
			from: /(<autoFilter.*?\/>)(.*)(<pageMargins)/,
			to: "$2$1$3",
			fault: /conditionalFormatting stands after|autoFilter stands after/,
		},
		{ part: "xl/worksheets/sheet2.xml", from: "<f>", to: "<f>=", fault: /D2 has the formula "=/ },
		{
			part: "xl/worksheets/sheet2.xml",
			from: "&apos;Usage Report&apos;!",
			to: "&apos;Report&apos;!",
			fault: /refers to the sheet "Report"/,
		},
		{ part: "xl/worksheets/sheet3.xml", from: "<xm:f>Trend!", to: "<xm:f>Trends!", fault: /A line at "C2" shows "Trends!/ },
		{ part: "xl/worksheets/sheet3.xml", from: '<row r="2"', to: '<row r="2" r="2"', fault: /sheet3.xml is no XML/ },
	];
	for (const { part, from, to, fault } of BREACHES) {
		it(`a breach is found: ${fault.source}`, async () => {
			const parts = await readPackageParts(await readFile(files[0]!));
			const before = parts.get(part) ?? "";
			const after = before.replace(from, to);
			assert.notEqual(after, before);
			const faults = workbookFaults(new Map([...parts, [part, after]]));
			assert.ok(
				faults.some((text) => fault.test(text)),
				faults.join("\n"),
			);
		});
	}
});

function reportSheets(): readonly string[] {
	return ["Usage Report", "Clients", "Trend", "Weekly History", "About"];
}

function previewSheets(count: number): readonly string[] {
	return [
		"Summary",
		"Products",
		...Array.from({ length: count }, (_, index) => (index === 0 ? "Installations" : `Installations ${index + 1}`)),
		"About",
	];
}

/** A report in which each text is a client, a server and a version, with a subscription without a server and a log of nobody. */
function writeReport(file: string, title: string, texts: readonly string[], signal: AbortSignal): Promise<WriteResult> {
	const subscriptions = texts.map(
		(text, index): ReportSubscription => ({
			client: text,
			renewalDate: index % 3 === 2 ? null : 20_700 + index * 90,
			registeredUsers: index % 4 === 3 ? null : 10 * index,
			enterpriseUsers: 5,
			designerUsers: 0,
			servers: index % 5 === 4 ? [] : [text, `${text} 2`],
		}),
	);
	const logs = texts.flatMap((text, index) =>
		Array.from({ length: index % 2 === 0 ? 27 : 3 }, (_, back): UsageLogRow => {
			const active = back < 5 ? 20 : 80;
			const loggedAt = startOfWeek(weekOf(AS_OF) - back);
			return { server: text, loggedAt, activeRegistered: active, activeEnterprise: 3, activeDesigners: 1, version: back < 5 ? text : "1" };
		}),
	);
	const report = buildUsageReport(subscriptions, logs, AS_OF);
	const about = { title, madeAt: AS_OF, sources: texts, problems: problemsOf(texts), problemCount: texts.length };
	return writeUsageReportWorkbook(file, report, about, signal);
}

function writePreview(
	file: string,
	title: string,
	texts: readonly string[],
	signal: AbortSignal,
	rowsPerSheet?: number,
): Promise<WriteResult> {
	const devices = texts.map((text) => ({ device: text, inventoryDay: 20_760 }));
	const installations = texts.map((text) => ({ device: text, product: text, installDay: 20_000, lastUsageDay: 20_700 }));
	const about = { title, madeAt: AS_OF, sources: texts, problems: problemsOf(texts), problemCount: texts.length, limitsFromProject: false };
	return writePreviewWorkbook(
		file,
		categorize(makeEstate({ devices, installations }), AS_OF, DEFAULT_LIMITS, []),
		about,
		signal,
		rowsPerSheet,
	);
}

function problemsOf(texts: readonly string[]): readonly DataProblem[] {
	return texts.map((text, row): DataProblem => ({ code: "source/unparseable-date", source: text, row, column: text, message: text }));
}
