"""Does a form hold together; does a record fit its form."""
