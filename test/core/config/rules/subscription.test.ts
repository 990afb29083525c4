import { describe, it } from "mocha";
import { checkMarked, checkShown } from "../rule-checks.ts";

const project = (...subscriptions: readonly unknown[]) => ({ kind: "project", title: "x", subscriptions });
const servers = (client: string, ...names: readonly unknown[]) => ({ client, servers: names });

describe("subscription/negative-users and subscription/fractional-users", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [users: unknown, negative: boolean, fractional: boolean])[] = [
		[250,    false, false],
		[0,      false, false],
		[-0,     false, false],
		[-1,     true,  false],
		[0.5,    false, true],
		[-0.5,   true,  false],
		["-1",   false, false],
		[null,   false, false],
		[NaN,    false, false],
		[-Infinity, false, false],
	];
	for (const [users, negative, fractional] of rows) {
		for (const key of ["registeredUsers", "enterpriseUsers", "designerUsers"]) {
			it(`${key}: ${users}`, () => {
				const tree = project({ client: "a" }, { [key]: users });
				checkMarked("subscription/negative-users", tree, negative ? [`subscriptions.1.${key}`] : []);
				checkMarked("subscription/fractional-users", tree, fractional ? [`subscriptions.1.${key}`] : []);
			});
		}
	}

	it("does not look at instances", () =>
		checkMarked("subscription/negative-users", { kind: "instance", subscriptions: [{ registeredUsers: -1 }] }, []));

	it("says what to write", () => {
		checkShown("subscription/negative-users", project({ client: "a", designerUsers: -1200 }), {
			severity: "error",
			message: "`designerUsers` is -1,200. Write the number of users that the client pays for; 0 when there are none.",
			related: [],
			fixes: [],
		});
		checkShown("subscription/fractional-users", project({ client: "a", designerUsers: 2.5 }), {
			severity: "error",
			message: "`designerUsers` is 2.5, but users are counted whole. Write the number in the client's contract.",
			related: [],
			fixes: [],
		});
	});
});

describe("subscription/no-servers", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [subscription: unknown, marked: readonly string[]])[] = [
		[{ client: "a", servers: ["s"] },   []],
		[{ client: "a", servers: [] },      ["subscriptions.0.servers"]],
		[{ client: "a" },                   ["subscriptions.0.client"]],
		[{ client: "a", servers: null },    []],
		[{ client: "a", servers: "s" },     []],
		[{ client: "a", servers: [""] },    []],
		[{ servers: [] },                   []],
	];
	for (const [subscription, marked] of rows) {
		it(JSON.stringify(subscription), () => checkMarked("subscription/no-servers", project(subscription), marked));
	}

	it("says what follows", () => {
		checkShown("subscription/no-servers", project({ client: "Fenwick plc", servers: [] }), {
			severity: "warning",
			message: "The subscription of Fenwick plc names no server, so the usage report has no row for it. Add the client's servers.",
			related: [],
			fixes: [],
		});
	});
});

describe("subscription/duplicate-server", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [subscriptions: readonly unknown[], others: Readonly<Record<string, unknown>>, marked: readonly string[]])[] = [
		[[servers("a", "s1", "s2")],                            {},                                                      []],
		[[servers("a", "s1", "s2", "s1")],                      {},                                                      ["subscriptions.0.servers.2"]],
		[[servers("a", "s1", null, " S1 ")],                    {},                                                      ["subscriptions.0.servers.2"]],
		[[servers("a", "s1"), servers("b", "s1")],              {},                                                      ["subscriptions.1.servers.0"]],
		[[servers("a", "s1"), servers("b", "s1", "s1")],        {},                                                      ["subscriptions.1.servers.0", "subscriptions.1.servers.1"]],
		[[servers("a", "s1", "s2")],                            { "b.usage.yaml": project(servers("b", "s2")) },         ["subscriptions.0.servers.1"]],
		[[servers("a", "s1")],                                  { "b.usage.yaml": project(servers("b", "s2")) },         []],
		[[servers("a", "s1")],                                  { "b.usage.yaml": project(servers("b", "s2", "s2")) },   []],
		[[servers("a", "", "")],                                {},                                                      []],
	];
	for (const [subscriptions, others, marked] of rows) {
		it(`${JSON.stringify(subscriptions)} beside ${JSON.stringify(others)}`, () => {
			checkMarked("subscription/duplicate-server", project(...subscriptions), marked, { others });
		});
	}

	it("tells a server that is named twice in one subscription", () => {
		checkShown("subscription/duplicate-server", project(servers("Fenwick plc", "live", "live")), {
			severity: "error",
			message: '"live" is named twice in the subscription of Fenwick plc. Remove one of the two.',
			related: ["checked.usage.yaml subscriptions.0.servers.0: In the subscription of Fenwick plc."],
			fixes: ['* Remove the second "live"'],
		});
	});

	it("tells a server of another subscription", () => {
		checkShown("subscription/duplicate-server", project(servers("Fenwick plc", "live"), servers("Borough Trust", "live")), {
			severity: "error",
			message: '"live" is also named in the subscription of Fenwick plc. A server belongs to one subscription: remove it from the other.',
			related: ["checked.usage.yaml subscriptions.0.servers.0: In the subscription of Fenwick plc."],
			fixes: [],
		});
	});

	it("tells a server of another project", () => {
		checkShown(
			"subscription/duplicate-server",
			project(servers("Fenwick plc", "live")),
			{
				severity: "error",
				message:
					'"live" is also named in the subscription of Borough Trust (b.usage.yaml). A server belongs to one subscription: remove it from the other.',
				related: ["sub/b.usage.yaml subscriptions.0.servers.1: In the subscription of Borough Trust."],
				fixes: [],
			},
			{ others: { "sub/b.usage.yaml": project(servers("Borough Trust", "test", "LIVE")) } },
		);
	});
});

