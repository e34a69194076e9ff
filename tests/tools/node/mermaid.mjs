// Copyright (c) 2026, telops.pbx contributors
// GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later

// Reads a list of Mermaid diagrams, and writes what Mermaid has understood: nodes by name, and edges, with their texts.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const place = process.argv[2];
const require = createRequire(join(place, "x.js"));
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;

const folder = join(place, "mermaid");
const entry = JSON.parse(readFileSync(join(folder, "package.json"))).module;
const mermaid = (await import(pathToFileURL(join(folder, entry)))).default;
mermaid.initialize({ startOnLoad: false, maxEdges: 100000, maxTextSize: 10000000 });

// Mermaid keeps codes of characters in a spelling of its own until it draws them.
const drawn = (text) =>
  (text ?? "")
    .replace(/<br ?\/?>/g, "\n")
    .replace(/&nbsp;/g, "\u00a0")
    .replace(/ﬂ°°/g, "&#")
    .replace(/ﬂ°/g, "&")
    .replace(/¶ß/g, ";")
    .replace(/&#(\d+);/g, (dummy, code) => String.fromCodePoint(Number(code)));

const found = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const nodes = Object.fromEntries([...db.getVertices().values()].map((one) => [one.id, drawn(one.text)]));
  found.push({ nodes, edges: db.getEdges().map((one) => [one.start, one.end, drawn(one.text)]) });
}
process.stdout.write(JSON.stringify(found));
