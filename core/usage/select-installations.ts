import { type NameTable, nameAt, nameCount } from "../columns/name-table.ts";
import type { Categorization } from "./categorization.ts";
import { outcomeIndexOfRule } from "./count-outcomes.ts";
import { RULES } from "./decision-table.ts";
import { deviceCount } from "./estate-lookups.ts";

/** All conditions that are given must hold. */
export interface InstallationFilter {
	/** Places in `OUTCOMES`: one of them. */
	readonly outcomes?: readonly number[];
	/** Names, compared exactly: on one of these devices. */
	readonly devices?: readonly string[];
	/** Names, compared exactly: of one of these products. */
	readonly products?: readonly string[];
	/** A part of the device's or the product's name, in any case. */
	readonly text?: string;
}

/** What a filter lets through, 1 where it does: an installation passes by its rule, its device and its product. */
export interface Selection {
	/** By number of the rule. */
	readonly rules: Uint8Array;
	/** By device. */
	readonly devices: Uint8Array;
	/** By product, on a device whose name has the text that is looked for, or when there is no such text. */
	readonly products: Uint8Array;
	/** By product, on other devices: then the product's name must have it. */
	readonly productsWithText: Uint8Array;
	/** By device whether its name has the text. */
	readonly devicesWithText: Uint8Array;
}

/** What a filter means for an estate. */
export function selectInstallations({ estate }: Categorization, filter: InstallationFilter): Selection {
	const { outcomes } = filter;
	const products = markNames(estate.products, isOneOf(filter.products));
	const hasText = hasPart(filter.text ?? "");
	return {
		rules: Uint8Array.of(0, ...RULES.map(({ number }) => Number(outcomes?.includes(outcomeIndexOfRule(number)) ?? true))),
		devices: markNames(estate.devices, isOneOf(filter.devices)),
		products,
		productsWithText: markNames(estate.products, hasText).map((has, product) => has & products[product]!),
		devicesWithText: markNames(estate.devices, hasText),
	};
}

/** What passes of a device, by product. */
export function productsOn({ products, productsWithText, devicesWithText }: Selection, device: number): Uint8Array {
	return devicesWithText[device] === 1 ? products : productsWithText;
}

/** How many installations a selection has. */
export function countSelected({ estate, rule }: Categorization, selection: Selection): number {
	const { installationStarts, productOf } = estate;
	const { rules } = selection;
	const devices = deviceCount(estate);
	let count = 0;
	for (let device = 0; device < devices; device++) {
		if (selection.devices[device] === 0) continue;
		const products = productsOn(selection, device);
		const end = installationStarts[device + 1]!;
		for (let installation = installationStarts[device]!; installation < end; installation++) {
			count += rules[rule[installation]!]! & products[productOf[installation]!]!;
		}
	}
	return count;
}

/** Null lets every name through, without decoding it. */
type NameTest = ((name: string) => boolean) | null;

function markNames(names: NameTable, test: NameTest): Uint8Array {
	const marks = new Uint8Array(nameCount(names));
	if (test === null) return marks.fill(1);
	for (let index = 0; index < marks.length; index++) marks[index] = Number(test(nameAt(names, index)));
	return marks;
}

function isOneOf(names: readonly string[] | undefined): NameTest {
	if (names === undefined) return null;
	const wanted = new Set(names);
	return (name) => wanted.has(name);
}

function hasPart(text: string): NameTest {
	const wanted = text.toLowerCase();
	return wanted === "" ? null : (name) => name.toLowerCase().includes(wanted);
}
