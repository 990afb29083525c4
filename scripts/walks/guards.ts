import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, ConsoleMessage, Page } from "playwright-core";

/** Notes everything that must not happen while a walk is under way. */
export interface Guard {
	/** One text for each thing that happened. */
	complaints(): readonly string[];
}

/** Files and addresses of this extension, in addresses and in stacks. */
const OURS = /usage-report\.usage-report|\/dist\/webviews\//;

/** Scripts of the workbench itself; they also print what extensions log. */
const WORKBENCH = /\/static\/(?:out|node_modules|extensions)\//;

/** What the workbench asks for in vain where there is no network, or what this host leaves out. */
const KNOWN_ADDRESSES = [
	/\/_static\/src\/browser\/media\/(?:favicon|templates)/,
	/\/static\/node_modules\/vsda\//,
	/\/update\/check$/,
	/^https:\/\/open-vsx\.org\//,
	/^https:\/\/[a-z.-]+\.vscode-cdn\.net\/insider\//,
];

/** The service worker of this host, which has no address of its own in the message. */
const NO_SERVICE_WORKER = "A bad HTTP response code (404) was received when fetching the script.";

/** Watches the pages of a context: console errors, refusals of a content security policy, uncaught errors, and dialogs. */
export function watchContext(context: BrowserContext): Guard {
	const noted: string[] = [];
	context.on("console", (message) => {
		const complaint = complaintOf(message);
		if (complaint !== null) noted.push(complaint);
	});
	context.on("page", (page) => watchPage(page, noted));
	return { complaints: () => noted };
}

function watchPage(page: Page, noted: string[]): void {
	page.on("pageerror", (error) => {
		const stack = error.stack ?? error.message;
		const frames = stack.split("\n").filter((line) => /^\s*at /.test(line));
		const isTheirs = frames.length > 0 && frames.every((line) => WORKBENCH.test(line) && !OURS.test(line));
		if (!isTheirs) noted.push(`An error was not caught: ${error.message}\n${stack}`);
	});
	page.on("dialog", (dialog) => {
		// Only a page with unsaved changes asks this when it is left.
		if (dialog.type() !== "beforeunload") noted.push(`A script opened a dialog: ${dialog.type()} "${dialog.message()}"`);
		void dialog.accept().catch(() => {});
	});
}

function complaintOf(message: ConsoleMessage): string | null {
	const text = message.text();
	if (/Content Security Policy|requires 'TrustedHTML'/i.test(text)) return `A content security policy refused something: ${text}`;
	if (message.type() !== "error") return null;
	const { url } = message.location();
	const noted = `A console error (${url === "" ? "no address" : url}): ${text}`;
	if (OURS.test(url)) return noted;
	if (WORKBENCH.test(url)) return OURS.test(text) ? noted : null;
	if (KNOWN_ADDRESSES.some((address) => address.test(url)) || text === NO_SERVICE_WORKER) return null;
	return noted;
}

/** The logs of the extension hosts that have been started since this was made. */
export interface HostLogs {
	/** Whole text of the hosts' own logs. */
	text(): string;
	/** Errors of this extension: what it threw, what it rejected and did not handle, and what it logged as an error itself. */
	complaints(): readonly string[];
}

/** @param logs folder in which the host keeps one folder per extension host. */
export function followHostLogs(logs: string): HostLogs {
	const before = new Set(listHosts(logs));
	const started = () => listHosts(logs).filter((folder) => !before.has(folder));
	const read = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
	const own = (folder: string) => {
		const home = join(folder, "usage-report.usage-report");
		return existsSync(home) ? readdirSync(home).map((name) => read(join(home, name))) : [];
	};
	const text = () =>
		started()
			.map((folder) => read(join(folder, "remoteexthost.log")))
			.join("\n");
	return {
		text,
		complaints: () => [
			...started()
				.flatMap((folder) => entriesOf(read(join(folder, "remoteexthost.log")).split(ENDING)[0] ?? ""))
				.filter((entry) => /\[error\]/.test(entry) && OURS.test(entry)),
			...started()
				.flatMap(own)
				.flatMap(entriesOf)
				.filter((entry) => /\[error\]/i.test(entry)),
		],
	};
}

/** After this a host closes its channels, whatever is still under way in them. */
const ENDING = "Extension host terminating";

function listHosts(logs: string): readonly string[] {
	if (!existsSync(logs)) return [];
	return readdirSync(logs).flatMap((session) =>
		readdirSync(join(logs, session))
			.filter((name) => name.startsWith("exthost"))
			.map((name) => join(logs, session, name)),
	);
}

/** Entries of a log: each starts with an instant, and its further lines belong to it. */
function entriesOf(log: string): readonly string[] {
	return log.split(/\n(?=\d{4}-\d{2}-\d{2} \d{2}:)/).filter((entry) => entry.trim() !== "");
}
