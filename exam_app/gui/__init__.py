"""The windows. They show the record and emit; one bridge writes."""
