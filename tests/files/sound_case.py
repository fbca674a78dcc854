"""A small sound case as text, the same with every table and column, and a short form of findings."""

import csv
import datetime as dt
import io
from pathlib import Path

import xlsxwriter

from planner.files.headings import heading_of
from planner.files.words import table_name

CASES = Path(__file__).parent.parent / "cases"
TABLES = {
    "units": "unit_id,name,parent_id\nU1,Department,\nU2,Division,U1\n",
    "positions": "position_id,title,unit_id,rank,standard,head,seats\n"
    "H1,Director,U1,HEAD,head,yes,1\nD1,Deputy,U1,DEP,deputy,no,2\nV1,Division head,U2,DIV,free,yes,1\n",
    "people": "person_id,name,sex,birth_date\nA,Lê Văn An,M,1970-05-02\nB,Lê Thị Bích,F,03/1975\nC,Vũ Cường,M,1980\n",
    "service": "person_id,since,until,position_id\nA,2020-01-01,,H1\nB,2020-01-01,,D1\nC,2020-01-01,,D1\n",
}
FULL = {
    "units": "unit_id,name,parent_id,kind,class,headcount,locality,created_on,closed_on\n"
    "U1,Sở Tư pháp,,department,I,60,Tỉnh lỵ,2005,\nU2,Phòng Tổ chức,U1,division,,8,,03/2010,31/12/2027\n",
    "authorities": "authority_id,name,level,unit_id,delegated_from\n"
    "BTV,Ban Thường vụ,province,,\nSO,Sở,department,U1,BTV\n",
    "positions": "position_id,title,unit_id,rank,standard,nature,held_with,head,seats,surplus_until,may_stay_empty,"
    "acting_months,filled_by,term_system,managed_by,field,sector,bars_locals,criticality,successors,needed_by,"
    "opened_on,closed_on\n"
    "H1,Giám đốc,U1,HEAD,head,full_time,,yes,1,,no,6,appoint,state,BTV,law,khối nội chính,yes,5,2,2027-03-01,2005,\n"
    "D1,Phó Giám đốc,U1,DEP,deputy,full_time,,no,2,2026-12-31,yes,,elect,party,SO,,,no,3,1,,,2029-12-31\n"
    "K1,Bí thư,U1,HEAD,free,concurrent,H1,no,,,,,designate,,,,,,,,,,\n"
    "V1,Trưởng phòng,U2,DIV,free,membership,,yes,4,,,,,,,,,,,,,,\n",
    "people": "person_id,name,sex,birth_date,unit_id,ethnicity,native_place,local_units,field,scitech,service_since,"
    "party_since,party_full_since,retire_at_60,retires_on,health_ok,file_ok,assets_ok,barred_from,barred_until,"
    "barred_why,open_to_rotation,outside\n"
    'A,Lê Văn An,M,1970-05-02,U1,Kinh,"Thôn Hạ, xã Đông","U1,U2",law,no,1993,03/2/1998,1999,yes,'
    "2030-06-01,yes,no,,,,,no,no\n"
    "B,Lê Thị Bích,F,03/1975,,Tày,,,,yes,,,,,,,,yes,2024-01-01,2025-01-01,không có lý do,yes,\n"
    "012,Vũ Cường,M,1980,,,,,,,,,,,,,,,,,,,yes\n",
    "service": "person_id,since,until,position_id,unit_id,title,rank,kind,planned_until,return_to,term_until\n"
    "A,2020-01-01,,H1,,,,substantive,,,2030-06-30\nB,2021,,D1,,,,rotation,2027-01-01,V1,\n"
    "012,02/2015,05/2019,,U2,Chuyên viên,STAFF,secondment,,,\n012,2019-06-01,,H1,,,,acting,,,\n",
    "qualifications": "person_id,competency,level,since,field,source\nA,theory,advanced,2012,,bằng số 5\n"
    "B,theory,none,,law,\n",
    "indicators": "person_id,year,indicator,value,stage\nA,2024,work,8.5,self\nA,2024,work,7.125,collective\n"
    "A,2024,work,7,authority\n",
    "ratings": "person_id,year,rating,points\nA,2023,good,88.5\nA,2024,excellent,\n",
    "discipline": "person_id,side,form,decided,expires,no_sanction_case\nB,party,reprimand,2024-02-01,2025-02-01,\n"
    "B,administrative,warning,03/2022,2023,vụ 12\n",
    "relations": "person_a,person_b,relation\nA,B,sibling\n",
    "rounds": "round_id,approved_on,system,term,term_start,term_end,age_reference_date\n"
    "2024,2024-03-01,party,2020-2025,2020-06,2025-06-30,2025-06-01\n",
    "pools": "position_id,person_id,round_id,since,decision_no,status\nH1,B,2024,2024-03-01,12-QĐ/TU,add\n"
    "H1,012,2024,,,keep\nD1,012,2024,,,remove\n",
    "nominations": "position_id,person_id,round_id,proposed_by,appraised_by,opinion,step,votes_for,votes_of\n"
    "H1,B,2024,Sở,Ban Tổ chức,đồng ý,3,14,15\n",
    "courses": "course_id,name,grants,needs,months,mode,cost,admits,yearly_seats,starts\n"
    "CC,Cao cấp,theory:advanced,theory:intermediate,18,part,32000000,in_post_or_planned:DIV,40,tháng 9\n"
    "TC,Trung cấp,theory:intermediate,,8.5,full,1500.5,,,\n",
    "enrolments": "person_id,course_id,session_id,since,until\nB,CC,S1,2025-09-01,2027-02-28\n",
    "sessions": "session_id,course_id,start,end,seats,min_seats,status,allotted_to,cost\n"
    "S1,CC,2025-09-01,2027-02-28,40,10,announced,U1,30000000\nS2,TC,2027-01-01,08/2027,,,assumed,,\n",
    "vacancies": "position_id,on,reason\nH1,2027-05-01,nghỉ hưu\n",
    "exemptions": "rule,subject,authority,reason,decided,decision_no,until\n"
    "kin_apart,A+B,province,thiếu nguồn,2025-01-01,5-QĐ,2027\n",
    "decisions": "kind,person_id,position_id,session_id,from,until,status,decision_no,note\n"
    "leaves,A,,,2028-01-01,,decided,9-QĐ,tự nguyện\nnot_appoint,B,H1,,,,proposed,,\ntrain,B,,S1,,2027,decided,,\n"
    "cover,012,H1,,,,proposed,,\n",
}  # fmt: skip
"""Every table with every column filled at least once, each word of a choice that has one, dates of every precision."""


