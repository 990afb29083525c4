import type { Hover, HoverParams } from "vscode-languageserver-protocol";
import { valueAt } from "../../core/config/value-at.ts";
import type { ConfigPath } from "../../core/problems.ts";
import { describeAllow } from "../describe-allow.ts";
import type { FeatureContext } from "../feature-context.ts";
import { describeForm, describeMeaning } from "../hovers/describe-schema.ts";
import type { SourceFile } from "../hovers/describe-source.ts";
import { describeSubject, sourceAt } from "../hovers/describe-subject.ts";
import type { HoverSubject } from "../hovers/hover-subject.ts";
import { renderMarkup } from "../markup.ts";
import { describeAt } from "../schema-of-file.ts";

/**
 * What is to be said about the key or value at a position: what it means, what data and history say of it as far as that is known now, and
 * what may be written. Null where nothing is to be said.
 * @throws `signal.reason` when aborted.
 */
export async function describeHover(
	context: FeatureContext,
	params: HoverParams,
	markdown: boolean,
	signal: AbortSignal,
): Promise<Hover | null> {
	const { workspace, figures } = context;
	const file = workspace.file(params.textDocument.uri);
	if (file === null) return null;
	const positions = context.positionsOf(file);
	const offset = positions.offsetAt(params.position);
	const place = file.parsed.nodeAt(offset);
	if (place.on === "gap") {
		const allowed = describeAllow(file.parsed, offset);
		return allowed === null ? null : { contents: renderMarkup(allowed.blocks, markdown), range: positions.rangeOf(allowed.range) };
	}
	const path = withoutMerge(place.path);
	const node = path.length === 0 ? null : describeAt(file, path);
	if (node === null) return null;
	const insight = workspace.insights.peek(file.uri);
	const subject: HoverSubject | null = insight === null ? null : { file, path, insight, figures, workspace };
	const sourceFile = subject === null ? null : await readSourceFile(subject);
	signal.throwIfAborted();
	const written = place.on === "value" ? file.parsed.text.slice(place.range.start, place.range.end) : null;
	const known = subject === null ? [] : describeSubject(subject, sourceFile);
	const blocks = [
		...describeMeaning(node, written),
		...known,
		// Nobody needs an example beside what is there.
		...describeForm(node, known.length === 0),
	];
	return { contents: renderMarkup(blocks, markdown), range: positions.rangeOf(place.range) };
}

/** A merge key is about the mapping that it stands in. */
function withoutMerge(path: ConfigPath): ConfigPath {
	const merge = path.indexOf("<<");
	return merge === -1 ? path : path.slice(0, merge);
}

/** Of a source's file what the disk says at once; a disk that is slow to answer has nothing to say here. */
async function readSourceFile(subject: HoverSubject): Promise<SourceFile | null> {
	const { access, data, sources } = subject.workspace;
	const path = sourceAt(subject)?.path ?? null;
	if (path === null || !access.isOnDisk(subject.file.uri)) return null;
	const name = access.resolvePath(subject.file.uri, path);
	const patience = afterMs(DISK_MS);
	const read = async (): Promise<SourceFile | null> => {
		if (!data.readsOutside && !(await data.isReallyInside(name))) return null;
		const isAboutColumns = subject.path[2] === "columns";
		const entry = valueAt(subject.file.config.tree, subject.path.slice(0, 2));
		const [bytes, changedAt, peeked] = await Promise.all([
			access.sizeOf(name),
			access.changedAt(name),
			isAboutColumns
				? sources.peek(
						subject.file,
						entry,
						patience.then(() => {}),
					)
				: null,
		]);
		return bytes === null ? null : { bytes, changedAt, beginning: peeked?.source ?? null };
	};
	return Promise.race([read(), patience]);
}

/** Milliseconds that a disk has to answer, and for which the beginning of a file is waited for. */
const DISK_MS = 250;

function afterMs(milliseconds: number): Promise<null> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds, null).unref());
}
