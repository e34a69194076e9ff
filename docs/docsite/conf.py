# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How Sphinx lays out the documentation; ``make docs`` builds it."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from pygments.lexers.special import TextLexer
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

HERE = Path(__file__).parent
ANSIBLE = "https://docs.ansible.com/ansible/latest/"
# What antsibull-docs refers to in Ansible's own documentation, which is not at hand while this is built.
ANSIBLE_PAGES = {
    "action_plugins": "plugins/action.html",
    "callback_plugins": "plugins/callback.html",
    "common_return_values": "reference_appendices/common_return_values.html",
    "ansible_configuration_settings": "reference_appendices/config.html",
    **{
        f"ansible_collections.ansible.builtin.{name}_module": f"collections/ansible/builtin/{name}_module.html"
        for name in ("copy", "get_url", "stat")
    },
    **{
        variable: f"reference_appendices/config.html#envvar-{variable}"
        for variable in (
            "ANSIBLE_CALLBACKS_ENABLED",
            "ANSIBLE_CACHE_PLUGIN",
            "ANSIBLE_CACHE_PLUGIN_CONNECTION",
            "ANSIBLE_CACHE_PLUGIN_PREFIX",
            "ANSIBLE_CACHE_PLUGIN_TIMEOUT",
        )
    },
}

project = "telops.pbx"
copyright = "telops.pbx contributors, GPL-3.0-or-later"

extensions = ["myst_parser", "sphinx_antsibull_ext"]
exclude_patterns = ["docs/docsite"]
# A reference that leads nowhere is a warning, and a warning is an error.
nitpicky = True

# Headings can be linked to, as they can where the same pages are read in the repository.
myst_heading_anchors = 4

highlight_language = "yaml+jinja"
default_role = "any"

html_theme = "furo"
html_title = "telops.pbx"
html_show_sphinx = False
html_copy_source = False
html_use_index = False
html_last_updated_fmt = None
html_static_path = [str(HERE / "static")]
html_css_files = ["site.css"]
antsibull_ext_color_scheme = "default-autodark"


def without_contents(app: Sphinx, document: nodes.document) -> None:
    """Take out the lists of contents that antsibull-docs writes: the theme shows one next to every page."""
    for topic in list(document.findall(nodes.topic)):
        if "contents" in topic["classes"]:
            topic.parent.remove(topic)


def reference(
    app: Sphinx, environment: BuildEnvironment, node: pending_xref, content: nodes.Element
) -> nodes.reference | None:
    """Lead to Ansible's own documentation, or to an option in a table, which is HTML that Sphinx does not read."""
    target = node["reftarget"]
    if target in ANSIBLE_PAGES:
        return nodes.reference("", "", content, refuri=ANSIBLE + ANSIBLE_PAGES[target])
    plugin, dummy, anchor = target.partition("__")
    page = environment.domains.standard_domain.anonlabels.get(plugin, [None])[0]
    if page is None or f' id="{anchor}"' not in environment.doc2path(page).read_text(encoding="utf-8"):
        return None
    return make_refnode(app.builder, node["refdoc"], page, anchor, content)


def setup(app: Sphinx) -> None:
    app.connect("missing-reference", reference)
    app.connect("doctree-read", without_contents)
    # Merge requests draw such a block; a page shows its text.
    app.add_lexer("mermaid", TextLexer)
