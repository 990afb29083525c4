import type { Severity } from "../problems.ts";

/** One kind of problem that this product reports. */
export interface DiagnosticCode {
	/** Stable: people search for it and silence it by this text. Documented in docs/diagnostics.md under the same name. */
	readonly code: string;
	readonly severity: Severity;
	/** One line without a full stop. */
	readonly summary: string;
}

/** All kinds of problem, by family. The list is closed: what is not in it is never reported. */
export const DIAGNOSTIC_CODES: readonly DiagnosticCode[] = [
	error("yaml/alias-bomb", "aliases that would multiply the file beyond any use"),
	error("yaml/bad-alias", "an alias without the name of an anchor"),
	error("yaml/bad-collection-type", "a tag for another type of value"),
	error("yaml/bad-directive", "a directive that is not understood"),
	error("yaml/bad-dq-escape", "a backslash in double quotes that begins no special character"),
	error("yaml/bad-indent", "a line that begins in the wrong column"),
	error("yaml/bad-merge", "a merge key with something other than a mapping"),
	error("yaml/bad-prop-order", "an anchor or a tag that does not stand directly before its value"),
	error("yaml/bad-scalar-start", "a text that begins with a reserved character"),
	error("yaml/block-as-implicit-key", "two keys on one line"),
	error("yaml/block-in-flow", "indented lines inside brackets"),
	error("yaml/duplicate-key", "a key that stands twice in one mapping"),
	error("yaml/impossible", "text that cannot be read as YAML"),
	error("yaml/key-over-1024-chars", "a key of more than 1,024 characters"),
	error("yaml/missing-char", "a missing colon, comma, quote or bracket"),
	error("yaml/multiline-implicit-key", "a key that goes over several lines"),
	error("yaml/multiple-anchors", "a value with several anchors"),
	error("yaml/multiple-documents", "a second document in the file"),
	error("yaml/multiple-tags", "a value with several tags"),
	error("yaml/nested-too-deeply", "more levels than any setting has"),
	error("yaml/non-string-key", "a key that is a list or a mapping"),
	error("yaml/not-utf8", "a file that is not text in UTF-8"),
	error("yaml/recursive-alias", "an alias inside the very value that it stands for"),
	error("yaml/tab-as-indent", "indentation by a tab"),
	error("yaml/tag-resolve-failed", "a tag that is not known or does not fit"),
	error("yaml/unexpected-token", "a character in a place where it cannot stand"),
	error("yaml/unresolved-alias", "an alias for an anchor that is not there"),

	error("schema/duplicate-item", "the same value twice in a list"),
	error("schema/empty-file", "a file without content"),
	error("schema/empty-value", "a key without a value, an empty text or an empty list"),
	error("schema/missing-key", "a required key that is not there"),
	error("schema/not-allowed-here", "a key that has no meaning in this place"),
	error("schema/out-of-range", "a number that is too small or too large"),
	error("schema/unknown-key", "a key that does not exist"),
	error("schema/unknown-kind", "a kind of file other than project and instance"),
	error("schema/unknown-value", "a value that is not among the possible ones"),
	error("schema/wrong-format", "a text that is not a date, an instant or a currency"),
	error("schema/wrong-type", "a text instead of a number, a mapping instead of a list, and the like"),

	error("limits/without-advice", "a limit that differs from its default without recorded advice for that value"),
	hint("limits/advice-unused", "an advice entry whose value the limit does not have"),
	error("limits/order", "limits that do not rise from the install date cut-off to Used to Unused"),
	warning("limits/narrow-band", "an Unused limit directly after the Used limit, which leaves no day for Rarely Used"),
	warning("limits/changed", "a limit that differs from the last commit, or from the deployed settings"),
	error("limits/reclaim-exposure", "a change of limits that newly exposes installations to mandatory reclaim policies"),
	error("limits/zero-cut-off", "an install date cut-off of 0 while there is a reclaim policy"),
	information("limits/drift-from-project", "a limit of an instance that differs from its project's"),
	warning("limits/drift-from-deployed", "a limit that differs from the linked rows of deployed settings"),
	warning("limits/beyond-retention", "a limit that is longer than the linked data goes back"),

	error("instance/no-limits", "an instance without limits of its own"),

	error("reference/missing-project", "a path to a project where there is no configuration file"),
	warning("reference/outside-workspace", "a path to a project that is not read, since it lies outside of a workspace that is not trusted"),
	error("reference/not-a-project", "a path to a configuration file that is not a project"),
	error("reference/duplicate-title", "two projects with the same title"),
	error("reference/duplicate-instance", "two instances of a project with the same name"),
	error("reference/duplicate-id", "two projects or instances of a client with the same number"),
	error("reference/duplicate-name", "two data sources, bundles or reclaim policies of a file with the same name"),
	error("reference/missing-component", "a component of a bundle of which the data has no installation"),
	error("reference/missing-product", "a product of a reclaim policy, without *, of which the data has no installation"),
	error("reference/missing-server", "a server without logs that is written nearly like one that logs"),
	error("reference/nested-bundle", "a bundle that contains itself or another bundle"),

	error("source/binary-file", "a binary file where a text file is expected"),
	error("source/damaged-database", "a file that is not a SQLite database, or a damaged one"),
	error("source/damaged-file", "a workbook or Parquet file that is damaged, or a file of another kind"),
	error("source/duplicate-column", "a column that occurs several times in the source"),
	error("source/empty-file", "a data file without content"),
	error("source/encrypted-file", "a workbook or Parquet file that is protected by a password or key"),
	error("source/invalid-encoding", "a data file in another encoding than stated"),
	error("source/invalid-query", "a query that the database does not accept"),
	error("source/malformed-csv", "a CSV file whose quotes or delimiter do not work out"),
	error("source/missing-column", "a column that the source does not have"),
	error("source/missing-file", "a data file that is not there"),
	error("source/missing-location", "a data source that does not say what to read"),
	error("source/missing-sheet", "a sheet that the workbook does not have"),
	error("source/missing-table", "a table that the database does not have"),
	error("source/nested-column", "a column that holds lists or further columns"),
	error("source/not-a-file", "a folder or a device where a data file is expected"),
	error("source/row-too-long", "a row of a CSV file that is too long to be one"),
	error("source/unknown-time-zone", "a time zone that does not exist"),
	error("source/unreadable", "a data file that cannot be opened or read to its end"),
	error("source/unsupported-runtime", "a SQLite library that does not run on this machine"),
	error("source/unsupported-type", "a type of data source that this version does not read"),
	error("source/wrong-date-format", "dates that are written in another format than stated"),
	warning("source/device-spelling", "devices that installations spell otherwise than the devices do"),
	warning("source/empty-dates", "a date column with hardly any date in it"),
	warning("source/future-access", "accesses in the future, which do not count"),
	warning("source/lone-device", "one device alone that sets End of Sync, a week or more after all others"),
	warning("source/missing-key", "rows without a device, product, server or user, which are left out"),
	warning("source/not-a-number", "cells that are not whole numbers"),
	warning("source/outside-workspace", "a path that leaves the folders of the workspace"),
	warning("source/placeholder-date", "dates that stand for no date, or one date in over half of the rows"),
	warning("source/surplus-cells", "rows with more cells than columns"),
	warning("source/unknown-user-type", "rows with a user type that does not exist, which are left out"),
	information("source/unlisted-device", "devices of installations that are not among the devices"),
	warning("source/unparseable-date", "cells that are not dates in the stated format"),
	warning("source/unusable-settings", "settings rows that contradict each other, lack a limit or hold what is none"),
	warning("source/usage-before-install", "rows that were last used before they were installed"),

	error("subscription/duplicate-server", "a server that is named in two subscriptions, or twice in one"),
	error("subscription/fractional-users", "a number of users that is not whole"),
	error("subscription/negative-users", "a number of users less than 0"),
	warning("subscription/never-reported", "a server without any usage log"),
	warning("subscription/no-servers", "a subscription without servers"),
	warning("subscription/over-use", "more active users than are paid for"),
	warning("subscription/renewal-due", "a renewal within the next 90 days"),
	warning("subscription/renewal-past", "a renewal date that has passed"),
	warning("subscription/stale", "a server whose latest usage log is more than a week old"),
	information("subscription/unknown-server", "servers that log and that no subscription names"),

	warning("policy/no-product", "a product pattern of a reclaim policy that matches no product of the data"),
	warning("policy/overlap", "two enabled policies that can reclaim the same installation"),
	warning("policy/rarely-used", "a policy that reclaims Rarely Used installations"),

	warning("allow/malformed", "a comment that is meant to allow something and cannot be understood"),
	warning("allow/no-reason", "a comment that allows a warning without saying why"),
	warning("allow/not-allowed", "a comment that would allow an error"),
	warning("allow/unknown-code", "a comment that allows a code that does not exist"),
	hint("allow/unneeded", "a comment that allows what is not reported"),
];

function error(code: string, summary: string): DiagnosticCode {
	return { code, severity: "error", summary };
}

function warning(code: string, summary: string): DiagnosticCode {
	return { code, severity: "warning", summary };
}

function information(code: string, summary: string): DiagnosticCode {
	return { code, severity: "information", summary };
}

function hint(code: string, summary: string): DiagnosticCode {
	return { code, severity: "hint", summary };
}
