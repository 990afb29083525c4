/** A page that stands alone: everything is in it, and it can run no script and fetch nothing. */
export interface PrintPage {
	readonly title: string;
	/** Tag of the language of its texts, such as `en`. */
	readonly language: string;
	/** Style sheet, which must not hold `</style`. */
	readonly style: string;
	/** Markup whose texts are escaped. */
	readonly body: string;
}

/** The page as an HTML document. Should the markup hold a script in spite of everything, the browser does not run it. */
export function printPage({ title, language, style, body }: PrintPage): string {
	const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
	return `<!DOCTYPE html>
<html lang="${escapeMarkup(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** A text as it stands in markup, also in an attribute. */
export function escapeMarkup(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
