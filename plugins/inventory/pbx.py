# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: pbx
short_description: The extensions of tenants, or the tenants themselves, as hosts
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Makes a host of every extension of a hosted PBX, so that a play runs once for each phone, queue, or IVR. With
    O(hosts=tenants), it makes a host of every tenant instead.
  - The playbooks of this collection, such as C(telops.pbx.site), want tenants as hosts, each of which has a document in
    its variables. They refuse a host that is an extension.
  - With O(hosts=tenants), each tenant of O(tenants) is a host of its name. The plugin asks the PBX to which client its
    credentials lead, one request for each tenant, and refuses two tenants that lead to the same one. The host has the
    variables of the connection that are named below for groups, C(pbx_client_id), and C(pbx_expect_client_id) with the
    same value. There is no group of the name of a tenant, which Ansible would warn of.
  - Its configuration is a YAML file whose name ends in C(pbx.yml) or C(pbx.yaml).
  - It only reads. It reads from every tenant the list of extensions, the list of DIDs, and where an extension has a
    group the list of groups, each once and in pages of 100.
  - Every host has the variables C(pbx_tenant), C(pbx_number), C(pbx_id), C(pbx_type), C(pbx_status), C(pbx_label),
    C(pbx_caller_id_name), C(pbx_group) with the name of its extension group, C(pbx_dids) with the list of its public
    numbers, C(pbx_domain), C(pbx_create_date), and C(pbx_client_id). A variable is null where the PBX has no value.
  - Every tenant is a group of its name, with the variables C(pbx_api_url), C(pbx_token_url), C(pbx_client),
    C(pbx_validate_certs), and where it is set C(pbx_ca_path). The group also sets C(ansible_connection) to V(local),
    because an extension is no machine that could be logged in to, and C(ansible_python_interpreter) to the Python that
    runs Ansible.
  - Credentials are in no variable and in no cache. A play brings its own, as the last example does.
extends_documentation_fragment:
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
notes:
  - Strings of the connection options may be templates, with lookups and with the variables of C(--extra-vars). They may
    also be encrypted by C(ansible-vault). Inventory variables do not exist yet when they are read.
  - Ansible goes on when an inventory cannot be read. Set C(any_unparsed_is_failed) in the section C(inventory) of
    C(ansible.cfg) to stop instead.
