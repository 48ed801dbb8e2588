"""What an examination is: its findings and their values. It needs no form."""
