import Database from "better-sqlite3";

// A program of its own that holds a history locked until it ends.
const database = new Database(process.argv[2]);
database.exec(process.argv[3] ?? "BEGIN IMMEDIATE");
process.stdout.write("locked\n");
// The library closes a database that nothing refers to any more.
process.stdin.resume().on("end", () => database.close());
