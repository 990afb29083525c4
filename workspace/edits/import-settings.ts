import { type DeployedOwner, groupOwners } from "../../core/config/deployed-owners.ts";
import { fileNameOf, folderOf } from "../../core/config/file-names.ts";
import { foldName } from "../../core/config/fold-name.ts";
import type { Project, WrittenLimits } from "../../core/config/model.ts";
import { readSettingsText } from "../../core/loading/read-settings-text.ts";
import type { ConfigFix } from "../../core/problems.ts";
import { joinWords } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import { LIMIT_NAMES } from "../../core/usage/limits.ts";
import { type InstanceFile, listInstances, readProject } from "../entities/instances-of.ts";
import { type Failure, fail } from "../run-failure.ts";
import type { Workspace, WorkspaceFile } from "../workspace.ts";
import { isReadable } from "../workspace-file.ts";
import type { TextEdit } from "../yaml/text-edit.ts";
import { carryOutFix } from "./carry-out-fix.ts";
import { composeConfig } from "./compose-config.ts";
import { configNameFor, findFreeName, uriBeside } from "./new-file-names.ts";

/** What the import of deployed settings would write; nothing is written yet. */
export interface SettingsImport {
	readonly failed: false;
	/** In the order of the rows. */
	readonly created: readonly CreatedInstance[];
	readonly changed: readonly ChangedFile[];
	/** Files that have the deployed limits already. */
	readonly equal: readonly WorkspaceFile[];
	/** Whatever was not imported, with the reason, in sentences; in the order of the rows. */
	readonly leftOut: readonly string[];
	/** How many rows were about settings that are no limits. */
	readonly otherSettings: number;
}

/** The file of an instance that only the database knew. */
export interface CreatedInstance {
	readonly uri: string;
	readonly text: string;
	readonly owner: DeployedOwner;
}

/** A file whose limits are not those deployed. */
export interface ChangedFile {
	readonly file: WorkspaceFile;
	readonly edits: readonly TextEdit[];
	/** What changes, such as `UsedCategoryLimit 30 → 45`. */
	readonly changes: readonly string[];
}

/**
 * Works out how configurations become what is deployed, from the result of the settings script. Rows of the project change its file; rows of
 * instances change theirs, found by number and else by name, or make new files beside the project's. Advice is never invented.
 */
export async function importSettings(workspace: Workspace, projectUri: string, text: string): Promise<SettingsImport | Failure> {
	const found = await readProject(workspace, projectUri);
	if ("failed" in found) return found;
	const { rows, faults, otherSettings } = readSettingsText(text);
	if (rows.length === 0) {
		return fail(
			t("There are no limits in this text."),
			t("Run the first part of the settings script and bring its result, with the header: copied from the grid, or saved as CSV."),
			...faults.slice(0, FAULTS_TOLD).map(describeFault),
		);
	}
	const plan = createPlan(workspace, found.file, found.project);
	const leftOut = faults.map((fault) => ({ row: fault.row, message: describeFault(fault) }));
	for (const owner of groupOwners(rows)) {
		for (const message of [...describeContradictions(owner), ...(await plan.add(owner))]) leftOut.push({ row: owner.row, message });
	}
	return {
		failed: false,
		...plan.result(),
		leftOut: leftOut.toSorted((a, b) => a.row - b.row).map(({ message }) => message),
		otherSettings,
	};
}

const FAULTS_TOLD = 5;

interface Plan {
	/** Answers what was not imported. */
	add(owner: DeployedOwner): Promise<readonly string[]>;
	result(): Pick<SettingsImport, "created" | "changed" | "equal">;
}

