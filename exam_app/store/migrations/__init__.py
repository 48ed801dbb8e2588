"""One file for every version of the database: it brings the version before up to its own and imports nothing."""
