// Copyright (c) 2026, telops.pbx contributors
// GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs textlint with the rules of docs/contributing/style.md. Reads {terms, texts} as JSON, and writes the number of
// sentences and the findings of each text. The rules see sentences without code, links and markup.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const require = createRequire(join(process.argv[2], "x.js"));
const load = async (name) => import(pathToFileURL(require.resolve(name)));
const { TextlintKernel } = await load("@textlint/kernel");
const plugin = async (name) => {
  const { default: loaded } = await load(name);
  return loaded.default ?? loaded;
};
const markdown = await plugin("@textlint/textlint-plugin-markdown");
const plain = await plugin("@textlint/textlint-plugin-text");
const { split, SentenceSplitterSyntax } = await load("sentence-splitter");

const { terms, texts } = JSON.parse(readFileSync(0, "utf8"));
const dictionary = terms.map(([wanted, refused]) => [
  wanted,
  refused,
  new RegExp(`(?<![\\w-])${refused.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "\\s+")}(?![\\w-])`, "gi"),
]);

let sentences = 0;

// The text of a paragraph in which everything that is not prose is blank, so that positions stay the same.
const prose = (node, source) => {
  const kept = Array.from(source, () => " ");
  const visit = (one) => {
    if (one.type === "Str") {
      for (let at = one.range[0]; at < one.range[1]; at++) kept[at - node.range[0]] = source[at - node.range[0]];
    } else if (one.type === "Code") {
      // A word stands for it: a sentence may begin with code.
      kept[one.range[0] - node.range[0]] = "x";
    }
    (one.children ?? []).forEach(visit);
  };
  visit(node);
  return kept.join("");
};

const rule = (context) => {
  const { Syntax, RuleError, report, getSource, locator } = context;
  const judge = (node) => {
    const text = prose(node, getSource(node));
    const say = (message, at) => report(node, new RuleError(message, { padding: locator.at(at) }));
    for (const sentence of split(text)) {
      if (sentence.type !== SentenceSplitterSyntax.Sentence) continue;
      const begin = sentence.range[0] + sentence.raw.length - sentence.raw.trimStart().length;
      const raw = sentence.raw.trim();
      if (!/[A-Za-z]{2}/.test(raw)) continue;
      sentences += 1;
      if (!raw.endsWith("?")) {
        const start = raw.match(/^(What|Whose|Of)\b/);
        if (start) say(`start: no sentence begins with "${start[1]}"`, begin);
        const noun = raw.match(/\bwhat\b(?! to\b)/i);
        if (noun) say(`what: "what" stands for a noun; name the thing`, begin + noun.index);
      }
    }
    for (const [wanted, refused, pattern] of dictionary) {
      for (const found of text.matchAll(pattern)) say(`term: write "${wanted}" instead of "${refused}"`, found.index);
    }
  };
  return { [Syntax.Paragraph]: judge, [Syntax.Header]: judge };
};

const kernel = new TextlintKernel();
const results = [];
for (const { name, text, ext } of texts) {
  sentences = 0;
  const { messages } = await kernel.lintText(text, {
    ext,
    plugins: [
      { pluginId: "markdown", plugin: markdown },
      { pluginId: "text", plugin: plain },
    ],
    rules: [{ ruleId: "style", rule }],
  });
  results.push({ name, sentences, found: messages.map((one) => [one.line, one.message]) });
}
process.stdout.write(JSON.stringify(results));
