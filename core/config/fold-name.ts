/**
 * The form in which titles, server names and other names are compared: white space around them and case do not count,
 * as the vendor's database does not count them either. Products are not compared by it: their names are keys, compared exactly.
 */
export function foldName(name: string): string {
	return name.trim().toUpperCase();
}
