import type { PreviewAbout } from "../../core/workbook/preview-workbook.ts";

/** What the workbook says about itself. */
export const EXPORT_ABOUT: PreviewAbout = {
	title: "Benchmark",
	madeAt: Date.UTC(2026, 10, 5),
	sources: ["Installations", "Devices"],
	problems: [],
	problemCount: 0,
	limitsFromProject: false,
};