describe("subscription/renewal-past and subscription/renewal-due", () => {
	// biome-ignore format: a table
	const rows: readonly (readonly [now: string, renewalDate: unknown, past: boolean, due: boolean])[] = [
		["2026-11-05T09:00:00Z",      "2026-11-05", false, true],
		["2026-11-05T09:00:00Z",      "2026-11-04", true,  false],
		["2026-11-05T09:00:00Z",      "2024-01-31", true,  false],
		["2026-11-05T09:00:00Z",      "2026-11-06", false, true],
		["2026-11-05T09:00:00Z",      "2027-02-03", false, true],
		["2026-11-05T09:00:00Z",      "2027-02-04", false, false],
		["2026-11-05T09:00:00Z",      "2028-03-31", false, false],
		["2026-11-05T00:00:00Z",      "2026-11-04", true,  false],
		["2026-11-04T23:59:59Z",      "2026-11-04", false, true],
		["2026-11-05T00:30:00+01:00", "2026-11-04", false, true],
		["2026-11-05T09:00:00Z",      "2026-02-30", false, false],
		["2026-11-05T09:00:00Z",      undefined,    false, false],
		["2026-11-05T09:00:00Z",      20261101,     false, false],
	];
	for (const [now, renewalDate, past, due] of rows) {
		it(`renewal ${renewalDate} at ${now}`, () => {
			const tree = project({ client: "a", renewalDate });
			checkMarked("subscription/renewal-past", tree, past ? ["subscriptions.0.renewalDate"] : [], { now });
			checkMarked("subscription/renewal-due", tree, due ? ["subscriptions.0.renewalDate"] : [], { now });
		});
	}

	// biome-ignore format: a table
	const messages: readonly (readonly [renewalDate: string, code: string, message: string])[] = [
		["2026-11-05", "subscription/renewal-due",  "The subscription of Fenwick plc is due for renewal today, on 2026-11-05. Compare what is paid for with the usage report before then."],
		["2026-11-06", "subscription/renewal-due",  "The subscription of Fenwick plc is due for renewal tomorrow, on 2026-11-06. Compare what is paid for with the usage report before then."],
		["2026-12-01", "subscription/renewal-due",  "The subscription of Fenwick plc is due for renewal in 26 days, on 2026-12-01. Compare what is paid for with the usage report before then."],
		["2026-11-04", "subscription/renewal-past", "The subscription of Fenwick plc ran until 2026-11-04, 1 day ago. Enter the date of the next renewal, or remove the subscription."],
		["2023-11-05", "subscription/renewal-past", "The subscription of Fenwick plc ran until 2023-11-05, 1,096 days ago. Enter the date of the next renewal, or remove the subscription."],
	];
	for (const [renewalDate, code, message] of messages) {
		it(`says so of ${renewalDate}`, () => {
			checkShown(code, project({ client: "Fenwick plc", renewalDate, servers: ["s"] }), {
				severity: "warning",
				message,
				related: [],
				fixes: [],
			});
		});
	}
});
