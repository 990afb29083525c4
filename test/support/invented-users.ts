import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { gunzipSync, inflateRawSync } from "node:zlib";

/** Names that nothing but a list of accesses can have. */
export const USERS = [
	"Zorbalina Quent",
	"xqm.plughwright",
	"Ödbjörn Kvitnesund",
	"VEXMOOR\\drizzlebane",
	"tumbrel@wexworthy.example",
] as const;

/** Parts of the names that show in any spelling; in small letters. */
const TRACES = ["zorbalina", "quent", "plughwright", "dbjörn", "kvitnesund", "vexmoor", "drizzlebane", "tumbrel", "wexworthy"];

/** Accesses of the users, some of them with faults of every kind, as rows of server, user, type and instant. */
export const ACCESSES: readonly (readonly string[])[] = [
	["acme-live", USERS[0], "Registered", "2026-10-20T08:00:00Z"],
	["acme-live", USERS[1], "Registered", "2026-10-21T08:00:00Z"],
	["acme-live", USERS[2], "Enterprise", "2026-10-22T08:00:00Z"],
	["acme-live", USERS[3], "Designer", "2026-10-23T08:00:00Z"],
	["acme-test", USERS[4], "Registered", "2026-10-24T08:00:00Z"],
	["acme-test", USERS[0], "Registered", "2027-10-24T08:00:00Z"],
	["acme-test", USERS[1], "Administrator", "2026-10-24T08:00:00Z"],
	["acme-test", USERS[2], "", "2026-10-24T08:00:00Z"],
	["", USERS[3], "Registered", "2026-10-24T08:00:00Z"],
	["acme-test", USERS[4], "Registered", "24/10/2026"],
	["acme-test", USERS[0], "Registered", "2026-02-30"],
	["acme-test", USERS[1], "Registered", ""],
	["acme-test", USERS[2], "Registered", "2026-10-24T08:00:00Z", USERS[3]],
];

/** Accesses as CSV. @param header null for none. */
export function toCsv(header: string | null, rows: readonly (readonly string[])[] = ACCESSES, delimiter = ","): string {
	return `${header === null ? "" : `${header}\n`}${rows.map((row) => `${row.join(delimiter)}\n`).join("")}`;
}

const HEADER = "server,user,userType,accessedAt";

/** A project file over the accesses. */
function project(source: string): string {
	return `kind: project
title: Acme
subscriptions:
  - { client: Acme plc, renewalDate: 2026-12-31, registeredUsers: 50, enterpriseUsers: 4, designerUsers: 2, servers: [acme-live, acme-test] }
dataSources:
  - { name: accesses, provides: userActivity, ${source} }
`;
}

/** One way in which accesses are given to the program: right, or wrong in one of the ways in which people are wrong. */
export interface AccessCase {
	readonly what: string;
	/** Files by name, among them acme.usage.yaml. */
	readonly files: Readonly<Record<string, string>>;
	/** Part of what a report says; absent where it makes one. */
	readonly failure?: RegExp;
}

