import { randomBytes } from "node:crypto";
import { createWriteStream, type WriteStream } from "node:fs";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type ExcelJS from "exceljs";
import type { InstantMs } from "../dates/instant.ts";
import { describeWriteFailure } from "./write-failure.ts";

/** Whether a workbook was written; if not, the file that stood there before is untouched. */
export type WriteResult =
	/** `rows`: data rows of the sheet (or sheets) that the workbook is about. */
	{ readonly written: true; readonly rows: number } | { readonly written: false; readonly message: string };

/** A workbook under construction. Sheets are filled one after the other and committed, so that only a part is ever in memory. */
export interface WorkbookDraft {
	readonly workbook: ExcelJS.stream.xlsx.WorkbookWriter;
	/**
	 * Lets finished rows flow to the disk; to be awaited now and then while rows are added.
	 * @throws when the write was cancelled or has failed; {@link writeWorkbook} turns that into its result.
	 */
	flush(): Promise<void>;
}

/**
 * Writes an Excel file. It comes into being under a temporary name in the same folder and takes its own name when it is
 * complete and on the disk; a failure or a cancel removes it and leaves an older file as it was.
 *
 * @param fill adds the sheets and answers the number of data rows; an error of its own is thrown on.
 */
export async function writeWorkbook(
	file: string,
	madeAt: InstantMs,
	fill: (draft: WorkbookDraft) => Promise<number>,
	signal: AbortSignal,
): Promise<WriteResult> {
	const cancelled: WriteResult = { written: false, message: "Cancelled." };
	if (signal.aborted) return cancelled;
	const target = await findTarget(file);
	if (!target.usable) return { written: false, message: target.message };
	const temporary = join(dirname(target.path), `.${basename(target.path).slice(0, 50)}.${randomBytes(6).toString("hex")}.tmp`);
	const output = openOutput(temporary);
	const cancel = () => output.stream.destroy(new Error("cancelled"));
	signal.addEventListener("abort", cancel, { once: true });
	try {
		const rows = await writeSheets(output, madeAt, fill, signal);
		await rename(temporary, target.path);
		return { written: true, rows };
	} catch (error) {
		await discard(output, temporary);
		if (signal.aborted) return cancelled;
		// What the disk refuses is the person's to know; any other error is a fault of this program.
		if (isSystemError(error)) return { written: false, message: describeWriteFailure(file, error.code, error.message) };
		throw error;
	} finally {
		signal.removeEventListener("abort", cancel);
	}
}

async function writeSheets(
	output: Output,
	madeAt: InstantMs,
	fill: (draft: WorkbookDraft) => Promise<number>,
	signal: AbortSignal,
): Promise<number> {
	await output.opened;
	const { default: exceljs } = await import("exceljs");
	const workbook = new exceljs.stream.xlsx.WorkbookWriter({
		stream: output.stream,
		useStyles: true,
		useSharedStrings: true,
		// The fastest level: the sheets are so repetitive that a higher one gains little.
		zip: { zlib: { level: 1 } },
	});
	workbook.creator = "Usage Report";
	workbook.lastModifiedBy = "Usage Report";
	workbook.created = new Date(madeAt);
	workbook.modified = new Date(madeAt);
	workbook.views = [{ x: 0, y: 0, width: 28_000, height: 16_000, firstSheet: 0, activeTab: 0, visibility: "visible" }];
	const flush = async () => {
		await setImmediate();
		signal.throwIfAborted();
		output.check();
	};
	const rows = await fill({ workbook, flush });
	await flush();
	await Promise.race([workbook.commit(), output.failed]);
	await output.closed;
	output.check();
	signal.throwIfAborted();
	return rows;
}

type Target = { readonly usable: true; readonly path: string } | { readonly usable: false; readonly message: string };

/** The path to write to, links followed; says at once what would otherwise come out only after the whole work. */
async function findTarget(file: string): Promise<Target> {
	try {
		const path = await realpath(file);
		if (!(await stat(path)).isFile()) return { usable: false, message: describeWriteFailure(file, "EISDIR", "") };
		// Excel keeps an open workbook locked against writing.
		await (await open(path, "r+")).close();
		return { usable: true, path };
	} catch (error) {
		if (!isSystemError(error)) throw error;
		if (error.code === "ENOENT") return { usable: true, path: file };
		return { usable: false, message: describeWriteFailure(file, error.code, error.message) };
	}
}

interface Output {
	readonly stream: WriteStream;
	/** Settles when the file exists. */
	readonly opened: Promise<void>;
	/** Settles when everything is on the disk and the file closed, also after a failure. */
	readonly closed: Promise<void>;
	/** Never resolves. */
	readonly failed: Promise<never>;
	/** Throws the failure if there was one. */
	check(): void;
}

function openOutput(path: string): Output {
	// `flush` makes the stream sync the file before it closes it.
	const stream = createWriteStream(path, { flags: "wx", flush: true });
	let failure: Error | null = null;
	const failed = new Promise<never>((_, reject) => {
		stream.on("error", (error) => {
			failure ??= error;
			reject(error);
		});
	});
	// Whoever waits for it gets the rejection; when nobody does any more, it is no fault.
	failed.catch(() => undefined);
	const opened = Promise.race([new Promise<void>((resolve) => stream.once("open", () => resolve())), failed]);
	const closed = new Promise<void>((resolve) => stream.once("close", () => resolve()));
	const check = () => {
		if (failure !== null) throw failure;
	};
	return { stream, opened, closed, failed, check };
}

async function discard(output: Output, temporary: string): Promise<void> {
	output.stream.destroy();
	await output.closed;
	await rm(temporary, { force: true }).catch(() => undefined);
}

/** An error of the operating system, as all functions of `node:fs` throw them. */
function isSystemError(error: unknown): error is Error & { readonly code: string } {
	return error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string";
}
