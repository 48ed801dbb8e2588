"""Old records → the present schema: one file a version, each a pure function on JSON values that imports nothing of
the project.
"""

from __future__ import annotations

from typing import Any


def migrated(data: dict[str, Any]) -> dict[str, Any]:
    """The JSON of a record in the present schema version. Version 1 is the first: there is nothing to migrate yet."""
    return data
