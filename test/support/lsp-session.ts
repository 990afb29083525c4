import { afterEach, beforeEach } from "mocha";
import { createFixture, type FixtureWorkspace } from "./fixture-workspace.ts";
import { type LspSession, type SessionStart, startLsp } from "./lsp-harness.ts";

/** A folder and a server that has read it, of the test that runs now. */
export interface TestSession {
	readonly fixture: FixtureWorkspace;
	readonly lsp: LspSession;
	/** Ends the server and starts another on the same folder. */
	restart(more: Partial<SessionStart>): Promise<void>;
}

/** Gives every test of the suite that calls this a folder with these files and a server on it, and takes both away after it. */
export function sessionPerTest(files: Readonly<Record<string, string>>): TestSession {
	let fixture: FixtureWorkspace;
	let lsp: LspSession;
	beforeEach(async () => {
		fixture = createFixture(files);
		lsp = await startLsp({ folders: [fixture.rootUri] });
	});
	afterEach(async () => {
		await lsp.dispose();
		fixture.dispose();
	});
	return {
		get fixture() {
			return fixture;
		},
		get lsp() {
			return lsp;
		},
		async restart(more) {
			await lsp.dispose();
			lsp = await startLsp({ folders: [fixture.rootUri], ...more });
		},
	};
}
