import type { ScalarTag, Tags } from "yaml";

/**
 * YAML's core tags, except that digits with an `E` are a number only when the exponent has at most two digits and no minus: `1e9` is
 * meant as a number, but `1E-004211` is the number of a support case, which YAML would read as zero.
 */
export function configTags(tags: Tags): Tags {
	return tags.map((tag): Tags[number] =>
		isExponentTag(tag) ? { ...tag, test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE]\+?[0-9]{1,2}$/ } : tag,
	);
}

function isExponentTag(tag: Tags[number]): tag is ScalarTag {
	return typeof tag === "object" && "format" in tag && tag.format === "EXP";
}
