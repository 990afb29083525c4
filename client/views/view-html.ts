import * as vscode from "vscode";

/**
 * The document of a webview: one script and one style sheet of the extension, nothing inline, nothing from elsewhere.
 * @param layouts arrangement of columns by the name of a table.
 */
export function viewHtml(webview: vscode.Webview, extensionUri: vscode.Uri, view: string, title: string, layouts: object): string {
	const file = (name: string) => attribute(webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, "dist", "webviews", name)).toString());
	const policy = `default-src 'none'; script-src ${webview.cspSource}; style-src ${webview.cspSource}`;
	// The translations and layouts travel in attributes, so that the view has them before its first line of text.
	const texts = JSON.stringify(vscode.l10n.bundle ?? {});
	return `<!DOCTYPE html>
<html lang="${attribute(vscode.l10n.bundle === undefined ? "en" : vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
<link rel="stylesheet" href="${file(`${view}.css`)}">
</head>
<body data-texts="${attribute(texts)}" data-layouts="${attribute(JSON.stringify(layouts))}">
<main id="view"></main>
<script src="${file(`${view}.js`)}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
