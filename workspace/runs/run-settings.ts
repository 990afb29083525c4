import { fileNameOf } from "../../core/config/file-names.ts";
import type { Instance, Project } from "../../core/config/model.ts";
import { valueAt } from "../../core/config/value-at.ts";
import type { ConfigProblem } from "../../core/problems.ts";
import type { KnownValue, LimitDeployment, SettingsDeployment } from "../../core/sql/settings-deployment.ts";
import { SCRIPT_PARTS, type ScriptPart, writeSettingsScript } from "../../core/sql/settings-script.ts";
import type { SettingsOwner } from "../../core/sql/settings-tables.ts";
import { MAX_SQL_TEXT } from "../../core/sql/sql-text.ts";
import { formatCounted } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES, type LimitName, makeLimits } from "../../core/usage/limits.ts";
import { findProject } from "../choose-limits.ts";
import { findDeployedSettings } from "../history/deployed-settings.ts";
import { findEffect, limitsOfBasis } from "../insights/limit-change.ts";
import { type Failure, fail, readRunnable } from "../run-failure.ts";
import type { Workspace, WorkspaceFile } from "../workspace.ts";

/** The T-SQL by which a person shows, compares and changes the deployed limits of a project or an instance. */
export interface SettingsRun {
	readonly failed: false;
	/** Lines end with LF. */
	readonly text: string;
	/** Limits that the part which changes leaves out because they must not be deployed, with the reasons in sentences. */
	readonly leftOut: readonly { readonly limit: LimitName; readonly reasons: readonly string[] }[];
}

/** Which parts of the script are wanted; all by default. */
export interface SettingsOptions {
	readonly parts?: readonly ScriptPart[];
	readonly signal: AbortSignal;
}

/**
 * Writes the settings script of a configuration. A limit with an error (without recorded advice, faulty, missing, or exposing installations
 * to a reclaim policy) is left out of the changes; a configuration with an error still gets the parts that only read.
 * @throws `signal.reason` when aborted.
 */
export async function runSettings(workspace: Workspace, uri: string, options: SettingsOptions): Promise<SettingsRun | Failure> {
	const { parts = SCRIPT_PARTS, signal } = options;
	const file = await readRunnable(workspace, uri);
	if ("failed" in file) return file;
	const model = file.config.model!;
	const owner = ownerOf(model);
	const unusable = findUnusableName(file, owner);
	if (unusable !== null) return unusable;
	const changes = parts.includes("change") ? await planChanges(workspace, file, model, signal) : readLimits(model);
	const project = model.kind === "instance" ? findProject(workspace, file.uri, model) : null;
	const projectOwner = project === null ? null : ownerOf(project);
	const deployment: SettingsDeployment = {
		owner,
		project: projectOwner === null || (projectOwner.id === null && !isUsableName(projectOwner.name)) ? null : projectOwner,
		fileName: fileNameOf(file.uri),
		...changes,
	};
	const leftOut = deployment.limits.flatMap(({ limit, objections }) => {
		const reasons = [...new Set([...deployment.objections, ...objections])];
		return reasons.length === 0 ? [] : [{ limit, reasons }];
	});
	return { failed: false, text: writeSettingsScript(deployment, parts), leftOut };
}

function ownerOf(model: Instance | Project): SettingsOwner {
	return model.kind === "project"
		? { kind: "project", name: model.title, id: model.projectId }
		: { kind: "instance", name: model.name, id: model.instanceId };
}

function findUnusableName(file: WorkspaceFile, { kind, name, id }: SettingsOwner): Failure | null {
	const key = kind === "project" ? "title" : "name";
	if (name !== null && !isUsableName(name))
		return fail(t`The ${key} in ${fileNameOf(file.uri)} is longer than any in the product's database.`);
	if (name !== null || id !== null) return null;
	return fail(
		kind === "project"
			? t`${fileNameOf(file.uri)} has neither a ${key} nor a projectId, so its settings can't be found.`
			: t`${fileNameOf(file.uri)} has neither a ${key} nor an instanceId, so its settings can't be found.`,
		t`Add ${key}.`,
	);
}

function isUsableName(name: string | null): boolean {
	return name !== null && name.length <= MAX_SQL_TEXT;
}

type Changes = Pick<SettingsDeployment, "limits" | "objections" | "notes">;

function readLimits(model: Instance | Project): Changes {
	const limits = LIMIT_NAMES.map((limit) => ({ limit, configured: model.limits?.[limit] ?? null, before: null, objections: [] }));
	return { limits, objections: [], notes: [] };
}

