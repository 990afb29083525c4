import { makeDocument, DOCUMENT_STYLES } from "./editor-documents.ts";
import { parseConfig } from "../../workspace/yaml/parse-config.ts";
import { parseWhole } from "../../workspace/yaml/parse-whole.ts";
import { parsePlain } from "../../workspace/yaml/parse-plain.ts";
import { splitText } from "../../workspace/yaml/split-text.ts";
import assert from "node:assert/strict";
for (const style of DOCUMENT_STYLES) { const d=makeDocument(style,50000); const small=makeDocument(style,1000); parseConfig(small.text);
 let t=performance.now(); const spans=splitText(d.text)!; const plain=spans.filter(s=>parsePlain(d.text.slice(s.start,s.end))!==null).length; console.log(style,"plain",plain,"of",spans.length,(performance.now()-t).toFixed(0),"ms");
 t=performance.now(); parseConfig(d.text); console.log("chunks",(performance.now()-t).toFixed(0)); t=performance.now(); parseWhole(d.text); console.log("whole",(performance.now()-t).toFixed(0));
 assert.deepEqual(parseConfig(small.text).root,parseWhole(small.text).root);}
