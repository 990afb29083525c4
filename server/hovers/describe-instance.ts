import { fileNameOf } from "../../core/config/file-names.ts";
import { formatDay } from "../../core/dates/day-number.ts";
import { formatInstant } from "../../core/dates/instant.ts";
import { formatCount, formatCounted, joinFirstWords } from "../../core/texts/format-count.ts";
import { t } from "../../core/texts/translate.ts";
import { LIMIT_NAMES } from "../../core/usage/limits.ts";
import { type Block, clipName, paragraph } from "../markup.ts";
import type { InstanceSubject, ProjectSubject } from "./hover-subject.ts";
import { describeTotals } from "./product-table.ts";

/** The size of an instance and its installations by category. */
export function describeInstance(subject: InstanceSubject): readonly Block[] {
	const figures = subject.figures.of(subject.insight);
	if (figures === null) return [];
	const installations = figures.totals.reduce((sum, count) => sum + count, 0);
	const devices = figures.devices === null ? "" : t` on ${formatCounted(figures.devices, "device")}`;
	return [
		paragraph(
			{ bold: formatCounted(installations, "installation") },
			t` of ${formatCounted(figures.products, "product")}${devices}, ${describeEndOfSync(subject)}.`,
		),
		describeTotals(figures.totals),
	];
}

/** When the sync was, and the day from which ages count back. */
export function describeMoment(subject: InstanceSubject): readonly Block[] {
	const { profile, instance } = subject.insight;
	if (profile === null) return [];
	const asOf = instance.asOf === null ? t` (no time is written, so now: ${formatInstant(subject.workspace.clock())})` : "";
	return [paragraph({ bold: capitalize(describeEndOfSync(subject)) }, t`: ages of dates count back from it${asOf}.`)];
}

/** The project that an instance belongs to. */
export function describeProjectOf({ insight, file, workspace }: InstanceSubject): readonly Block[] {
	const path = insight.instance.project;
	if (path === null) return [];
	const project = workspace.file(workspace.resolve(file.uri, path))?.steadyConfig.model ?? null;
	if (project?.kind !== "project") return [];
	const limits = LIMIT_NAMES.flatMap((name) => project.limits?.[name] ?? []);
	const started = limits.length === LIMIT_NAMES.length ? t` New instances start with ${limits.map(formatCount).join(" / ")} days.` : "";
	return [paragraph(t("Here: "), { bold: clipName(project.title ?? fileNameOf(path)) }, ".", started)];
}

/** What belongs to a project. */
export function describeProject({ insight, workspace }: ProjectSubject): readonly Block[] {
	const { project, instances, report } = insight;
	const names = instances.map((uri) => {
		const model = workspace.file(uri)?.steadyConfig.model ?? null;
		return `"${clipName(model?.kind === "instance" && model.name !== null ? model.name : fileNameOf(uri))}"`;
	});
	const servers = new Set(project.subscriptions.flatMap((subscription) => subscription.servers));
	const flagged = report?.rows.filter(({ flags }) => flags.length > 0).length ?? 0;
	return [
		paragraph(
			{ bold: formatCounted(names.length, "instance") },
			names.length === 0 ? "" : ` (${joinFirstWords(names)})`,
			`, ${formatCounted(project.subscriptions.length, "subscription")}, ${formatCounted(servers.size, "server")}`,
			report === null
				? "."
				: flagged === 1
					? t`; ${formatCount(flagged)} of ${formatCounted(report.rows.length, "row")} of the usage report has flags.`
					: t`; ${formatCount(flagged)} of ${formatCounted(report.rows.length, "row")} of the usage report have flags.`,
		),
	];
}

function describeEndOfSync({ insight }: InstanceSubject): string {
	const day = insight.endOfSync;
	return day === null ? t("no End of Sync since no date is usable") : t`End of Sync ${formatDay(day)}`;
}

function capitalize(text: string): string {
	return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
