import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./server.ts";

// The transport comes from the process arguments: --stdio or --node-ipc.
const connection = createConnection(ProposedFeatures.all);
startServer(connection);
connection.listen();
