"""Use cases: the only place that joins forms, store and report."""
