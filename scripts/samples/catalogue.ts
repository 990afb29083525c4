/** How often a product is used on a device that has it; `silent` products never report usage (drivers, runtimes, agents). */
export type UsePattern = "daily" | "weekly" | "monthly" | "rarely" | "silent";

/** One product that the sample devices may carry. */
export interface CatalogueProduct {
	readonly name: string;
	readonly publisher: string;
	readonly version: string;
	/** Part of the devices that have it, 0 to 1. */
	readonly share: number;
	readonly use: UsePattern;
}

/** The usual content of an office computer. */
export const OFFICE_PRODUCTS: readonly CatalogueProduct[] = products([
	["Microsoft Edge", "Microsoft Corporation", "142.0.3595.53", 1, "daily"],
	["Google Chrome", "Google LLC", "142.0.7444.60", 0.74, "daily"],
	["Mozilla Firefox ESR", "Mozilla", "140.4.0", 0.22, "weekly"],
	["Microsoft Teams", "Microsoft Corporation", "25290.205", 0.97, "daily"],
	["Microsoft OneDrive", "Microsoft Corporation", "25.199.1012", 0.95, "daily"],
	["Microsoft Visio Professional 2021", "Microsoft Corporation", "16.0.14332", 0.14, "rarely"],
	["Microsoft Project Professional 2021", "Microsoft Corporation", "16.0.14332", 0.09, "rarely"],
	["Microsoft Access 2021", "Microsoft Corporation", "16.0.14332", 0.21, "rarely"],
	["Microsoft Power BI Desktop", "Microsoft Corporation", "2.148.878", 0.17, "monthly"],
	["Adobe Acrobat Reader", "Adobe Inc.", "25.001.20756", 0.83, "weekly"],
	["Adobe Acrobat Pro", "Adobe Inc.", "25.001.20756", 0.19, "monthly"],
	["7-Zip", "Igor Pavlov", "25.01", 0.71, "monthly"],
	["Notepad++", "Notepad++ Team", "8.8.7", 0.41, "weekly"],
	["Zoom Workplace", "Zoom Communications, Inc.", "6.6.5", 0.38, "monthly"],
	["Cisco Secure Client", "Cisco Systems, Inc.", "5.1.12", 0.64, "daily"],
	["Citrix Workspace", "Citrix Systems, Inc.", "25.8.1", 0.33, "weekly"],
	["KeePass Password Safe", "Dominik Reichl", "2.60", 0.28, "daily"],
	["Snagit 2024", "TechSmith Corporation", "24.3.0", 0.11, "monthly"],
	["TeamViewer Host", "TeamViewer Germany GmbH", "15.71", 0.2, "rarely"],
	["VLC media player", "VideoLAN", "3.0.21", 0.31, "rarely"],
	["PuTTY", "Simon Tatham", "0.83", 0.1, "rarely"],
	["WinSCP", "Martin Prikryl", "6.5.4", 0.09, "rarely"],
	["FileZilla Client", "Tim Kosse", "3.69.3", 0.06, "rarely"],
	["Git", "The Git Development Community", "2.51.2", 0.08, "weekly"],
	["Visual Studio Code", "Microsoft Corporation", "1.105.1", 0.12, "weekly"],
	["Tableau Desktop 2025.2", "Salesforce, Inc.", "25.2.1148", 0.05, "rarely"],
	["Microsoft .NET Runtime 8", "Microsoft Corporation", "8.0.21", 0.88, "silent"],
	["Microsoft Visual C++ 2015-2022 Redistributable (x64)", "Microsoft Corporation", "14.44.35211", 0.98, "silent"],
	["Microsoft Edge WebView2 Runtime", "Microsoft Corporation", "142.0.3595.53", 0.99, "silent"],
	["Intel Graphics Software", "Intel Corporation", "25.35", 0.67, "silent"],
	["Realtek High Definition Audio Driver", "Realtek Semiconductor Corp.", "6.0.9618", 0.62, "silent"],
	["Dell SupportAssist", "Dell Inc.", "4.8.2", 0.52, "silent"],
	["CrowdStrike Windows Sensor", "CrowdStrike, Inc.", "7.30", 0.93, "silent"],
	["Configuration Manager Client", "Microsoft Corporation", "5.00.9135", 0.9, "silent"],
]);

/** Microsoft Office, whose own usage nobody meters, and its components. */
export const MICROSOFT_OFFICE: readonly CatalogueProduct[] = products([
	["Microsoft Office Professional Plus 2021", "Microsoft Corporation", "16.0.14332", 0.9, "silent"],
	["Microsoft Word 2021", "Microsoft Corporation", "16.0.14332", 0.9, "daily"],
	["Microsoft Excel 2021", "Microsoft Corporation", "16.0.14332", 0.9, "daily"],
	["Microsoft PowerPoint 2021", "Microsoft Corporation", "16.0.14332", 0.9, "monthly"],
	["Microsoft Outlook 2021", "Microsoft Corporation", "16.0.14332", 0.9, "daily"],
]);

