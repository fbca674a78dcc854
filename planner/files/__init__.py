"""Case, content, scenario and plan on disk: read and written, every problem told at once."""
