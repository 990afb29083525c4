import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { ASKS, type AskMethod, readHostMessage, readViewMessage } from "../../client/webviews/messages.ts";

const limits = { InstallDateCutOffLimit: 7, UsedCategoryLimit: 30, UnusedCategoryLimit: 90 };

describe("messages between a view and the extension", () => {
	for (const { name, message, passes } of [
		{ name: "ready", message: { type: "ready" }, passes: true },
		{ name: "an ask", message: { type: "ask", id: 1, method: "page", params: {} }, passes: true },
		{ name: "an ask for what nobody answers", message: { type: "ask", id: 1, method: "rm", params: {} }, passes: false },
		{ name: "an ask without parameters", message: { type: "ask", id: 1, method: "page" }, passes: false },
		{ name: "an ask named like a part of every object", message: { type: "ask", id: 1, method: "constructor", params: {} }, passes: false },
		{ name: "an ask without a number", message: { type: "ask", id: "1", method: "page", params: {} }, passes: false },
		{ name: "a command", message: { type: "command", command: "export" }, passes: true },
		{ name: "a command that there is not", message: { type: "command", command: "delete" }, passes: false },
		{ name: "nothing", message: null, passes: false },
	])
		it(`from the view: ${name}`, () => assert.equal(readViewMessage(message) !== null, passes));

	for (const { name, message, passes } of [
		{ name: "a result", message: { type: "answer", id: 1, result: { failed: false } }, passes: true },
		{ name: "a failure in words", message: { type: "answer", id: 1, failed: "The file is gone." }, passes: true },
		{ name: "an answer with neither", message: { type: "answer", id: 1 }, passes: false },
		{ name: "a tab to show", message: { type: "show", tab: "what-if", installation: null }, passes: true },
		{ name: "a tab that there is not", message: { type: "show", tab: "settings", installation: null }, passes: false },
		{ name: "something of another sender", message: { source: "devtools" }, passes: false },
	])
		it(`from the extension: ${name}`, () => assert.equal(readHostMessage(message) !== null, passes));

	for (const { method, params, passes } of [
		{ method: "page", params: { offset: 0, limit: 200 }, passes: true },
		{ method: "page", params: { offset: 0, limit: 200, query: { sort: [{ by: "rule", descending: true }] }, limits }, passes: true },
		{ method: "page", params: { offset: -1, limit: 200 }, passes: false },
		{ method: "page", params: { offset: 0, limit: 200, query: { sort: [{ by: "password" }] } }, passes: false },
		{ method: "page", params: { offset: 0, limit: 200, limits: { ...limits, UsedCategoryLimit: 1.5 } }, passes: false },
		{ method: "products", params: { offset: 0, limit: 1, query: { sort: [{ by: "outcome11" }] } }, passes: true },
		{ method: "products", params: { offset: 0, limit: 1, query: { sort: [{ by: "outcome12" }] } }, passes: false },
		{ method: "selection", params: { ranges: [[0, 5]] }, passes: true },
		{ method: "selection", params: { ranges: [[0]] }, passes: false },
		{ method: "copy", params: { of: "products", ranges: [], columns: ["worth"], headers: ["Worth"] }, passes: true },
		{ method: "copy", params: { of: "secrets", ranges: [], columns: [], headers: [] }, passes: false },
		{ method: "openPlace", params: { uri: "file:///data.csv", line: 7 }, passes: true },
		{ method: "openPlace", params: { uri: 7, line: null }, passes: false },
		{ method: "layout", params: { table: "products", layout: { columns: [{ id: "product", width: null, hidden: false }] } }, passes: true },
		{
			method: "layout",
			params: { table: "products", layout: { columns: [{ id: "product", width: "wide", hidden: false }] } },
			passes: false,
		},
	] as readonly { readonly method: AskMethod; readonly params: object; readonly passes: boolean }[])
		it(`${method} ${passes ? "takes" : "refuses"} ${JSON.stringify(params)}`, () => assert.equal(ASKS[method].params(params), passes));

	it("checks rows one by one", () => {
		const row = {
			index: 0,
			device: "<img src=x onerror=alert(1)>",
			product: "=cmd|' /C calc'!A0",
			installDate: null,
			lastUsageDate: "2026-10-01",
			category: "Used",
			reason: null,
			rule: 7,
			publisher: null,
			version: null,
			deviceName: null,
		};
		assert.ok(ASKS.page.result({ failed: false, offset: 0, total: 1, rows: [row] }));
		assert.ok(!ASKS.page.result({ failed: false, offset: 0, total: 1, rows: [{ ...row, device: { toString: "x" } }] }));
	});
});