async function planChanges(workspace: Workspace, file: WorkspaceFile, model: Instance | Project, signal: AbortSignal): Promise<Changes> {
	const [deployed, committed, linked] = await Promise.all([
		findDeployedSettings(workspace, file, model, signal),
		workspace.committed.find(file.uri, signal),
		workspace.checkLinked(file, signal),
	]);
	signal.throwIfAborted();
	const { problems } = workspace.findingsOf(file, linked);
	const errors = problems.map(({ problem }) => problem).filter(({ severity }) => severity === "error");
	const before = (limit: LimitName): KnownValue | null => {
		if (!("failed" in deployed))
			return { value: deployed.limits[limit], isDeployed: true, source: `the settings rows of ${fileNameOf(deployed.file.uri)}` };
		const value = "failed" in committed || committed.model?.kind !== model.kind ? undefined : committed.limits?.[limit];
		// An equal committed value tells nothing: it may have been deployed since, or not.
		return value === undefined || value === model.limits?.[limit] ? null : { value, isDeployed: false, source: "the last commit" };
	};
	const limits = readLimits(model).limits.map(
		({ limit, configured }): LimitDeployment => ({
			limit,
			configured,
			before: before(limit),
			objections: messagesOf(errors.filter((error) => isAbout(error, limit, file, model))),
		}),
	);
	const objections = messagesOf(errors.filter(isAboutAll));
	const notes = [...(linked.complete ? [] : [DATA_NOT_READ]), ...("failed" in deployed ? [DEPLOYED_NOT_KNOWN] : [])];
	return {
		limits,
		objections: objections.length > 0 ? objections : await findExposureOfRest(workspace, file, model, limits, signal),
		notes: model.kind === "instance" ? notes : [],
	};
}

/**
 * Why the other limits must not be deployed without those that are left out, which stay as they are: `limits/reclaim-exposure` judges all three
 * together, and cannot judge any of them when one is missing.
 */
async function findExposureOfRest(
	workspace: Workspace,
	file: WorkspaceFile,
	model: Instance | Project,
	limits: readonly LimitDeployment[],
	signal: AbortSignal,
): Promise<readonly string[]> {
	const rest = limits.filter(({ configured, objections }) => configured !== null && objections.length === 0);
	if (model.kind === "project" || rest.length === limits.length || rest.length === 0) return [];
	const insight = await workspace.insights.find(file.uri, signal);
	if (insight === null) return [];
	const accepted = model.limitAdvice.filter(({ limit, value }) => rest.some((each) => each.limit === limit && each.configured === value));
	const exposed = (["committed", "deployed"] as const).map((basis) => {
		const from = limitsOfBasis(insight, basis);
		const to = makeLimits({ ...from, ...Object.fromEntries(rest.map(({ limit, configured }) => [limit, configured])) }).value;
		if (from === null || to === null) return 0;
		// What all three together expose was judged already.
		const allowed =
			insight.limits === null
				? Math.max(0, ...accepted.map((entry) => entry.accepted?.installations ?? 0))
				: (findEffect(insight, from, insight.limits)?.exposed ?? 0);
		const count = findEffect(insight, from, to)?.exposed ?? 0;
		return count > allowed ? count : 0;
	});
	const most = Math.max(...exposed);
	if (most === 0) return [];
	return [
		`Without the limits that are left out, the others would newly expose ${formatCounted(most, "installation")} to mandatory reclaim. (limits/reclaim-exposure)`,
	];
}

function messagesOf(errors: readonly ConfigProblem[]): readonly string[] {
	return [...new Set(errors.map(({ code, message }) => `${message} (${code})`))];
}

const DATA_NOT_READ = "The data of the instance could not all be read, so what the change does to installations is not known.";
const DEPLOYED_NOT_KNOWN =
	"Nothing tells which limits are deployed now, so what the change does to installations beyond what changed since the last commit is not known.";

/** Limits that do not go together, or together expose installations, are unsafe in every part; and so are those that are no limits at all. */
function isAboutAll({ code, path, missing }: ConfigProblem): boolean {
	if (code === "limits/order" || code === "limits/reclaim-exposure") return true;
	const place = missing ?? path;
	return limitAt(place) === null && (place[0] === "usageCategory" || (code.startsWith("limits/") && place[0] !== "limitAdvice"));
}

function isAbout({ code, path, missing }: ConfigProblem, limit: LimitName, file: WorkspaceFile, model: Instance | Project): boolean {
	if (limitAt(missing ?? path) === limit) return true;
	// Advice that is not recorded in full is none, for the limit that needs it.
	const value = model.limits?.[limit];
	if (path[0] !== "limitAdvice" || value === undefined || value === DEFAULT_LIMITS[limit] || !code.startsWith("schema/")) return false;
	const entry = valueAt(file.config.tree, path.slice(0, 2));
	return path.length < 2 || (valueAt(entry, ["limit"]) === limit && valueAt(entry, ["value"]) === value);
}

function limitAt(path: ConfigProblem["path"]): LimitName | null {
	return path[0] === "usageCategory" ? (LIMIT_NAMES.find((limit) => limit === path[1]) ?? null) : null;
}
