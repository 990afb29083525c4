import { connectHost } from "../shared/host.ts";
import { readLocalization } from "../shared/localize.ts";
import { createPageFrame } from "../shared/page-frame.ts";
import { createReportPage } from "./report-page.ts";

const host = connectHost();
const l10n = readLocalization(document);
const root = document.querySelector<HTMLElement>("#view");
if (root !== null) {
	const frame = createPageFrame(root, host, l10n);
	const page = createReportPage(frame.content, host, l10n);
	host.listen((message) => {
		switch (message.type) {
			case "loading":
				return frame.showLoading();
			case "progress":
				return frame.showProgress(message.text);
			case "failed":
				host.keep({ uris: message.uris });
				return frame.showFailure(message.message, message.uris.length > 0);
			case "report":
				performance.mark("usage-report:data");
				host.keep({ uris: message.uris });
				page.show(message.report, message.revision);
				return frame.showContent();
			case "preview":
			case "show":
				return;
		}
	});
	host.send({ type: "ready" });
}
