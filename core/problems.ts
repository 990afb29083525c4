/** How much a problem matters; the order of the language server protocol, most severe first. */
export type Severity = "error" | "warning" | "information" | "hint";

/** Keys and list indices that lead from the root of a configuration file to a node; empty for the root itself. */
export type ConfigPath = readonly (string | number)[];

/** Which part of the node at a path is marked: the key of its entry, its value, or the key when there is no value. */
export type ProblemAnchor = "key" | "value";

/**
 * A repair of one configuration file, in terms of its tree; turning it into text edits is the YAML layer's work. Some need `further`
 * steps, which are carried out after it, each on the file as it is then: without them the repair would bring about another fault.
 */
export type ConfigFix = ConfigStep & { readonly further?: readonly ConfigFix[] };

/** One change of the tree. */
type ConfigStep =
	| { readonly kind: "set"; readonly title: string; readonly preferred: boolean; readonly path: ConfigPath; readonly value: unknown }
	| { readonly kind: "append"; readonly title: string; readonly preferred: boolean; readonly path: ConfigPath; readonly value: unknown }
	| { readonly kind: "remove"; readonly title: string; readonly preferred: boolean; readonly path: ConfigPath }
	| {
			readonly kind: "rename-key";
			readonly title: string;
			readonly preferred: boolean;
			readonly path: ConfigPath;
			readonly newKey: string;
	  };

/** A place in a configuration file that helps to understand a problem. */
export interface RelatedPlace {
	/** Identity of the file, as in {@link ConfigFile.id}. */
	readonly file: string;
	readonly path: ConfigPath;
	readonly anchor: ProblemAnchor;
	readonly message: string;
	/** The line that is really meant, where that is none of a configuration as it is now; who cannot show it shows the place in the configuration. */
	readonly line?: RelatedLine;
}

/** A line of linked data, or of a configuration in the last commit. */
export interface RelatedLine {
	readonly of: "data" | "commit";
	/** URI of the data file, or of the configuration. */
	readonly uri: string;
	/** From 0. */
	readonly line: number;
}

/** A fault of a configuration file, placed by path; ranges are found by the layer that holds the text. */
export interface ConfigProblem {
	/** Stable code such as `limits/order`; documented in docs/diagnostics.md. */
	readonly code: string;
	readonly severity: Severity;
	/** What is wrong and what to do, in one or two sentences. */
	readonly message: string;
	readonly path: ConfigPath;
	readonly anchor: ProblemAnchor;
	/** Path of the node whose absence is the fault; absent when the fault is something else. */
	readonly missing?: ConfigPath;
	readonly related?: readonly RelatedPlace[];
	readonly fixes?: readonly ConfigFix[];
	/** True when the marked text has no effect and may be removed. */
	readonly unnecessary?: boolean;
}

/** A fault in a row of linked data. The row is kept or left out as docs/configuration.md says, but never in silence. */
export interface DataProblem {
	/** Stable code such as `source/unparseable-date`. */
	readonly code: string;
	/** Name of the data source. */
	readonly source: string;
	/** Row as a spreadsheet shows it: the header is row 1; without a header, and in databases, the first record is row 1. Null for the whole source. */
	readonly row: number | null;
	/** The source's own column name; null where no single column is meant. */
	readonly column: string | null;
	readonly message: string;
}
