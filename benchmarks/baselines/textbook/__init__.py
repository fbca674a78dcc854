"""The model of a textbook: a 0/1 variable for each decision, a balance of seats for each post and period.

Columns: ("x", i, p) in the list of p; ("u", i, s) a training place; ("a", i, p, t) appointed in t; ("h", i, p, t)
holds p at t by an appointment; ("g", i, p) designated successor; ("y", i, p) ready name; ("k", i, p, t) acting;
("m", p, t) empty seats; ("z", p), ("d", p) no successor, ready names missing.

It is a **restriction** of our problem: candidates of a post are the names of its own list, who meet its `plan` cells
without a course; nobody rotates; only those act who are deputies today; nobody who comes to a post in surplus. So its
optimum is no lower bound on ours, and its outcome has none. It obeys the same law: pairs of relatives and limits on
holders are rows, what has none here (the days within a period, rare orders of courses, wishes) the verifier finds
afterwards, and the choices that it names are taken back.
"""

from benchmarks.baselines.textbook.solve import SOLVERS, textbook

__all__ = ["SOLVERS", "textbook"]
