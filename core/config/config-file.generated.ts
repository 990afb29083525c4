// Generated from schemas/ by scripts/generate-types.ts: change the schemas and run it again.

/**
 * A configuration file as its schema describes it.
 */
export type ConfigFile = ProjectFile | InstanceFile;
/**
 * The vendor's advice that allows a limit to differ from its default. Each entry allows one limit to have one value; keep the support case or letter with it, so that the reason can be found again.
 */
export type LimitAdvice = Advice[];
/**
 * What messages, previews and reports call this source. Must be different from the names of the file's other sources.
 */
export type SourceName = string;
/**
 * Free text that says which inventory tool the data comes from. It is shown in previews and has no other effect.
 */
export type SourceConnector = string;
/**
 * What kind of file or database the table is read from. Files need path, database servers need connection.
 */
export type SourceType = "csv" | "excel" | "sqlite" | "parquet" | "postgres" | "sqlserver" | "clickhouse";
/**
 * The file to read, relative to the folder of this configuration file. Only for csv, excel, sqlite and parquet.
 */
export type SourcePath = string;
/**
 * Name of the environment variable or stored secret that holds the connection string. Never write a password into this file. Only for postgres, sqlserver and clickhouse.
 */
export type SourceConnection = string;
/**
 * The table or view to read from a database. Give either table or query.
 */
export type SourceTable = string;
/**
 * A SELECT statement whose result is the table, when a table as it stands is not enough. Give either table or query.
 */
export type SourceQuery = string;
/**
 * Name of the sheet to read from an Excel workbook. Without it the first sheet that is not hidden is read.
 */
export type SourceSheet = string;
/**
 * The character between two cells of a CSV file. Write a tab as "\t".
 */
export type SourceDelimiter = string;
/**
 * Character encoding of a CSV file. A byte-order mark in the file is recognised by itself.
 */
export type SourceEncoding = string;
/**
 * Whether the first record of a CSV file names the columns. Without a header the columns are called Column 1, Column 2 and so on.
 */
export type SourceHeader = boolean;
/**
 * How dates are written in the source. A time of day may follow the date. A cell that is not such a date is reported as a data problem and counts as empty.
 */
export type SourceDateFormat = "iso" | "dd/MM/yyyy" | "MM/dd/yyyy" | "yyyy/MM/dd" | "epochSeconds" | "epochMilliseconds" | "excelSerial";
/**
 * Time zone of dates that are written without an offset, by its IANA name. It decides to which calendar day a moment belongs.
 */
export type SourceTimeZone = string;
/**
 * Names of products. A star stands for any run of characters; upper and lower case are the same. Put a name that begins with a star in quotes.
 *
 * @minItems 1
 *
 * Items: Name of a product; a star stands for any run of characters.
 */
export type ProductPatterns = string[];

/**
 * One client's project: the limits that new instances start with, what the client has subscribed to, and where the usage log comes from.
 */
export interface ProjectFile {
	/**
	 * Says that this file describes a project. An inventory repository is described by a file of kind instance.
	 */
	kind: "project";
	/**
	 * The project's title, exactly as in the product. No other project of the workspace may have it.
	 */
	title: string;
	/**
	 * The project's number in the product's database. Only needed for settings scripts.
	 */
	projectId?: number;
	usageCategory?: Limits;
	limitAdvice?: LimitAdvice;
	/**
	 * What each client pays for and on which servers it is used. Each server is a row of the usage report.
	 */
	subscriptions?: Subscription[];
	/**
	 * Where the usage log, the activity of users and the deployed settings are read from. Each entry is one table.
	 */
	dataSources?: ProjectDataSource[];
}
/**
 * The three limits, in days, that decide between the usage categories. Leave them at 7, 30 and 90 unless the vendor has advised another value, and record that advice under limitAdvice.
 */
export interface Limits {
	/**
	 * How many days a new installation is left alone. Without any usage date, an installation younger than this is Unreported as recently installed; from this age on it is Unused.
	 */
	InstallDateCutOffLimit: number;
	/**
	 * An installation whose last usage is at most this many days before End of Sync is Used.
	 */
	UsedCategoryLimit: number;
	/**
	 * An installation whose last usage is at least this many days before End of Sync is Unused. Between the Used and the Unused limit it is Rarely Used.
	 */
	UnusedCategoryLimit: number;
}
/**
 * One limit, the value that the vendor advised for it, and where that advice can be read.
 */
export interface Advice {
	/**
	 * The limit that the advice is about.
	 */
	limit: "InstallDateCutOffLimit" | "UsedCategoryLimit" | "UnusedCategoryLimit";
	/**
	 * The value that the vendor advised. It allows exactly this value and no other.
	 */
	value: number;
	/**
	 * Where the advice can be read: the vendor's support case or letter.
	 */
	reference?: string;
	/**
	 * The day on which the vendor gave the advice.
	 */
	date?: string;
	accepted?: AcceptedExposure;
}
/**
 * That a person has accepted what setting the limit to this value brings about: so many installations are newly within reach of mandatory reclaim policies. It covers that number and any smaller one; when it grows, it has to be accepted anew.
 */
export interface AcceptedExposure {
	/**
	 * How many newly exposed installations were accepted.
	 */
	installations: number;
	/**
	 * The day on which they were accepted.
	 */
	date: string;
}
/**
 * One client's subscription: how many users of each type are paid for, and the servers that they use.
 */