def rows_of(text):
    return list(csv.reader(io.StringIO(text)))


def in_vietnamese(table, rows):
    """The rows under Vietnamese headings."""
    return [[heading_of(table, column, "vi") for column in rows[0]], *rows[1:]]


def write_workbook(path, tables, language="en", typed=False, change=None):
    """The tables as sheets of a workbook; `typed`: whole numbers, dates and yes or no as Excel would hold them."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    formats = {n: book.add_format({"num_format": f}) for n, f in {10: "dd/mm/yyyy", 7: "mm/yyyy", 4: "yyyy"}.items()}
    for table, rows in tables.items():
        shown = rows_of(rows) if isinstance(rows, str) else rows
        sheet = book.add_worksheet(table if language == "en" else table_name(table, "vi"))
        for r, row in enumerate(in_vietnamese(table, shown) if language == "vi" else shown):
            for c, cell in enumerate(row):
                _put(sheet, r, c, cell, formats, typed and r > 0, shown[0][c] if c < len(shown[0]) else "")
    if change is not None:
        change(book)
    book.close()
    return path


def _put(sheet, r, c, cell, formats, typed, column):
    if typed and cell in ("yes", "no"):
        sheet.write_boolean(r, c, cell == "yes")
    elif typed and cell.replace(".", "", 1).isdecimal() and not cell.startswith("0") and not column.endswith("_id"):
        sheet.write_number(r, c, float(cell))
    elif typed and (day := _day(cell)):
        sheet.write_datetime(r, c, dt.date(*day[0]), formats[day[1]])
    elif cell:
        sheet.write_string(r, c, cell)


def _day(text):
    """A date with the length of its ISO form as far as it is known; None where the text is no date."""
    parts = text.split("-") if "-" in text else text.split("/")[::-1]
    if not all(p.isdecimal() for p in parts) or len(parts) not in (2, 3) or len(parts[0]) != 4:
        return None
    whole = [*map(int, parts), 1, 1][:3]
    if not 1 <= whole[1] <= 12:
        return None
    return whole, {3: 10, 2: 7}[len(parts)]


def short(finding):
    return (
        finding.code.removeprefix("finding."), finding.file.removeprefix("case/"), finding.row, finding.column,
        finding.value, finding.suggestion,
    )  # fmt: skip
