"""What became of ids that the graph had: another one, where their members are now, or nothing.

The graph is the same however it was reached; this is not, and so it stands beside the readings, in no export. An id is
noted when it goes out of use, and struck out when it comes into use again.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

Former = Mapping[str, str | None]
"""Id -> the id that has most of its members, None where there is none."""


def settle(former: Former, present: Iterable[str]) -> Former:
    """Each id that is not present with the present one that its successors lead to; None where they lead nowhere."""
    known = set(present)
    found: dict[str, str | None] = {}
    for old in former:
        seen, now = {old}, former[old]
        while now is not None and now not in known and now not in seen:
            seen.add(now)
            now = former.get(now)
        if old not in known:
            found[old] = now if now in known else None
    return found


def changed(
    db: sqlite3.Connection, pointed: Iterable[str], moved: Mapping[str, Counter[str]]
) -> tuple[Former, set[str]]:
    """Of the ids whose use changed those that are used no longer, and those that are used now.

    `moved` counts, for each id that is no longer, the ids that its members have now.
    """
    gone: dict[str, str | None] = {}
    back = set()
    for id in sorted(pointed):
        if db.execute("SELECT 1 FROM uses WHERE entity = ? AND ends LIMIT 1", (id,)).fetchone():
            back.add(id)
        elif row := db.execute("SELECT new FROM redirects WHERE old = ?", (id,)).fetchone():
            gone[id] = row[0]
        else:
            heirs = moved.get(id, Counter())
            gone[id] = min(heirs, key=lambda heir: (-heirs[heir], heir), default=None)
    return gone, back


_USED = "SELECT entity FROM main.uses WHERE ends"
_VANISHED = f"CREATE TEMP TABLE vanished AS SELECT DISTINCT entity AS id FROM old.uses WHERE ends EXCEPT {_USED}"
_HEIRS = """
    SELECT vanished.id, now.entity, count(*) FROM vanished
    JOIN old.members AS was ON was.entity = vanished.id JOIN old.forms AS told ON told.id = was.form
    JOIN main.members AS now ON now.article = was.article AND now.local = was.local
    JOIN main.forms AS tells ON tells.id = now.form
    WHERE json_extract(told.data, '$[0][1]') = json_extract(tells.data, '$[0][1]') AND now.entity != vanished.id
    GROUP BY 1, 2 ORDER BY 1, 3, 2 DESC"""


def compared(db: sqlite3.Connection, old: Path) -> tuple[Former, set[str]]:
    """What a graph made anew lacks of the one in `old`, and all that it has. Raises sqlite3.Error."""
    db.execute("ATTACH DATABASE ? AS old", (str(old),))
    try:
        db.execute(_VANISHED)
        gone: dict[str, str | None] = {id: None for (id,) in db.execute("SELECT id FROM vanished")}
        gone.update((id, now) for id, now, _ in db.execute(_HEIRS))  # the last one counts: most members, smallest id
        return gone, {id for (id,) in db.execute(_USED)}
    finally:
        db.execute("DROP TABLE IF EXISTS vanished")
        db.execute("DETACH DATABASE old")
