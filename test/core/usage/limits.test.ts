import assert from "node:assert/strict";
import {
	DEFAULT_LIMITS,
	DEVICE_REPORTING_DAYS,
	isLimit,
	LIMIT_NAMES,
	type LimitName,
	MAX_LIMIT,
	makeLimits,
} from "../../../core/usage/limits.ts";

describe("limits", () => {
	it("are 7, 30 and 90 by default, and the fixed number of days is 30", () => {
		assert.deepEqual({ ...DEFAULT_LIMITS }, { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 });
		assert.equal(DEVICE_REPORTING_DAYS, 30);
	});

	const VALUES: readonly (readonly [value: unknown, accepted: boolean])[] = [
		[0, true],
		[1, true],
		[MAX_LIMIT, true],
		[MAX_LIMIT + 1, false],
		[-1, false],
		[7.5, false],
		[1e9, false],
		[Number.NaN, false],
		[Number.POSITIVE_INFINITY, false],
		["7", false],
		[null, false],
		[undefined, false],
		[true, false],
		[[7], false],
	];
	for (const [value, accepted] of VALUES) {
		it(`${accepted ? "may" : "may not"} be ${typeof value} ${String(value)}`, () => {
			assert.equal(isLimit(value), accepted);
			for (const name of LIMIT_NAMES) {
				const made = makeLimits({ ...DEFAULT_LIMITS, [name]: value });
				assert.deepEqual(made.value === null ? made.faulty : made.value[name], accepted ? value : [name]);
			}
		});
	}

	it("may be in any order, since that is a diagnostic and no fault of a value", () => {
		const made = makeLimits({ InstallDateCutOffLimit: 90, UsedCategoryLimit: 30, UnusedCategoryLimit: 7 });
		assert.notEqual(made.value, null);
	});

	it("name all that is faulty, in their order", () => {
		const made = makeLimits({ UnusedCategoryLimit: -1, InstallDateCutOffLimit: "x" });
		const all: readonly LimitName[] = ["InstallDateCutOffLimit", "UsedCategoryLimit", "UnusedCategoryLimit"];
		assert.deepEqual(made, { value: null, faulty: all });
	});

	it("cannot be changed once made", () => {
		assert.ok(Object.isFrozen(DEFAULT_LIMITS));
	});
});