/** All but the first in a way that is wrong. */
export const ACCESS_CASES: readonly AccessCase[] = [
	{ what: "rows with and without faults", files: { "acme.usage.yaml": project("type: csv, path: a.csv"), "a.csv": toCsv(HEADER) } },
	{
		what: "user and type exchanged",
		files: { "acme.usage.yaml": project("type: csv, path: a.csv, columns: { user: userType, userType: user }"), "a.csv": toCsv(HEADER) },
	},
	{
		what: "user and instant exchanged",
		files: {
			"acme.usage.yaml": project("type: csv, path: a.csv, columns: { user: accessedAt, accessedAt: user }"),
			"a.csv": toCsv(HEADER),
		},
	},
	{
		what: "the instants in another format",
		files: { "acme.usage.yaml": project("type: csv, path: a.csv, dateFormat: MM/dd/yyyy"), "a.csv": toCsv(HEADER) },
	},
	{
		what: "no header",
		files: { "acme.usage.yaml": project("type: csv, path: a.csv"), "a.csv": toCsv(null) },
		failure: /first row does not look like names of columns/,
	},
	{
		what: "no header, with columns named",
		files: {
			"acme.usage.yaml": project("type: csv, path: a.csv, columns: { server: Host, user: Zorbalena, userType: Kind, accessedAt: When }"),
			"a.csv": toCsv(null),
		},
		failure: /first row does not look like names of columns/,
	},
	{
		what: "no header, and a first row of a user who never came and has an unknown type",
		files: {
			"acme.usage.yaml": project("type: csv, path: a.csv"),
			"a.csv": toCsv(null, [["acme-live", USERS[0], "Admin", ""], ...ACCESSES]),
		},
		failure: /first row does not look like names of columns/,
	},
	{
		what: "no header, cut at the wrong character",
		files: { "acme.usage.yaml": project("type: csv, path: a.csv"), "a.csv": toCsv(null, ACCESSES, ";") },
		failure: /first row does not look like names of columns/,
	},
	{
		what: "a column that is not there",
		files: { "acme.usage.yaml": project("type: csv, path: a.csv, columns: { user: Login }"), "a.csv": toCsv(HEADER) },
		failure: /no column "Login"/,
	},
	{
		what: "text behind a quoted name",
		files: {
			"acme.usage.yaml": project("type: csv, path: a.csv"),
			"a.csv": `${toCsv(HEADER)}acme-live,"${USERS[0]}" x,Registered,2026-10-20\n`,
		},
		failure: /a\.csv/,
	},
	{
		what: "a quote that is never closed",
		files: {
			"acme.usage.yaml": project("type: csv, path: a.csv"),
			"a.csv": `${toCsv(HEADER)}acme-live,"${USERS[0]},Registered,2026-10-20\n`,
		},
		failure: /a\.csv/,
	},
	{
		what: "a text file that is said to be a database",
		files: { "acme.usage.yaml": project("type: sqlite, path: a.csv, table: t"), "a.csv": toCsv(HEADER) },
		failure: /a\.csv/,
	},
	{
		what: "a text file that is said to be a workbook",
		files: { "acme.usage.yaml": project("type: excel, path: a.csv"), "a.csv": toCsv(HEADER) },
		failure: /a\.csv/,
	},
];

/** The names of users that a text shows any part of, also escaped, in percent signs or backwards slashes. */
export function findUsers(text: string): readonly string[] {
	const spellings = [text, unescaped(text), decoded(text)].map((spelling) => spelling.toLowerCase());
	return TRACES.filter((trace) => spellings.some((spelling) => spelling.includes(trace)));
}

/** The users whose names any file in a folder has, with the file, packed or not, in UTF-8 or UTF-16. */
export function findUsersInFiles(folder: string, isInput: (name: string) => boolean): readonly string[] {
	return (readdirSync(folder, { recursive: true }) as string[])
		.filter((name) => statSync(path.join(folder, name)).isFile() && !isInput(name))
		.flatMap((name) => {
			const bytes = readFileSync(path.join(folder, name));
			const users = [name, ...spell(bytes), ...unpack(bytes).flatMap(spell)].flatMap(findUsers);
			return [...new Set(users)].map((user) => `${name}: ${user}`);
		});
}

function spell(bytes: Uint8Array): readonly string[] {
	const wide = new TextDecoder("utf-16le");
	return [new TextDecoder().decode(bytes), wide.decode(bytes), wide.decode(bytes.subarray(1))];
}

/** The parts of a zip archive, by their local headers; of gzip what is in it. */
function unpack(bytes: Buffer): readonly Uint8Array[] {
	const parts: Uint8Array[] = [];
	if (bytes[0] === 0x1f && bytes[1] === 0x8b) parts.push(gunzipSync(bytes));
	for (let at = bytes.indexOf("PK\u0003\u0004"); at !== -1; at = bytes.indexOf("PK\u0003\u0004", at + 4)) {
		const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
		if (bytes.readUInt16LE(at + 8) === 0) continue;
		parts.push(inflateRawSync(bytes.subarray(start), { finishFlush: 2 }));
	}
	return parts;
}

function unescaped(text: string): string {
	return text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function decoded(text: string): string {
	return text.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
		try {
			return decodeURIComponent(escaped);
		} catch {
			return escaped;
		}
	});
}
