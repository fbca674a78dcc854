"""What people get: tables, workbooks and forms made from a plan and its timeline. Nothing here starts a solver."""

from planner.exporters.tables import TABLES, csv_files, plan_table, plan_tables
from planner.exporters.view import View

__all__ = ["TABLES", "View", "csv_files", "plan_table", "plan_tables"]
