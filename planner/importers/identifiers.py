"""Identifiers that are short, readable, and the same for the same file: initials, and numbers for people."""

from planner.domain.findings import plain

_SKIPPED = {"va", "cua", "cac", "cho"}


class Identifiers:
    """Gives each thing a free identifier."""

    def __init__(self, taken: set[str] | None = None) -> None:
        self._taken = set(taken or ())

    def initials(self, name: str, prefix: str = "") -> str:
        """The first letters of a name, with a number where they are taken."""
        parts = ["".join(c for c in w if c.isalnum()) for w in plain(name).replace("-", " ").split()]
        letters = "".join(
            w.upper() if w.isupper() or w.isdecimal() else w[0].upper() for w in parts if w and w not in _SKIPPED
        )
        return self.free((f"{prefix}-" if prefix else "") + (letters or "X"))

    def free(self, wanted: str) -> str:
        found, number = wanted, 2
        while found in self._taken:
            found, number = f"{wanted}{number}", number + 1
        self._taken.add(found)
        return found

    def person(self) -> str:
        number = 1
        while f"CB{number:04}" in self._taken:
            number += 1
        return self.free(f"CB{number:04}")
