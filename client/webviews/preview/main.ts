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
				performance.mark("usage-report:data");
				host.keep({ uris: message.uris });
				page.show(message.summary, message.revision);
				return frame.showContent();
			case "show":
				return page.goTo(message);
			case "report":
				return;
		}
	});
	host.send({ type: "ready" });
}
