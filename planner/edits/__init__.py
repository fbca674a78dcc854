"""What-ifs: one file per edit, each a record that changes a case. Registered by name in `registry.py`."""
