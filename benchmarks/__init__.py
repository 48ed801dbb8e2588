"""How fast the application is, beside what its libraries cost alone on the same machine in the same run."""
