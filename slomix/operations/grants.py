"""Comparing what the role that serves people may do with what it should, and mending it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from slomix.operations import rights
from slomix.operations.owner import as_owner

TABLE, SCHEMA, SEQUENCE = "TABLE", "SCHEMA", "SEQUENCE"
# Rights that nobody needs who serves people.
NEVER = ("TRUNCATE", "REFERENCES", "TRIGGER")
PLAIN = ("SELECT", "INSERT", "UPDATE", "DELETE")

_ROLE = """
    SELECT r.rolsuper OR EXISTS (
        SELECT FROM pg_class c WHERE c.oid = to_regclass('notifications_ledger')
        AND c.relowner = r.oid)
    FROM pg_roles r WHERE r.rolname = %s
"""
# Rights on whole tables, and on single columns where not on the whole table.
_TABLES = """
    SELECT c.relname, pg_get_userbyid(c.relowner),
        ARRAY(SELECT p FROM unnest(%s::text[]) p WHERE has_table_privilege(%s, c.oid, p)),
        ARRAY(SELECT 'UPDATE (' || a.attname || ')' FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              AND a.attacl IS NOT NULL AND has_column_privilege(%s, c.oid, a.attnum, 'UPDATE'))
    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
    AND c.relkind IN ('r', 'p') ORDER BY c.relname
"""
_SEQUENCES = """
    SELECT c.relname, pg_get_userbyid(c.relowner), has_sequence_privilege(%s, c.oid, 'USAGE')
    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
    AND c.relkind = 'S' ORDER BY c.relname
"""
_SCHEMA = """
    SELECT n.nspname, pg_get_userbyid(n.nspowner), has_schema_privilege(%s, n.oid, 'USAGE'),
        has_schema_privilege(%s, n.oid, 'CREATE')
    FROM pg_namespace n WHERE n.nspname = current_schema()
"""
# Whoever may write the ledger without owning it: then there are two roles, by intent.
_SERVING = """
    SELECT EXISTS (
        SELECT FROM pg_class c, aclexplode(c.relacl) a
        WHERE c.oid = to_regclass('notifications_ledger')
        AND a.grantee <> c.relowner AND a.privilege_type = 'INSERT')
"""
_LATER = """
    SELECT count(DISTINCT d.defaclobjtype) FROM pg_default_acl d, aclexplode(d.defaclacl) a
    WHERE d.defaclnamespace = current_schema()::regnamespace AND d.defaclobjtype IN ('r', 'S')
    AND d.defaclrole = (SELECT relowner FROM pg_class
                        WHERE oid = to_regclass('notifications_ledger'))
    AND a.grantee = (SELECT oid FROM pg_roles WHERE rolname = %s)
"""


@dataclass(frozen=True)
class Thing:
    """A table, sequence or schema, whose it is, what our role may do there and what it should."""

    kind: str
    name: str
    owner: str
    may: frozenset[str]
    should: frozenset[str]
    ours: bool = True

    @property
    def missing(self) -> list[str]:
        """Rights that our work needs and that the role lacks."""
        return sorted(right for right in self.should - self.may if not self._whole(right))

    @property
    def wide(self) -> list[str]:
        """Rights that the role has and no work needs."""
        return sorted(self.may - self.should) if self.ours else []

    def _whole(self, right: str) -> bool:
        return right.partition(" ")[0] in self.may


@dataclass(frozen=True)
class Report:
    """What holds of the role's rights. `alone`: it owns the tables, so there is nothing to grant."""

    role: str
    exists: bool
    alone: bool
    two_roles: bool
    things: list[Thing]
    later: bool  # tables that are made later will be covered

    @property
    def missing(self) -> list[str]:
        """Say what is missing, one line each."""
        if not self.exists:
            return [f"there is no role {self.role}"]
        return [_line(one, one.missing) for one in self.things if one.missing]

    @property
    def wide(self) -> list[str]:
        """Say what the role may do and need not, one line each."""
        if self.alone:
            return []
        return [_line(one, one.wide) for one in self.things if one.wide]

    @property
    def wrong_role(self) -> bool:
        """Say whether this is the owner, although another role is there to serve people."""
        return self.alone and self.two_roles

    @property
    def faults(self) -> list[str]:
        """Everything that is not as it should be."""
        found = [f"missing: {line}" for line in self.missing]
        found += [f"too much: {line}" for line in self.wide]
        if self.wrong_role:
            found.append(f"wrong role: {self.role} owns the tables, and another one serves people")
        if self.exists and not self.alone and not self.later:
            found.append("missing: default privileges; a table made later would not be covered")
        return found


