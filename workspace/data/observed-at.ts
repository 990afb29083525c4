import { type InstantMs, parseInstant } from "../../core/dates/instant.ts";
import type { WorkspaceFile } from "../workspace-file.ts";
import type { ObservedAt } from "./linked-data.ts";

/** The instant at which an instance's data is judged when nobody asks for another. */
export function observedAt(file: WorkspaceFile, now: InstantMs): ObservedAt {
	const model = file.config.model;
	const written = model?.kind === "instance" && model.asOf !== null ? parseInstant(model.asOf) : null;
	return written === null ? { instant: now, isNow: true } : { instant: written, isNow: false };
}
