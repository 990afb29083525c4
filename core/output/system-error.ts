/** An error of the operating system, as all functions of `node:fs` throw them. `code` is its own, such as `EACCES`. */
type SystemError = Error & { readonly code: string };

/** Whether the operating system refused something, as opposed to a fault of this program. */
export function isSystemError(error: unknown): error is SystemError {
	return error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string";
}
