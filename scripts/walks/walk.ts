import type { Frame, Page } from "playwright-core";

/** One way through the workbench as a person takes it, in a folder and a browser context of its own. */
export interface Walk {
	/** Name for `--walks`. */
	readonly name: string;
	/** What the walk shows, as the list of results says it. */
	readonly title: string;
	/** Colour theme, by its title in the workbench. */
	readonly theme?: string;
	/** Size of everything in percent, as the zoom of a browser has it; 100 when absent. */
	readonly zoom?: 100 | 200;
	/** Language of the workbench as a tag such as `de`; English when absent. */
	readonly language?: string;
	/** Settings of the workspace on top of those of every walk. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Fills the folder that is opened; the samples when absent. */
	readonly fill?: (folder: string) => void | Promise<void>;
	/** Takes the steps; throws when something is not as it should be. */
	steps(stage: Stage): Promise<void>;
}

/** Where a walk takes place. */
export interface Stage {
	readonly page: Page;
	/** Absolute path of the folder that is open in the workbench; the walk may change it. */
	readonly folder: string;
	/** Takes a screenshot into `out/screens`. */
	shoot(name: string): Promise<void>;
	/** Has axe-core look at a view; a serious or critical violation fails the walk, which goes on all the same. */
	checkAccess(view: Frame, what: string): Promise<void>;
	/** Whole text of the log of the extension hosts that this walk has started. */
	hostLog(): string;
	/** Leaves a picture for the documentation, when pictures were asked for. */
	picture(name: string): Promise<void>;
}

/** Fails with a sentence unless something holds. */
export function expect(holds: boolean, complaint: string): asserts holds {
	if (!holds) throw new Error(complaint);
}

/** Fails unless two texts or lists are equal. */
export function expectEqual(actual: unknown, wanted: unknown, what: string): void {
	const [is, should] = [JSON.stringify(actual), JSON.stringify(wanted)];
	if (is !== should) throw new Error(`${what}: it is ${is}, and should be ${should}.`);
}