/** Creative Cloud and its applications. */
export const ADOBE_CREATIVE_CLOUD: readonly CatalogueProduct[] = products([
	["Adobe Creative Cloud", "Adobe Inc.", "6.7.0", 0.07, "silent"],
	["Adobe Photoshop 2026", "Adobe Inc.", "27.0", 0.07, "rarely"],
	["Adobe Illustrator 2026", "Adobe Inc.", "30.0", 0.07, "rarely"],
	["Adobe InDesign 2026", "Adobe Inc.", "21.0", 0.07, "monthly"],
]);

/** A planning suite for sawmills and its programs. */
export const SAGBLICK_SUITE: readonly CatalogueProduct[] = products([
	["Sågblick Svit", "Granmora Timber", "4.2.1", 0.26, "silent"],
	["Sågblick Planering", "Granmora Timber", "4.2.1", 0.26, "daily"],
	["Sågblick Mätning", "Granmora Timber", "4.2.1", 0.26, "weekly"],
]);

/** A clinical suite and its programs. */
export const CERISAIE_SUITE: readonly CatalogueProduct[] = products([
	["Suite Cerisaie", "Éditions Médicales Cerisaie", "12.4", 0.78, "silent"],
	["Dossier Patient Cerisaie", "Éditions Médicales Cerisaie", "12.4", 0.82, "daily"],
	["Cerisaie Prescription", "Éditions Médicales Cerisaie", "12.4", 0.58, "daily"],
	["Cerisaie Imagerie", "Éditions Médicales Cerisaie", "12.1", 0.27, "weekly"],
]);

/** What an insurer's underwriters and actuaries use. */
export const INSURANCE_PRODUCTS: readonly CatalogueProduct[] = products([
	["Bloomberg Terminal", "Bloomberg L.P.", "116.6.60", 0.05, "weekly"],
	["Moody's RiskLink 23", "Moody's RMS", "23.0", 0.06, "monthly"],
	["Emblem 4", "Willis Towers Watson", "4.11", 0.04, "rarely"],
	["SAS 9.4", "SAS Institute Inc.", "9.4 M8", 0.05, "rarely"],
	["IBM SPSS Statistics 29", "IBM Corp.", "29.0.2", 0.03, "rarely"],
	["Guidewire ClaimCenter Client", "Guidewire Software, Inc.", "10.2.4", 0.44, "daily"],
	["Quayside Policy Desk", "Wexcombe & Hale", "7.3.2", 0.57, "daily"],
	["Quayside Rating Engine", "Wexcombe & Hale", "3.0.9", 0.18, "monthly"],
]);

/** What a timber company's planners, engineers and mills use. */
export const TIMBER_PRODUCTS: readonly CatalogueProduct[] = products([
	["AutoCAD 2025", "Autodesk, Inc.", "25.0.60", 0.12, "monthly"],
	["Autodesk Inventor Professional 2025", "Autodesk, Inc.", "2025.3", 0.06, "rarely"],
	["ArcGIS Pro", "Esri", "3.5.3", 0.14, "weekly"],
	["QGIS Desktop LTR", "QGIS.org", "3.40.11", 0.2, "monthly"],
	["SIMATIC WinCC Runtime", "Siemens AG", "8.1", 0.24, "daily"],
	["SIMATIC STEP 7 Professional", "Siemens AG", "19.0", 0.07, "rarely"],
	["SAP GUI for Windows 8.00", "SAP SE", "8.00.14", 0.61, "daily"],
	["Bluebeam Revu 21", "Bluebeam, Inc.", "21.7", 0.1, "monthly"],
	["MATLAB R2024b", "The MathWorks, Inc.", "24.2", 0.03, "rarely"],
]);

/** What a clinic's wards and laboratories use. */
export const CLINIC_PRODUCTS: readonly CatalogueProduct[] = products([
	["Labo’Trace Réactifs", "Atelier Logiciel Brévenne", "3.8", 0.24, "weekly"],
	["Contrôle Qualité Brévenne", "Atelier Logiciel Brévenne", "2.11", 0.15, "monthly"],
	["RadiAnt DICOM Viewer", "Medixant", "2025.2", 0.16, "monthly"],
	["GraphPad Prism 10", "Dotmatics", "10.6", 0.07, "rarely"],
	["ImageJ", "National Institutes of Health", "1.54p", 0.06, "rarely"],
	["EndNote 21", "Clarivate", "21.5", 0.05, "rarely"],
	["LibreOffice", "The Document Foundation", "25.2.6", 0.46, "weekly"],
	["Lecteur Carte Vitale", "GIE SESAM-Vitale", "6.20", 0.49, "silent"],
]);

function products(rows: readonly (readonly [string, string, string, number, UsePattern])[]): readonly CatalogueProduct[] {
	return rows.map(([name, publisher, version, share, use]) => ({ name, publisher, version, share, use }));
}
