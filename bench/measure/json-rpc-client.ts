import type { ChildProcess } from "node:child_process";

/** The least of the language server protocol that a measurement needs. */
export interface JsonRpcClient {
	/** Answers the result. @throws what the server answers as an error. */
	request(method: string, params: unknown): Promise<unknown>;
	notify(method: string, params: unknown): void;
}

/** What a client does with what the server says of its own accord. */
export interface ServerListener {
	/** Answers a request; null for nothing. */
	readonly answer?: (method: string, params: unknown) => unknown;
	readonly hear?: (method: string, params: unknown) => void;
}

/** Speaks with a server over its standard input and output; whatever the server asks for is answered with nothing unless a listener knows better. */
export function createJsonRpcClient(server: ChildProcess, listener: ServerListener = {}): JsonRpcClient {
	const waiting = new Map<number, { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }>();
	let nextId = 1;
	let pending: Buffer = Buffer.alloc(0);

	function send(message: object): void {
		const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
		server.stdin!.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
	}

	function receive(message: Message): void {
		if (message.method !== undefined) {
			const known = listener.answer?.(message.method, message.params) ?? null;
			if (message.id === undefined) listener.hear?.(message.method, message.params);
			else send({ id: message.id, result: known ?? (message.method === "workspace/configuration" ? [null] : null) });
			return;
		}
		const request = waiting.get(message.id as number);
		waiting.delete(message.id as number);
		if (message.error === undefined) request?.resolve(message.result);
		else request?.reject(new Error(message.error.message));
	}

	server.stdout!.on("data", (chunk: Buffer) => {
		pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
		for (;;) {
			const headEnd = pending.indexOf("\r\n\r\n");
			if (headEnd < 0) return;
			const length = Number(/Content-Length: (\d+)/i.exec(pending.toString("latin1", 0, headEnd))![1]);
			const from = headEnd + 4;
			if (pending.length < from + length) return;
			const message = JSON.parse(pending.toString("utf8", from, from + length)) as Message;
			pending = pending.subarray(from + length);
			receive(message);
		}
	});
	server.once("exit", (status) => {
		for (const { reject } of waiting.values()) reject(new Error(`The language server ended with ${status}.`));
		waiting.clear();
	});

	return {
		request(method, params) {
			const id = nextId++;
			return new Promise((resolve, reject) => {
				waiting.set(id, { resolve, reject });
				send({ id, method, params });
			});
		},
		notify: (method, params) => send({ method, params }),
	};
}

interface Message {
	readonly id?: number | string;
	readonly method?: string;
	readonly params?: unknown;
	readonly result?: unknown;
	readonly error?: { readonly message: string };
}
