import { connectHost } from "../shared/host.ts";
import { readLocalization } from "../shared/localize.ts";
import { createPageFrame } from "../shared/page-frame.ts";
import { createPreviewPage } from "./preview-page.ts";

const host = connectHost();
const l10n = readLocalization(document);
const root = document.querySelector<HTMLElement>("#view");
if (root !== null) {
	const frame = createPageFrame(root, host, l10n);
	const page = createPreviewPage(frame.content, host, l10n);
	host.listen((message) => {
		switch (message.type) {
			case "loading":
				return frame.showLoading();
			case "progress":
				return frame.showProgress(message.text);
			case "failed":
				host.keep({ uris: message.uris });
				return frame.showFailure(message.message, message.uris.length > 0);
			case "preview":
				host.keep({ uris: message.uris });
				frame.showContent();
				return page.show(message.summary, message.revision);
			case "page":
				return page.addRows(message.revision, message.offset, message.rows);
			case "pageFailed":
				return page.failRows(message.revision, message.offset, message.message);
			case "report":
				return;
		}
	});
	host.send({ type: "ready" });
}
