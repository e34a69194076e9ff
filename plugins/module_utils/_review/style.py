# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""How the page looks: in the reader's light or dark, on a telephone, on a wide screen, and on paper."""

from __future__ import annotations

CSS = """
:root {
  color-scheme: light dark;
  --text: #1c2024; --faint: #5c6670; --back: #ffffff; --panel: #f4f6f8; --line: #d5dae0;
  --create: #116329; --change: #7d4e00; --delete: #b31d28; --carry_out: #5b3ca4; --link: #0b57b0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e8eaed; --faint: #a4adb7; --back: #15181c; --panel: #1f242a; --line: #3a424b;
    --create: #6fdc8c; --change: #f0b955; --delete: #ff9a94; --carry_out: #c3adff; --link: #8cbcff;
  }
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--text); background: var(--back); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 2.5rem 0 0; padding-top: .5rem; border-top: 2px solid var(--line); font-size: 1.25rem; }
h3 { display: inline; font-size: 1rem; }
p { margin: .25rem 0; }
a { color: var(--link); }
code { font-family: ui-monospace, monospace; font-size: .875em; }
.summary { font-size: 1.125rem; }
.overview { margin-top: 1rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .25rem .5rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
th[scope=row] { min-width: 4rem; font-weight: 600; }
th[scope=col] { color: var(--faint); font-weight: normal; overflow-wrap: normal; }
td { overflow-wrap: normal; }
.number { font-variant-numeric: tabular-nums; font-weight: 600; }
.none, .request, .unchanged { color: var(--faint); font-weight: normal; }
.create > .effect, .number.create, ins { color: var(--create); }
.change > .effect, .number.change, .changes { color: var(--change); }
.delete > .effect, .number.delete, .failed, del { color: var(--delete); }
.carry_out > .effect, .number.carry_out { color: var(--carry_out); }
.effect { font-weight: 600; }
.object { unicode-bidi: isolate; }
.failed { font-weight: 600; }
.failure, .warning { margin: .5rem 0; padding: .5rem .75rem; background: var(--panel); }
.failure { border-inline-start: .25rem solid var(--delete); }
.warning { border-inline-start: .25rem solid var(--change); }
h4 { margin: .75rem 0 0; font-size: .9rem; }
h3.block { display: block; margin: .75rem 0 0; }
h2.inline { display: inline; padding: 0; border: 0; font-size: 1rem; }
.look { margin-top: 1rem; padding: .25rem .75rem .75rem; border: 2px solid var(--change); border-radius: .375rem; }
.look h2 { margin-top: .5rem; padding: 0; border: 0; }
.look > ul > li { padding: .125rem 0; }
.who { color: var(--faint); }
.left { margin-top: 2.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .125rem .75rem; margin: 1rem 0 0; }
dt { color: var(--faint); }
dd { margin: 0; }
del { text-decoration: line-through; }
details { margin-top: .75rem; }
summary { padding: .375rem .5rem; background: var(--panel); cursor: pointer; }
ol { margin: .25rem 0; padding-inline-start: 2.75rem; }
ol > li { padding: .25rem 0; }
ol > li::marker { color: var(--faint); font-variant-numeric: tabular-nums; }
ul { margin: 0; padding-inline-start: 1.25rem; }
.request { display: inline-block; }
ins { text-decoration: none; }
.picture { overflow-x: auto; margin-top: .5rem; padding: .5rem; border: 1px solid var(--line); }
.picture svg { display: block; }
.sheet { margin-top: .5rem; font-size: .875rem; }
.sheet td { min-width: 7rem; overflow-wrap: break-word; }
.sheet td div { padding-inline-start: 1em; text-indent: -1em; }
.sheet td + td + td { min-width: 12rem; }
@media (max-width: 30rem) {
  main { padding: .75rem; }
  table { font-size: .8125rem; }
  th, td { padding: .25rem .1875rem; }
  ol { padding-inline-start: 2.25rem; }
}
@media (min-width: 60rem) {
  .overview > table:not(.sheet) th[scope=row] { min-width: 8rem; }
}
@media print {
  .picture { border: 0; padding: 0; }
  .picture svg { min-width: 0 !important; }
  .overview { overflow-x: visible; }
  .sheet td, .sheet td + td + td { min-width: 0; }
  main { max-width: none; padding: 0; }
  ol > li, .failure, .warning { break-inside: avoid; }
  summary, h2 { break-after: avoid; }
  summary { list-style: none; }
  details::details-content { display: block; content-visibility: visible; block-size: auto; }
}
"""
