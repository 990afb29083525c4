import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { type WorkbookDraft, type WriteResult, writeWorkbook } from "../../../core/workbook/write-workbook.ts";
import { asOrdinaryUser } from "../../support/ordinary-user.ts";

describe("writing a workbook", () => {
	let folder = "";
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "usage-report-write-"));
	});
	afterEach(async () => {
		await chmod(folder, 0o700);
		await rm(folder, { recursive: true, force: true });
	});

	it("leaves the finished file and nothing else", async () => {
		assert.deepEqual(await write("report.xlsx", fillRows(3)), { written: true, rows: 3 });
		await checkFolder({ "report.xlsx": "workbook" });
	});

	it("replaces an older file", async () => {
		await writeFile(join(folder, "report.xlsx"), "old");
		assert.deepEqual(await write("report.xlsx", fillRows(1)), { written: true, rows: 1 });
		await checkFolder({ "report.xlsx": "workbook" });
	});

	it("writes through a link to the file that it stands for", async () => {
		await mkdir(join(folder, "real"));
		await writeFile(join(folder, "real", "target.xlsx"), "old");
		await symlink(join(folder, "real", "target.xlsx"), join(folder, "link.xlsx"));
		assert.deepEqual(await write("link.xlsx", fillRows(1)), { written: true, rows: 1 });
		assert.deepEqual(await readdir(join(folder, "real")), ["target.xlsx"]);
		assert.equal(await kindOf(join(folder, "real", "target.xlsx")), "workbook");
	});

	it("can be cancelled before it begins", async () => {
		await writeFile(join(folder, "report.xlsx"), "old");
		assert.deepEqual(await write("report.xlsx", fillRows(1), AbortSignal.abort()), { written: false, message: "Cancelled." });
		await checkFolder({ "report.xlsx": "old" });
	});

	const cancels = [
		{ what: "between two rows", cancelAt: 500, rows: 3000 },
		{ what: "after the last row", cancelAt: 3000, rows: 3000 },
	];
	for (const { what, cancelAt, rows } of cancels) {
		it(`can be cancelled ${what}: the older file stays, the new one goes`, async () => {
			await writeFile(join(folder, "report.xlsx"), "old");
			const controller = new AbortController();
			const fill = fillRows(rows, (row) => {
				if (row === cancelAt) controller.abort();
			});
			assert.deepEqual(await write("report.xlsx", fill, controller.signal), { written: false, message: "Cancelled." });
			await checkFolder({ "report.xlsx": "old" });
		});
	}

	it("can be cancelled when all sheets are done but the file is not", async () => {
		const controller = new AbortController();
		const fill = async (draft: WorkbookDraft) => {
			const rows = await fillRows(2000)(draft);
			queueMicrotask(() => controller.abort());
			return rows;
		};
		assert.deepEqual(await write("report.xlsx", fill, controller.signal), { written: false, message: "Cancelled." });
		await checkFolder({});
	});

	it("passes a fault of the program on, and cleans up", async () => {
		await writeFile(join(folder, "report.xlsx"), "old");
		const fill = async (draft: WorkbookDraft) => {
			await fillRows(1000)(draft);
			throw new TypeError("a fault");
		};
		await assert.rejects(write("report.xlsx", fill), new TypeError("a fault"));
		await checkFolder({ "report.xlsx": "old" });
	});

	const refused = [
		{
			what: "a folder that does not exist",
			name: "none/report.xlsx",
			message: /none\/report\.xlsx cannot be written: its folder does not exist\./,
		},
		{ what: "a folder in place of the file", name: "taken", message: /taken is a folder or a device, not a file\. Choose a file name\./ },
		{ what: "a file in place of the folder", name: "file/report.xlsx", message: /a part of its path is a file, not a folder\./ },
		{ what: "a name that is too long", name: `${"x".repeat(300)}.xlsx`, message: /the name is too long\./ },
	];
	for (const { what, name, message } of refused) {
		it(`refuses ${what}`, async () => {
			await mkdir(join(folder, "taken"));
			await writeFile(join(folder, "file"), "old");
			const result = await write(name, fillRows(1));
			assert.equal(result.written, false);
			assert.match(result.written ? "" : result.message, message);
			await checkFolder({ taken: "folder", file: "old" });
		});
	}

	// Windows knows no permission that keeps a file out of a folder in this way.
	if (process.platform !== "win32")
		it("refuses a folder without permission", async () => {
			await chmod(folder, 0o555);
			const result = await asOrdinaryUser(() => write("report.xlsx", fillRows(1)));
			assert.match(result.written ? "" : result.message, /you have no permission for it or for its folder/);
			await checkFolder({});
		});

	it("explains a drive that fills up while it writes, and cleans up", async () => {
		await writeFile(join(folder, "report.xlsx"), "old");
		const fill = async (draft: WorkbookDraft) => {
			const rows = await fillRows(1000)(draft);
			const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
			(draft.workbook as unknown as { readonly stream: Writable }).stream.destroy(full);
			return rows;
		};
		const result = await write("report.xlsx", fill);
		assert.match(result.written ? "" : result.message, /report\.xlsx cannot be written: the drive is full\./);
		await checkFolder({ "report.xlsx": "old" });
	});

	function write(
		name: string,
		fill: (draft: WorkbookDraft) => Promise<number>,
		signal = new AbortController().signal,
	): Promise<WriteResult> {
		return writeWorkbook(join(folder, name), 0, fill, signal);
	}

	async function checkFolder(expected: Readonly<Record<string, string>>): Promise<void> {
		const names = await readdir(folder);
		const found = await Promise.all(names.map(async (name) => [name, await kindOf(join(folder, name))] as const));
		assert.deepEqual(Object.fromEntries(found), expected);
	}
});

/** "workbook" for a complete zip archive, "folder", or the text of the file. */
async function kindOf(path: string): Promise<string> {
	const bytes = await readFile(path).catch(() => null);
	if (bytes === null) return "folder";
	const endOfArchive = Buffer.from("PK\u0005\u0006");
	return bytes.subarray(0, 2).toString() === "PK" && bytes.includes(endOfArchive) ? "workbook" : bytes.toString();
}

function fillRows(count: number, onRow: (row: number) => void = () => undefined): (draft: WorkbookDraft) => Promise<number> {
	return async (draft) => {
		const sheet = draft.workbook.addWorksheet("Rows");
		for (let row = 1; row <= count; row++) {
			sheet.addRow([row, `text ${row}`]).commit();
			onRow(row);
			if (row % 100 === 0) await draft.flush();
		}
		sheet.commit();
		return count;
	};
}
