"""The command line: parses arguments, calls the services and prints."""
