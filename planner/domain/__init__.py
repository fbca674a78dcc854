"""Frozen records of the field, all date arithmetic, errors and messages. Imports nothing of the project."""
