import { toPropertyText } from "./cell-text.ts";
import type { WorkbookDraft } from "./write-workbook.ts";

/** What a file manager shows of a workbook without opening it. Who made it and when is in every workbook. */
export interface WorkbookProperties {
	readonly title: string;
	readonly subject: string;
	readonly description: string;
	readonly keywords: readonly string[];
}

/** Gives a workbook its properties; at any time before it is complete. */
export function setProperties({ workbook }: WorkbookDraft, { title, subject, description, keywords }: WorkbookProperties): void {
	workbook.title = toPropertyText(title);
	workbook.subject = toPropertyText(subject);
	workbook.description = toPropertyText(description);
	workbook.keywords = toPropertyText(keywords.join(", "));
}
