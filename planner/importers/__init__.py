"""Wide office workbooks and printed forms become a case, the map that was used, and doubts."""
