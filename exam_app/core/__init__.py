"""The examination itself, headless: forms, records, editing and what follows from them. No Qt, no SQL, no PDF, no
clock.
"""
