import { appearanceWalks } from "./appearance.ts";
import { aroundWalk } from "./around.ts";
import { germanWalk } from "./german.ts";
import { keepPlaceWalk } from "./keep-place.ts";
import { keyboardWalk } from "./keyboard.ts";
import { limitWalk } from "./limit.ts";
import { nastyNamesWalk } from "./nasty-names.ts";
import { previewWalk } from "./preview.ts";
import { quietFolderWalk } from "./quiet-folder.ts";
import { reportWalk } from "./report.ts";
import type { Walk } from "./walk.ts";
import { whatIfWalk } from "./what-if.ts";

/** All walks, in the order in which they are taken. */
export function listWalks(): readonly Walk[] {
	return [
		quietFolderWalk,
		limitWalk,
		aroundWalk,
		previewWalk,
		whatIfWalk,
		keepPlaceWalk,
		keyboardWalk,
		reportWalk,
		nastyNamesWalk,
		germanWalk,
		...appearanceWalks,
	];
}
