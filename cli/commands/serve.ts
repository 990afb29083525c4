/**
 * `usage-report serve --stdio`: becomes the language server, which ends the process itself when its client says so.
 * @throws `signal.reason` when the person at the terminal ends it.
 */
export async function runServe(signal: AbortSignal): Promise<never> {
	await import("../../server/main.ts");
	return new Promise<never>((_, reject) => {
		if (signal.aborted) reject(signal.reason);
		signal.addEventListener("abort", () => reject(signal.reason), { once: true });
	});
}
