import { randomBytes } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { t } from "../texts/translate.ts";
import { type FileSink, type OpenSink, openSink } from "./file-sink.ts";
import { findTarget, type OlderFile, type UsableTarget } from "./find-target.ts";
import { moveIntoPlace } from "./move-into-place.ts";
import { isSystemError } from "./system-error.ts";
import { describeWriteFailure } from "./write-failure.ts";

/** Whether a file was written; if not, what stood there before is untouched, and the message says what to do. */
export type Replaced<Value> =
	/** `value`: what the content's maker answered. */
	{ readonly written: true; readonly value: Value } | { readonly written: false; readonly message: string };

/**
 * Makes a file, or replaces an older one, as a whole or not at all. The content goes to a temporary file in the same folder, named
 * {@link TEMPORARY_NAME}, which takes the place of the older file when all of it is on the disk. A failure or a cancel removes it; only when
 * this process is killed it stays behind. Links are followed; the older file's permissions are kept.
 *
 * @param fill writes the content to the sink and answers what is of interest of it. It need not end the sink's stream. It should
 *   let others have a turn every 50 ms or so, as awaiting the sink does. When the write is cancelled it is no longer waited for: what it awaits of
 *   the sink throws. An error of its own is thrown on, unless it is one of the operating system.
 * @param signal cancels the write, up to the moment when the file takes its place.
 */
export async function replaceFile<Value>(
	file: string,
	fill: (sink: FileSink) => Promise<Value>,
	signal: AbortSignal,
): Promise<Replaced<Value>> {
	if (signal.aborted) return cancelled();
	const aborted = watchAbort(signal);
	try {
		const target = await Promise.race([findTarget(file), aborted.happens]);
		if (!target.usable) return { written: false, message: target.message };
		const value = await writeTarget(file, target, fill, { signal, happens: aborted.happens });
		return { written: true, value };
	} catch (error) {
		if (signal.aborted) return cancelled();
		if (error instanceof Refusal) return { written: false, message: error.message };
		// What the disk refuses is the person's to know; any other error is a fault of this program.
		if (isSystemError(error)) return { written: false, message: describeWriteFailure(file, error.code, error.message) };
		throw error;
	} finally {
		aborted.forget();
	}
}

/** How a temporary file is named: a hidden one, after the file that it would have become. */
export const TEMPORARY_NAME = /^\..*\.usage-report-[0-9a-f]{12}\.tmp$/;

function nameTemporary(file: string): string {
	// Few enough characters that the name fits wherever the file's own does.
	return `.${basename(file).slice(0, 40)}.usage-report-${randomBytes(6).toString("hex")}.tmp`;
}

interface Cancel {
	readonly signal: AbortSignal;
	/** Rejects when the signal is aborted; never resolves. */
	readonly happens: Promise<never>;
}

async function writeTarget<Value>(
	file: string,
	target: UsableTarget,
	fill: (sink: FileSink) => Promise<Value>,
	cancel: Cancel,
): Promise<Value> {
	const temporary = join(dirname(target.path), nameTemporary(target.path));
	const handle = await open(temporary, "wx", target.older?.mode ?? 0o666);
	const output = openSink(handle, cancel.signal);
	try {
		const value = await Promise.race([makeContent(handle, output, target.older, fill), output.failed, cancel.happens]);
		await handle.close();
		await confirmTarget(file, target);
		await moveIntoPlace(temporary, target.path, cancel.signal);
		await syncFolder(dirname(target.path));
		return value;
	} catch (error) {
		output.stop();
		// A close waits for what the disk is doing, which may take long; a cancel does not wait.
		const closed = handle.close().catch(() => undefined);
		if (!cancel.signal.aborted) await closed;
		await rm(temporary, { force: true }).catch(() => undefined);
		throw error;
	}
}

async function makeContent<Value>(
	handle: FileHandle,
	output: OpenSink,
	older: OlderFile | null,
	fill: (sink: FileSink) => Promise<Value>,
): Promise<Value> {
	if (older !== null) await takeOver(handle, older);
	const value = await fill(output.sink);
	await output.end();
	await handle.sync();
	return value;
}

/** Gives the new file the owner and the permissions of the older one, as far as this user may and the drive knows such. */
async function takeOver(handle: FileHandle, { mode, uid, gid }: OlderFile): Promise<void> {
	if (process.platform === "win32") return;
	const made = await handle.stat();
	if (made.uid !== uid || made.gid !== gid) await handle.chown(uid, gid).catch(() => undefined);
	await handle.chmod(mode).catch(() => undefined);
}

/** Looks once more: what was a file may have become a link or a folder meanwhile, and where there was nothing may be a file. */
async function confirmTarget(file: string, before: UsableTarget): Promise<void> {
	const now = await findTarget(file);
	if (!now.usable) throw new Refusal(now.message);
	if (before.older === null && now.older !== null)
		throw new Refusal(t`${file} was made by somebody else while it was exported. Look at it, then export again or choose another name.`);
	if (now.path !== before.path)
		throw new Refusal(t`${file} leads somewhere else than when the export began. Look at what stands there, then export again.`);
}

/** So that the file is found under its name even after a power failure. Not every system can; the file itself is safe by then. */
async function syncFolder(folder: string): Promise<void> {
	if (process.platform === "win32") return;
	try {
		const handle = await open(folder, "r");
		await handle.sync().finally(() => handle.close());
	} catch (error) {
		if (!isSystemError(error)) throw error;
	}
}

/** Why the target cannot be written, for the person. */
class Refusal extends Error {}

function cancelled(): { readonly written: false; readonly message: string } {
	return { written: false, message: t("Cancelled.") };
}

function watchAbort(signal: AbortSignal) {
	let forget = () => {};
	const happens = new Promise<never>((_, reject) => {
		const onAbort = () => reject(signal.reason);
		signal.addEventListener("abort", onAbort, { once: true });
		forget = () => signal.removeEventListener("abort", onAbort);
	});
	// Whoever waits for it gets the rejection; when nobody does any more, it is no fault.
	happens.catch(() => undefined);
	return { happens, forget };
}