export interface Subscription {
	/**
	 * Name of the client, as it stands in the usage report.
	 */
	client: string;
	/**
	 * The day on which the subscription is to be renewed. The report is in the order of these days.
	 */
	renewalDate?: string;
	/**
	 * Number of registered users that the client pays for.
	 */
	registeredUsers?: number;
	/**
	 * Number of enterprise users that the client pays for.
	 */
	enterpriseUsers?: number;
	/**
	 * Number of designers that the client pays for.
	 */
	designerUsers?: number;
	/**
	 * Names of the client's servers, as the usage log has them. A server belongs to one subscription only.
	 *
	 * Items: Name of one server, as the usage log has it.
	 */
	servers?: string[];
}
/**
 * One table that the usage report reads: a weekly usage log, the accesses of users, or the deployed settings.
 */
export interface ProjectDataSource {
	name: SourceName;
	/**
	 * What the rows of the table are. Devices and installations belong in the file of an instance.
	 */
	provides: "usageLog" | "userActivity" | "settings";
	connector?: SourceConnector;
	type: SourceType;
	path?: SourcePath;
	connection?: SourceConnection;
	table?: SourceTable;
	query?: SourceQuery;
	sheet?: SourceSheet;
	delimiter?: SourceDelimiter;
	encoding?: SourceEncoding;
	header?: SourceHeader;
	dateFormat?: SourceDateFormat;
	timeZone?: SourceTimeZone;
	columns?: SourceColumns;
}
/**
 * Which column of the source holds what: our column on the left, the source's column on the right. A column whose name is the same, apart from case, spaces and underscores, need not be listed.
 */
export interface SourceColumns {
	[k: string]: string;
}
/**
 * One inventory repository of a client: its limits, the sources of its devices and installations, and what is done with unused software.
 */
export interface InstanceFile {
	/**
	 * Says that this file describes an instance, that is an inventory repository. A client's project is described by a file of kind project.
	 */
	kind: "instance";
	/**
	 * The instance's name, exactly as in the product. No other instance of the same project may have it.
	 */
	name: string;
	/**
	 * The instance's number in the product's database. Only needed for settings scripts.
	 */
	instanceId?: number;
	/**
	 * The file of the project that this instance belongs to, relative to the folder of this file.
	 */
	project: string;
	/**
	 * The instant of the sync. Dates after it are in the future and never count as usage. Without it the present moment is taken.
	 */
	asOf?: string;
	usageCategory?: Limits;
	limitAdvice?: LimitAdvice;
	/**
	 * Where devices, installations and the deployed settings are read from. Each entry is one table; several sources may describe the same devices.
	 */
	dataSources?: InstanceDataSource[];
	/**
	 * Products that consist of other products. A bundle counts as used when one of its components is used on the same device.
	 */
	bundles?: Bundle[];
	/**
	 * Which products are uninstalled when they are not used enough.
	 */
	reclaimPolicies?: ReclaimPolicy[];
	/**
	 * What one installation of a product is worth, for figures of savings.
	 */
	unitPrices?: UnitPrice[];
}
/**
 * One table that describes the estate: devices, installations, or the deployed settings.
 */
export interface InstanceDataSource {
	name: SourceName;
	/**
	 * What the rows of the table are. The usage log and the activity of users belong in the file of a project.
	 */
	provides: "devices" | "installations" | "settings";
	connector?: SourceConnector;
	type: SourceType;
	path?: SourcePath;
	connection?: SourceConnection;
	table?: SourceTable;
	query?: SourceQuery;
	sheet?: SourceSheet;
	delimiter?: SourceDelimiter;
	encoding?: SourceEncoding;
	header?: SourceHeader;
	dateFormat?: SourceDateFormat;
	timeZone?: SourceTimeZone;
	columns?: SourceColumns;
}
/**
 * One product and the products that it consists of.
 */
export interface Bundle {
	/**
	 * Name of the bundle, as the installations have it.
	 */
	name: string;
	/**
	 * Names of the products that the bundle consists of, as the installations have them. A bundle cannot be a component.
	 *
	 * @minItems 1
	 *
	 * Items: Name of one product of the bundle, as the installations have it.
	 */
	components: string[];
}
/**
 * One rule by which installations are uninstalled.
 */
export interface ReclaimPolicy {
	/**
	 * What reports call the policy.
	 */
	name: string;
	products: ProductPatterns;
	/**
	 * Which usage categories the policy reclaims.
	 *
	 * @minItems 1
	 *
	 * Items: A usage category that the policy reclaims.
	 */
	categories?: ("Unused" | "Rarely Used")[];
	/**
	 * Whether the user may keep the software.
	 */
	action?: "mandatory" | "optional";
	/**
	 * Whether the policy is in force. A draft reclaims nothing.
	 */
	state?: "published" | "draft";
	/**
	 * Whether the policy is switched on. A policy that is off reclaims nothing.
	 */
	enabled?: boolean;
}
/**
 * The price of one installation of some products.
 */
export interface UnitPrice {
	products: ProductPatterns;
	/**
	 * Price of one installation.
	 */
	price: number;
	/**
	 * Currency of the price, as its three-letter code.
	 */
	currency: string;
}
