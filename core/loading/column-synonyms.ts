import type { Provides } from "../config/model.ts";

/**
 * What inventory tools, databases and people call our columns, by what a source provides; the likeliest first. Without case, spaces and signs,
 * as {@link "./propose-columns.ts"} compares names.
 */
export const SYNONYMS: Readonly<Record<Provides, Readonly<Record<string, readonly string[]>>>> = {
	devices: {
		device: list(
			"resourceid machineid deviceid computerid assetid clientid agentid hostid machinename computername machine computer hostname host workstation endpoint asset assettag serialnumber netbiosname pcname systemname devicename nodename node id name",
		),
		inventoryDate: list(
			"lasthardwarescan lasthwscan lastinventory lastinventorydate lastinventorytime hardwarescan lastscan lastscandate scandate scanned lastscanned lastcheckin lastseen lastsync lastsyncdatetime lastcontact lastreported lastreportdate lastactive lastupdate lastupdated inventoried inventory agentlastseen",
		),
		deviceName: list("netbiosname computername machinename hostname displayname systemname dnsname fqdn pcname name"),
	},
	installations: {
		device: list(
			"resourceid machineid deviceid computerid assetid clientid agentid hostid machinename computername machine computer hostname host workstation endpoint asset assettag serialnumber netbiosname pcname systemname devicename nodename node",
		),
		product: list(
			"productname softwareproduct software softwarename application applicationname app appname displayname productdisplayname softwaretitle title program programname package packagename name",
		),
		installDate: list(
			"installed installedon installeddate dateinstalled installationdate installtime installedat installedsince firstinstalled firstseen",
		),
		lastUsageDate: list(
			"lastused lastuseddate lastusedon lastuse lastusage lastusedtime lastrun lastrundate lastruntime lastlaunched lastlaunch lastaccessed lastaccess lastexecuted lastexecution lastopened lastmetered usagedate usedon used",
		),
		publisher: list("vendor manufacturer softwarepublisher softwarevendor company maker"),
		version: list("productversion displayversion softwareversion applicationversion appversion release build"),
	},
	usageLog: {
		server: list("servername serverid host hostname instance instancename site environment machine computer node"),
		loggedAt: list(
			"logdate logtime logdatetime logged loggedon logtimestamp timestamp recordedat recorded reportedat reported reportdate createdat created datetime date time",
		),
		activeRegistered: list(
			"activereg activeregisteredusers activeregusers registeredactive registeredusers registered regusers reg activereguser",
		),
		activeEnterprise: list("activeent activeenterpriseusers activeentusers enterpriseactive enterpriseusers enterprise entusers ent"),
		activeDesigners: list(
			"activedes activedesigner activedesignerusers activedesusers designersactive designerusers designers designer des",
		),
		version: list("productversion serverversion softwareversion release build"),
	},
	userActivity: {
		server: list("servername serverid host hostname instance instancename site environment machine computer node"),
		user: list("username userid login loginname account accountname useraccount samaccountname userprincipalname upn email person"),
		userType: list("type role userrole accounttype licensetype licencetype usercategory category kind"),
		accessedAt: list(
			"accessdate accesstime accessed lastaccess lastaccessed accesstimestamp loggedinat logintime logindate lastlogin timestamp datetime date time",
		),
	},
	settings: {
		title: list("projecttitle instancename project instance"),
		name: list("settingname projectname setting key parameter"),
		value: list("settingvalue val currentvalue"),
		instanceId: list("instanceid id"),
	},
};

function list(words: string): readonly string[] {
	return words.split(" ");
}
