import type { PreviewQuery } from "../../../../server/protocol/preview-messages.ts";
import type { PreviewStore } from "../preview-state.ts";

/** Goes to the table of installations with a filter in place of the one there was; the order stays. */
export function showInstallations(state: PreviewStore, filter: NonNullable<PreviewQuery["filter"]>): void {
	const { sort } = state.current.query;
	state.change({
		tab: "installations",
		query: { ...(Object.keys(filter).length === 0 ? {} : { filter }), ...(sort === undefined ? {} : { sort }) },
	});
}
