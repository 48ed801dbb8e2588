"""Version 1: records, their trail of edits, the forms they use, and which of them are open."""

STATEMENTS = (
    """
    CREATE TABLE forms (
        hash TEXT NOT NULL PRIMARY KEY,
        checksum TEXT NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body))
    ) STRICT
    """,
    # body stands last: lists of records then never read it.
    """
    CREATE TABLE records (
        id TEXT NOT NULL PRIMARY KEY,
        revision INTEGER NOT NULL CHECK (revision >= 1),
        state TEXT NOT NULL CHECK (state IN ('draft', 'signed', 'amended')),
        schema_version INTEGER NOT NULL,
        form_hash TEXT NOT NULL REFERENCES forms (hash),
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL CHECK (unixepoch(changed_at) IS NOT NULL),
        patient_name TEXT NOT NULL,
        birth_date TEXT,
        mrn TEXT,
        started_at TEXT NOT NULL,
        scope TEXT NOT NULL,
        abnormal INTEGER NOT NULL,
        done INTEGER NOT NULL,
        total INTEGER NOT NULL,
        seal TEXT NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body))
    ) STRICT
    """,
    # Times carry their offset from UTC, so their text does not sort; the moment does.
    "CREATE INDEX records_by_change ON records (unixepoch(changed_at, 'subsec'))",
    """
    CREATE TABLE edits (
        record_id TEXT NOT NULL REFERENCES records (id),
        revision INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        how TEXT NOT NULL,
        address TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL,
        old TEXT CHECK (old IS NULL OR json_valid(old)),
        new TEXT CHECK (new IS NULL OR json_valid(new)),
        PRIMARY KEY (record_id, revision, seq)
    ) STRICT
    """,
    """
    CREATE TABLE open_marks (
        record_id TEXT NOT NULL PRIMARY KEY REFERENCES records (id),
        since TEXT NOT NULL
    ) STRICT
    """,
)
