"""Version 2: every PDF that was exported, so that the same file can be told from a changed one."""

STATEMENTS = (
    # A file may be exported twice, to two places; both times are true.
    """
    CREATE TABLE exports (
        record_id TEXT NOT NULL REFERENCES records (id),
        at TEXT NOT NULL,
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        attached INTEGER NOT NULL CHECK (attached IN (0, 1)),
        encrypted INTEGER NOT NULL CHECK (encrypted IN (0, 1))
    ) STRICT
    """,
    "CREATE INDEX exports_by_sha256 ON exports (sha256)",
)
