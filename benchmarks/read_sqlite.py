"""Reads every column of every server and role with Python's sqlite3, and does nothing with them."""

import sqlite3
import sys

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
rows = 0
for table in ("server", "role"):
    for _ in database.execute(f'SELECT * FROM "{table}"'):
        rows += 1
print(rows)