function createPlan(workspace: Workspace, projectFile: WorkspaceFile, project: Project): Plan {
	const created: CreatedInstance[] = [];
	const changed: ChangedFile[] = [];
	const equal: WorkspaceFile[] = [];
	const seen = new Set<string>();
	const instances = listInstances(workspace).filter(
		({ file, projectUri }) => projectUri === projectFile.uri || (projectUri !== null && folderOf(file.uri) === folderOf(projectFile.uri)),
	);

	async function addInstance(owner: DeployedOwner): Promise<readonly string[]> {
		const matches = findInstances(instances, owner, projectFile.uri);
		if (matches.length > 1) {
			const names = joinWords(matches.map(({ file }) => fileNameOf(file.uri)));
			return [t`${describeOwner(owner)} may be any of ${names}. Give them the numbers of their instances.`];
		}
		const [match] = matches;
		if (match !== undefined) return changeFile(match.file, owner);
		if (Object.keys(owner.limits).length === 0) return [];
		const taken = created.map(({ uri }) => fileNameOf(uri).toLowerCase());
		const fileName = await findFreeName(workspace, projectFile.uri, configNameFor(owner.title), taken);
		created.push({
			uri: workspace.canonicalUri(uriBeside(projectFile.uri, fileName)),
			text: composeInstance(owner, fileNameOf(projectFile.uri)),
			owner,
		});
		return [];
	}

	function changeFile(file: WorkspaceFile, owner: DeployedOwner): readonly string[] {
		if (seen.has(file.uri)) return [t`${describeOwner(owner)} would change ${fileNameOf(file.uri)} a second time.`];
		seen.add(file.uri);
		if (!isReadable(file.parsed))
			return [t`${fileNameOf(file.uri)} is not valid YAML, so it is left as it is. Correct it and import again.`];
		const own = file.config.model?.limits ?? {};
		const differing = LIMIT_NAMES.filter((limit) => owner.limits[limit] !== undefined && owner.limits[limit] !== own[limit]);
		if (differing.length === 0) {
			if (Object.keys(owner.limits).length > 0) equal.push(file);
			return [];
		}
		const edits = carryOutFix(file.parsed, setLimits(Object.fromEntries(differing.map((limit) => [limit, owner.limits[limit]!]))));
		const changes = differing.map((limit) => `${limit} ${own[limit] ?? "none"} → ${owner.limits[limit]}`);
		if (edits.length === 0)
			return [t`${fileNameOf(file.uri)} writes its limits in a way that can't be changed here: ${joinWords(changes)}.`];
		changed.push({ file, edits, changes });
		return [];
	}

	async function add(owner: DeployedOwner): Promise<readonly string[]> {
		const isTitle = project.title !== null && foldName(owner.title) === foldName(project.title);
		switch (owner.kind) {
			case "instance":
				return addInstance(owner);
			case "project":
				return isTitle
					? changeFile(projectFile, owner)
					: [t`${describeOwner(owner)} is not the project of ${fileNameOf(projectFile.uri)}.`];
			case null: {
				const isInstance = findInstances(instances, owner, projectFile.uri).length > 0;
				if (isTitle && isInstance)
					return [t`${describeOwner(owner)} may be the project or an instance of the same name. Bring the header too.`];
				if (isTitle) return changeFile(projectFile, owner);
				// A project of another name must not become an instance.
				return isInstance ? addInstance(owner) : [t`Nothing tells whether ${describeOwner(owner)} is an instance. Bring the header too.`];
			}
		}
	}

	return { add, result: () => ({ created, changed, equal }) };
}

/**
 * The instances that rows may be about: those with the number; else those with the name, unless they have another number. The project's own come before those of
 * other projects in its folder, which the same database may hold.
 */
function findInstances(instances: readonly InstanceFile[], owner: DeployedOwner, projectUri: string): readonly InstanceFile[] {
	const byNumber = instances.filter(({ instance }) => owner.instanceId !== null && instance.instanceId === owner.instanceId);
	const byName = instances.filter(({ instance }) => {
		const isOther = owner.instanceId !== null && instance.instanceId !== null && instance.instanceId !== owner.instanceId;
		return !isOther && instance.name !== null && foldName(instance.name) === foldName(owner.title);
	});
	const found = byNumber.length > 0 ? byNumber : byName;
	const own = found.filter((each) => each.projectUri === projectUri);
	return own.length > 0 ? own : found;
}

function setLimits(limits: WrittenLimits): ConfigFix {
	const [first, ...rest] = LIMIT_NAMES.filter((limit) => limits[limit] !== undefined).map(
		(limit): ConfigFix => ({ kind: "set", title: "", preferred: false, path: ["usageCategory", limit], value: limits[limit] }),
	);
	return { ...first!, further: rest };
}

function composeInstance(owner: DeployedOwner, projectFile: string): string {
	const limits = LIMIT_NAMES.flatMap((limit) => (owner.limits[limit] === undefined ? [] : [[limit, owner.limits[limit]] as const]));
	return composeConfig({
		kind: "instance",
		name: owner.title,
		instanceId: owner.instanceId ?? undefined,
		project: projectFile,
		usageCategory: Object.fromEntries(limits),
	});
}

function describeFault({ row, message }: { readonly row: number; readonly message: string }): string {
	return t`Row ${row}: ${message}`;
}

function describeContradictions(owner: DeployedOwner): readonly string[] {
	return owner.contradictory.map((limit) => t`${describeOwner(owner)} has several values of ${limit}.`);
}

function describeOwner({ title, instanceId }: DeployedOwner): string {
	return instanceId === null ? `"${title}"` : t`"${title}" (InstanceID ${instanceId})`;
}
