/** Something to insert at a place. */
export interface Suggestion {
	readonly label: string;
	readonly kind: "key" | "value" | "example" | "block" | "file" | "folder";
	/** In snippet syntax for a key or block, else as it is. */
	readonly text: string;
	readonly detail?: string;
	readonly documentation?: string;
	/** Begins directly behind the colon, since it stands on the lines below. */
	readonly fromColon?: true;
}
