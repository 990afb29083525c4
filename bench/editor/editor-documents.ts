/** How a document is written. */
export type DocumentStyle = "project" | "instance" | "anchors and flow style";

export const DOCUMENT_STYLES: readonly DocumentStyle[] = ["project", "instance", "anchors and flow style"];

/** A document to measure with. */
export interface EditorDocument {
	readonly style: DocumentStyle;
	readonly lines: number;
	readonly text: string;
	/** Name that makes both servers take it for one of ours. */
	readonly fileName: string;
	/** Lines on which a key of an entry stands, in the middle of the document, whose value is typed into. */
	readonly typingLines: readonly number[];
}

/** A faultless document of about so many lines; the same each time. */
export function makeDocument(style: DocumentStyle, lines: number): EditorDocument {
	const head = HEADS[style];
	const write = WRITERS[style];
	const rows = [...head];
	for (let number = 1; rows.length < lines; number++) rows.push(...write(number).flatMap((row) => row.split("\n")));
	const middle = Math.floor(rows.length / 2);
	const typingLines = rows.flatMap((row, line) => (line >= middle && TYPED.test(row) ? [line] : [])).slice(0, MAX_TYPED);
	return {
		style,
		lines: rows.length,
		text: `${rows.join("\n")}\n`,
		fileName: `${style === "project" ? style : "instance"}-${style.length}-${lines}.usage.yaml`,
		typingLines,
	};
}

const MAX_TYPED = 200;
const TYPED = /^\s+(?:- )?(?:client|name):/;

const LIMITS = ["usageCategory:", "  InstallDateCutOffLimit: 7", "  UsedCategoryLimit: 30", "  UnusedCategoryLimit: 90"];

const HEADS: { readonly [style in DocumentStyle]: readonly string[] } = {
	project: ["# A project with many clients", "kind: project", "title: Northwind", ...LIMITS, "subscriptions:"],
	instance: [
		"# An instance with many policies",
		"kind: instance",
		"name: Northwind",
		"project: northwind.usage.yaml",
		...LIMITS,
		"reclaimPolicies:",
	],
	"anchors and flow style": ["kind: instance", "name: Northwind", "project: northwind.usage.yaml", ...LIMITS, "reclaimPolicies:"],
};

const WRITERS: { readonly [style in DocumentStyle]: (number: number) => readonly string[] } = {
	project: (number) => [
		`  - client: Client ${number} of Northwind`,
		"    renewalDate: 2028-03-31",
		`    registeredUsers: ${50 + (number % 900)}`,
		`    enterpriseUsers: ${number % 40}`,
		`    designerUsers: ${number % 7}`,
		"    # their servers",
		"    servers:",
		`      - northwind-live-${number}`,
		`      - northwind-test-${number}`,
		`      - "northwind train ${number}"`,
	],
	instance: (number) => [
		`  - name: Policy ${number}`,
		"    products:",
		`      - Product ${number}`,
		`      - Vendor ${number} Suite*`,
		"    categories:",
		"      - Unused",
		"    # agreed with the client",
		`    action: ${number % 3 === 0 ? "mandatory" : "optional"}`,
		`    state: ${number % 2 === 0 ? "draft" : "published"}`,
		`    enabled: ${number % 5 !== 0}`,
	],
	"anchors and flow style": (number) => [
		...(number === 2
			? ["  - <<: *first", `    name: Policy ${number}`]
			: [`  - ${number === 1 ? "&first" : ""}`.trimEnd() + lead(number, `name: Policy ${number}`)]),
		`    products: [Product ${number}, "Vendor ${number} Suite*"]`,
		`    categories: ${number % 500 === 1 ? `&list${number} ` : ""}${number % 500 === 2 ? `*list${number - 1}` : "[Unused]"}`,
		"    action: optional",
		`    state: ${number % 2 === 0 ? "draft" : "published"}`,
	],
};

/** A key on the line of its dash, or below the anchor that stands there. */
function lead(number: number, key: string): string {
	return number === 1 ? `\n    ${key}` : ` ${key}`;
}
