import type { ConfigProblem } from "../problems.ts";
import type { ConfigFile } from "./model.ts";

/** What a rule about linked data may look at. It is only asked when all data of the file could be read. */
export interface DataContext {
	readonly file: ConfigFile;
	/** Names of all products with an installation in the file's data; not empty. */
	readonly products: readonly string[];
	/** The product that was probably meant by a name; null when none is near. */
	readonly closestProduct: (name: string) => string | null;
}

/** Finds one kind of fault that shows only beside the data. Pure; faulty parts of the tree are passed over. */
export type DataRule = (context: DataContext) => readonly ConfigProblem[];
