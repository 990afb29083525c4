import { config, t as translate } from "@vscode/l10n";

/** A language's texts: the English text, with `{0}`, `{1}` … for what is put in, to the same in that language. */
export type Texts = Readonly<Record<string, string>>;

/** Takes a language for this thread from here on; without one, every text is English. The library keeps it, not we. */
export function setTexts(texts: Texts): void {
	config({ contents: { ...texts } });
}

/**
 * A text for a person, in the language that was set: t`The file ${name} is empty.` or t("The file is empty.").
 * The English text, with `{0}`, `{1}` … for the values, is the key of its translation.
 */
export function t(text: string | TemplateStringsArray, ...values: readonly (string | number | boolean | null | undefined)[]): string {
	const shown = values.map(String);
	return typeof text === "string" ? translate(text, ...shown) : translate(text, ...shown);
}

/** The same text; says that {@link t} gets it where it is shown, as for a table of texts. */
export function mark<Text extends string>(text: Text): Text {
	return text;
}

/** Tag of the language that was set, for numbers and lists: the texts of a language say it themselves. */
export function language(): string {
	return t("en");
}
