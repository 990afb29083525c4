import type { DataSource, Instance, Project } from "../../core/config/model.ts";
import type { FileInsight, InstanceInsight, ProjectInsight } from "../../workspace/insights/insights.ts";

// While a text does not parse, an insight tells of the last one that did; but places are those of the text as it is, whose lists may be longer or
// shorter by now. So entries are taken from what can be read of it.

/** The instance as it is written now, as far as it can be read. */
export function currentInstance({ file, instance }: InstanceInsight): Instance {
	return file.config.model?.kind === "instance" ? file.config.model : instance;
}

/** The project as it is written now, as far as it can be read. */
export function currentProject({ file, project }: ProjectInsight): Project {
	return file.config.model?.kind === "project" ? file.config.model : project;
}

/** Data sources as they are written now, as far as they can be read. */
export function currentSources(insight: FileInsight): readonly DataSource[] {
	return (insight.kind === "instance" ? currentInstance(insight) : currentProject(insight)).dataSources;
}

/** A data source as it was when what is known of it was found out; undefined when there was none of this name. */
export function knownSource(insight: FileInsight, { name }: DataSource): DataSource | undefined {
	const { dataSources } = insight.kind === "instance" ? insight.instance : insight.project;
	return dataSources.find((source) => source.name === name);
}
