"""A small sound case as text, and a short form of findings."""

from pathlib import Path

CASES = Path(__file__).parent.parent / "cases"
TABLES = {
    "units": "unit_id,name,parent_id\nU1,Department,\nU2,Division,U1\n",
    "positions": "position_id,title,unit_id,rank,standard,head,seats\n"
    "H1,Director,U1,HEAD,head,yes,1\nD1,Deputy,U1,DEP,deputy,no,2\nV1,Division head,U2,DIV,free,yes,1\n",
    "people": "person_id,name,sex,birth_date\nA,Lê Văn An,M,1970-05-02\nB,Lê Thị Bích,F,03/1975\nC,Vũ Cường,M,1980\n",
    "service": "person_id,since,until,position_id\nA,2020-01-01,,H1\nB,2020-01-01,,D1\nC,2020-01-01,,D1\n",
}


def short(finding):
    return (
        finding.code.removeprefix("finding."), finding.file.removeprefix("case/"), finding.row, finding.column,
        finding.value, finding.suggestion,
    )  # fmt: skip