def _line(one: Thing, rights_: list[str]) -> str:
    stray = "" if one.ours else ", which no model of ours has"
    return f"{', '.join(rights_)} on {one.kind.lower()} {one.name} (of {one.owner}{stray})"


def web_role() -> str:
    """Name the role that serves people: the user of DATABASE_URL, whoever is connected now."""
    named = str(settings.DATABASES["default"]["USER"])
    return named or str(_one("SELECT current_user")[0])


def look_at_ourselves() -> Report:
    """Compare the rights of the role that this process is connected as."""
    return look(str(_one("SELECT current_user")[0]))


def look(role: str) -> Report:
    """Compare a role's rights with the rule. Six questions, however many tables; PostgreSQL only."""
    found = _one(_ROLE, role)
    if found is None:
        return Report(role, False, False, False, [], False)
    two_roles = bool(_one(_SERVING)[0])
    things = [*_schemas(role), *_tables(role), *_sequences(role)]
    return Report(role, True, bool(found[0]), two_roles, things, _one(_LATER, role)[0] == 2)


def _schemas(role: str) -> Iterator[Thing]:
    for name, owner, usage, create in _all(_SCHEMA, role, role):
        may = {right for right, has in (("USAGE", usage), ("CREATE", create)) if has}
        yield Thing(SCHEMA, name, owner, frozenset(may), frozenset({"USAGE"}))


def _tables(role: str) -> Iterator[Thing]:
    should = rights.of_tables()
    for name, owner, whole, columns in _all(_TABLES, [*PLAIN, *NEVER], role, role):
        ours = name in should
        may = frozenset(whole) | (frozenset(columns) if "UPDATE" not in whole else frozenset())
        yield Thing(TABLE, name, owner, may, should.get(name, rights.WORK), ours)


def _sequences(role: str) -> Iterator[Thing]:
    for name, owner, usage in _all(_SEQUENCES, role):
        may = frozenset({"USAGE"} if usage else ())
        yield Thing(SEQUENCE, name, owner, may, frozenset({"USAGE"}))


def statements(report: Report) -> list[str]:
    """Return what makes the rights as they should be; nothing where one role does everything."""
    if report.alone or not report.exists:
        return []
    role = connection.ops.quote_name(report.role)
    found = [line for one in report.things for line in _mending(one, role)]
    if not report.later:
        begin = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {_schema(report)} GRANT"
        found.append(f"{begin} {', '.join(PLAIN)} ON TABLES TO {role}")
        found.append(f"{begin} USAGE ON SEQUENCES TO {role}")
    return found


def _schema(report: Report) -> str:
    (name,) = [one.name for one in report.things if one.kind == SCHEMA]
    return connection.ops.quote_name(name)


def _mending(one: Thing, role: str) -> Iterator[str]:
    name = f"{one.kind} {connection.ops.quote_name(one.name)}"
    # First what is too much: taking UPDATE away takes it away from every column.
    if one.wide:
        yield f"REVOKE {', '.join(one.wide)} ON {name} FROM {role}"
    lost = {right for right in one.should if " " in right and "UPDATE" in one.wide}
    granted = sorted({*one.missing, *lost})
    if granted:
        yield f"GRANT {', '.join(granted)} ON {name} TO {role}"


def apply() -> Report:
    """Make the rights as they should be, as the owner of the tables; returns what then holds.

    What belongs to somebody else is left as it is and stays in the report.
    """
    role = web_role()
    with as_owner(lock_timeout="2s"), transaction.atomic():
        me = str(_one("SELECT current_user")[0])
        report = look(role)
        reached = [one for one in report.things if one.owner in (me, "pg_database_owner")]
        mendable = Report(**{**vars(report), "things": reached})
        for line in statements(mendable):
            with connection.cursor() as cursor:
                cursor.execute(line)
        return look(role)


def _one(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


def _all(question: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())