options:
  plugin:
    description: The name of this plugin.
    type: str
    required: true
    choices: [telops.pbx.pbx]
  hosts:
    description:
      - The objects that become hosts. One file lists either extensions or tenants.
      - V(extensions) is for plays about single phones, queues and menus.
      - V(tenants) is for the playbooks and roles of this collection, and needs O(tenants). The options O(types),
        O(statuses) and O(host_name) belong to V(extensions).
    type: str
    choices: [extensions, tenants]
    default: extensions
  api_url:
    description:
      - The address of the API including its version, for example V(https://pbx.example.com/api/ver1.0).
    type: str
    env:
      - name: PBX_API_URL
  access_token:
    description:
      - A token that is ready to use. Where O(app_id) and O(app_secret) are set too, it is renewed when it expires.
      - Either O(access_token), or O(app_id) and O(app_secret) are needed.
      - This and the other credentials are taken from one place, which is the tenant, else the top of the file, else the
        environment. A place that sets one of O(access_token), O(app_id), O(app_secret), O(api_username), and
        O(api_password) is the one, so that the credentials of two tenants never mix.
    type: str
    env:
      - name: PBX_ACCESS_TOKEN
  app_id:
    description:
      - The App ID of an application that is registered with the PBX. Tokens are fetched and renewed with it.
    type: str
    env:
      - name: PBX_APP_ID
  app_secret:
    description:
      - The App Secret of the application O(app_id).
    type: str
    env:
      - name: PBX_APP_SECRET
  api_username:
    description:
      - The login of a user, for applications of the type C(password_credentials), beside O(app_id) and O(app_secret).
    type: str
    env:
      - name: PBX_USERNAME
  api_password:
    description:
      - The password of the user O(api_username).
    type: str
    env:
      - name: PBX_PASSWORD
  renew_token:
    description:
      - Whether O(app_id) and O(app_secret) renew O(access_token), which must belong to the same tenant. Without this, a
        token together with an application is an error.
    type: bool
    default: false
    env:
      - name: PBX_RENEW_TOKEN
  token_url:
    description:
      - The address where tokens are fetched. If not set, it is C(/oauth/token) on the host of O(api_url).
    type: str
  client:
    description:
      - The id of the tenant, or V(@me) for the tenant that the token belongs to.
    type: str
    default: "@me"
  validate_certs:
    description:
      - Whether the TLS certificate of the PBX is verified.
    type: bool
    default: true
    env:
      - name: PBX_VALIDATE_CERTS
  ca_path:
    description:
      - A file or a folder with the certificates of the authorities to trust, instead of the ones of the system.
    type: path
    env:
      - name: PBX_CA_PATH
  api_timeout:
    description:
      - How long to wait for the connection and for each piece of an answer, in seconds.
    type: float
    default: 30.0
  rate_limit_wait:
    description:
      - How long to wait in all for the request limit of a tenant to pass, in seconds.
    type: float
    default: 60.0
  parallel:
    description:
      - How many requests to one tenant may be under way at the same time.
    type: int
    default: 8
  tenants:
    description:
      - The tenants, in the order in which they are read.
      - If not set, there is one tenant. Its name is V(pbx), and the options at the top of the file connect to it.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - The name of the tenant, which is also the name of its group, of letters, digits and underscores.
        type: str
        required: true
      api_url:
        description: As O(api_url), for this tenant. An O(token_url) at the top of the file does not hold then.
        type: str
      access_token:
        description: As O(access_token), for this tenant.
        type: str
      app_id:
        description: As O(app_id), for this tenant.
        type: str
      app_secret:
        description: As O(app_secret), for this tenant.
        type: str
      api_username:
        description: As O(api_username), for this tenant.
        type: str
      api_password:
        description: As O(api_password), for this tenant.
        type: str
      renew_token:
        description: As O(renew_token), for this tenant.
        type: bool
      token_url:
        description: As O(token_url), for this tenant.
        type: str
      client:
        description: As O(client), for this tenant.
        type: str
      validate_certs:
        description: As O(validate_certs), for this tenant.
        type: bool
      ca_path:
        description: As O(ca_path), for this tenant.
        type: path
      api_timeout:
        description: As O(api_timeout), for this tenant.
        type: float
      rate_limit_wait:
        description: As O(rate_limit_wait), for this tenant.
        type: float
      parallel:
        description: As O(parallel), for this tenant.
        type: int
  skip_failed_tenants:
    description:
      - Whether to go on with a warning when a tenant cannot be read, without its hosts. Otherwise that is an error, and
        the file brings no host at all.
      - A mistake in the file itself is always an error.
    type: bool
    default: false
  types:
    description:
      - Only extensions of these types become hosts.
      - If not set, all do.
    type: list
    elements: str
    choices: [phone, queue, ivr, fax, conference]
  statuses:
    description:
      - Only extensions in one of these states become hosts.
      - If not set, all do.
    type: list
    elements: str
    choices: [active, blocked]
  host_name:
    description:
      - A Jinja2 expression for the name of a host, out of its variables.
      - Tenants may have the same numbers. A name that stands for two extensions is an error.
    type: str
    default: pbx_tenant ~ '-' ~ pbx_number
"""

EXAMPLES = r"""
# In a file named pbx.yml: the extensions of the tenant to which the environment variables PBX_* lead, as the groups
# type_phone, type_queue and so on.
plugin: telops.pbx.pbx
keyed_groups:
  - {prefix: type, key: pbx_type}
---
# A play on it, with ansible-playbook -i pbx.yml: each phone rings for 40 seconds.
- name: Let the phones ring longer
  hosts: type_phone
  gather_facts: false
  tasks:
    - name: Set the time
      telops.pbx.pbx_phone:
        api_url: "{{ pbx_api_url }}"
        extension_id: "{{ pbx_id }}"
        hangup_timeout: 40
---
# The active phones and queues of two tenants, which have the same numbers: north-101, south-101 and so on. What is read
# is kept for an hour.
plugin: telops.pbx.pbx
tenants:
  - name: north
    app_id: "{{ lookup('ansible.builtin.env', 'NORTH_APP_ID') }}"
    app_secret: "{{ lookup('ansible.builtin.env', 'NORTH_APP_SECRET') }}"
  - name: south
    app_id: "{{ lookup('ansible.builtin.env', 'SOUTH_APP_ID') }}"
    app_secret: "{{ lookup('ansible.builtin.env', 'SOUTH_APP_SECRET') }}"
skip_failed_tenants: true
types: [phone, queue]
statuses: [active]
groups:
  called_from_outside: pbx_dids | length > 0
keyed_groups:
  # Such as north_phone, a part of the group north.
  - {prefix: "", separator: "", key: pbx_tenant ~ '_' ~ pbx_type, parent_group: "{{ pbx_tenant }}"}
compose:
  sip_login: pbx_number ~ '@' ~ pbx_domain
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: .cache/inventory
cache_timeout: 3600
---
# A play on that, which reaches each phone with the credentials of its tenant.
- name: Let the phones of both tenants ring longer
  hosts: north_phone:south_phone
  gather_facts: false
  module_defaults:
    group/telops.pbx.pbx:
      api_url: "{{ pbx_api_url }}"
      app_id: "{{ lookup('ansible.builtin.env', pbx_tenant | upper ~ '_APP_ID') }}"
      app_secret: "{{ lookup('ansible.builtin.env', pbx_tenant | upper ~ '_APP_SECRET') }}"
  tasks:
    - name: Set the time
      telops.pbx.pbx_phone:
        extension_id: "{{ pbx_id }}"
        hangup_timeout: 50
---
# Tenants as hosts, for ansible-playbook -i pbx.yml telops.pbx.plan. Files of the names host_vars/north.yml and
# host_vars/south.yml beside this one hold their documents, and bring the credentials for the run.
plugin: telops.pbx.pbx
hosts: tenants
tenants:
  - name: north
    app_id: "{{ lookup('ansible.builtin.env', 'NORTH_APP_ID') }}"
    app_secret: "{{ lookup('ansible.builtin.env', 'NORTH_APP_SECRET') }}"
  - name: south
    app_id: "{{ lookup('ansible.builtin.env', 'SOUTH_APP_ID') }}"
    app_secret: "{{ lookup('ansible.builtin.env', 'SOUTH_APP_SECRET') }}"
groups:
  shops: true
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ansible_collections.telops.pbx.plugins.module_utils._entry.inventory import (
    CREDENTIALS,
    OPTIONS,
    PbxError,
    Tenant,
    client_of,
    hosts_of,
    plain,
    same_client,
    tenants_of,
)
from ansible_collections.telops.pbx.plugins.plugin_utils.data import as_data


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Extensions as hosts; ``_entry/inventory.py`` reads them."""

    NAME = "telops.pbx.pbx"

    def verify_file(self, path: str) -> bool:
        return super().verify_file(path) and path.endswith(("pbx.yml", "pbx.yaml"))

    def set_options(self, task_keys: Any = None, var_options: Any = None, direct: Any = None) -> None:
        # Ansible would quote a value of a wrong type, with the credentials in it.
        given = direct or {}
        for name in CREDENTIALS:
            if isinstance(given.get(name), (dict, list)):
                raise AnsibleParserError(f"{name} must be a string")
        if not isinstance(given.get("tenants"), (list, type(None))):
            raise AnsibleParserError("tenants must be a list")
        super().set_options(task_keys=task_keys, var_options=var_options, direct=direct)

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        tenants = self._tenants(self._read_config_data(path))
        found = self._cached(tenants, path) if cache else {}
        found.update(self._read([tenant for tenant in tenants if tenant.name not in found], path))
        if self._of_tenants:
            self._add_tenants(tenants, found)
            return
        owners: dict[str, str] = {}
        for tenant in tenants:
            if tenant.name in found:
                self._add(tenant, found[tenant.name], owners)

    @property
    def _of_tenants(self) -> bool:
        return bool(self.get_option("hosts") == "tenants")

    def _tenants(self, config: dict[str, Any]) -> list[Tenant]:
        file = self._plain("", {name: config[name] for name in OPTIONS if name in config})
        # The environment and the defaults supply the options that the file does not set.
        others = {name: self.get_option(name) for name in OPTIONS}
        if self._of_tenants:
            if config.get("tenants") is None:
                raise AnsibleParserError("hosts is tenants, and the file names none; list them under tenants")
            for name in ("types", "statuses", "host_name"):
                if name in config:
                    raise AnsibleParserError(f"{name} is about extensions; leave it out where hosts is tenants")
        declared = [{"name": "pbx"}]
        if config.get("tenants") is not None:
            declared = [self._plain(f"tenants[{n}].", one) for n, one in enumerate(self.get_option("tenants"))]
        with _as_parser_error():
            return tenants_of(declared, file, others)

    def _plain(self, where: str, given: Any) -> dict[str, Any]:
        if not isinstance(given, dict):
            raise AnsibleParserError(f"{where.rstrip('.')} must be a dictionary")
        self.templar.available_variables = self._vars
        found = {}
        for name, value in given.items():
            try:
                found[name] = self.templar.template(value)
            except AnsibleError as error:
                raise AnsibleParserError(f"{where}{name}: {error}") from None
        return found

    def _key(self, tenant: Tenant, path: str) -> str:
        kind = "_tenants" if self._of_tenants else ""
        return f"{self.get_cache_key(path)}_{tenant.mark}{kind}"

    def _cached(self, tenants: list[Tenant], path: str) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for tenant in tenants if self.get_option("cache") else ():
            with suppress(KeyError):
                found[tenant.name] = self._cache[self._key(tenant, path)]
        return found

    def _read(self, tenants: list[Tenant], path: str) -> dict[str, list[dict[str, Any]]]:
        clients = {}
        for tenant in tenants:
            # All of them before the first request, so that a wrong file costs none.
            with _as_parser_error(tenant):
                clients[tenant.name] = tenant.client()
        found = {}
        for tenant in tenants:
            client = clients[tenant.name]
            try:
                with _as_parser_error(tenant):
                    found[tenant.name] = client_of(client) if self._of_tenants else hosts_of(client)
            except AnsibleParserError as error:
                if not self.get_option("skip_failed_tenants"):
                    raise
                left = "It is" if self._of_tenants else "Its extensions are"
                self.display.warning(f"{error}. {left} left out.")
            finally:
                client.close()
            for warning in client.warnings:
                self.display.warning(f'tenant "{tenant.name}": {warning}')
            if self.get_option("cache") and tenant.name in found:
                self._cache[self._key(tenant, path)] = found[tenant.name]
        return found

    def _add(self, tenant: Tenant, extensions: list[dict[str, Any]], owners: dict[str, str]) -> None:
        local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
        shared = as_data({**tenant.variables, **local})
        group = self.inventory.add_group(tenant.name)
        for name, value in shared.items():
            self.inventory.set_variable(group, name, value)
        strict = self.get_option("strict")
        for extension in filter(self._wanted, extensions):
            own = as_data({"pbx_tenant": tenant.name, **extension})
            variables = {**shared, **own}
            host = self._host_name(variables, owners)
            self.inventory.add_host(host, group=group)
            for name, value in own.items():
                self.inventory.set_variable(host, name, value)
            self._set_composite_vars(self.get_option("compose"), variables, host, strict=strict)
            self._add_host_to_composed_groups(self.get_option("groups"), variables, host, strict=strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, host, strict=strict)

    def _add_tenants(self, tenants: list[Tenant], found: dict[str, list[dict[str, Any]]]) -> None:
        there = {tenant.name: found[tenant.name][0] for tenant in tenants if tenant.name in found}
        wrong = same_client({name: one["pbx_client_id"] for name, one in there.items()}, tenants)
        if wrong:
            raise AnsibleParserError(wrong)
        local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
        strict = self.get_option("strict")
        for tenant in tenants:
            if tenant.name not in there:
                continue
            variables = as_data({**tenant.variables, **there[tenant.name], **local})
            self.inventory.add_host(tenant.name)
            for name, value in variables.items():
                self.inventory.set_variable(tenant.name, name, value)
            self._set_composite_vars(self.get_option("compose"), variables, tenant.name, strict=strict)
            self._add_host_to_composed_groups(self.get_option("groups"), variables, tenant.name, strict=strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, tenant.name, strict=strict)

    def _wanted(self, extension: dict[str, Any]) -> bool:
        types, statuses = self.get_option("types"), self.get_option("statuses")
        return (not types or extension["pbx_type"] in types) and (not statuses or extension["pbx_status"] in statuses)

    def _host_name(self, variables: dict[str, Any], owners: dict[str, str]) -> str:
        owner = f"extension {variables['pbx_number']} of {variables['pbx_tenant']}"
        try:
            found = self._compose(self.get_option("host_name"), variables)
        except AnsibleError as error:
            raise AnsibleParserError(f"host_name cannot be made for {owner}: {error}") from None
        name = "" if found is None else plain(str(found))
        if not name:
            raise AnsibleParserError(f"host_name is empty for {owner}")
        if name in owners:
            raise AnsibleParserError(
                f'host_name makes "{name}" of {owners[name]} and of {owner}; put pbx_tenant and pbx_number into it'
            )
        owners[name] = owner
        return name


@contextmanager
def _as_parser_error(tenant: Tenant | None = None) -> Iterator[None]:
    try:
        yield
    except PbxError as error:
        # Without its cause, whose traceback could show the secrets that the message hides.
        prefix = f'tenant "{tenant.name}": ' if tenant else ""
        raise AnsibleParserError(f"{prefix}{error.message}") from None
