"""Payloads: names that a spreadsheet may take for formulas (TRUST R-22)."""

FORMULAS = [
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil")', "=@SUM(1)", "==", "=",
    "+1", "+cmd|' /C calc'!A0", "+49 30 1234567", "++", "+",
    "-1", "-5", "-2+3+cmd|' /C calc'!A0", "--", "-",
    "@SUM(1+1)", "@import", "@",
    "\t=1+1", "\tplain", "\r=1+1", "\rplain", "\n=1+1", "\nplain", "\r\n=1+1", "\0=1+1", "\0",
    "\N{FULLWIDTH EQUALS SIGN}1+1", "\N{FULLWIDTH PLUS SIGN}1", "\N{FULLWIDTH HYPHEN-MINUS}1",
    "\N{FULLWIDTH COMMERCIAL AT}SUM(1)",
    '=1+1","second cell', '="""quotes"""', "=1;2", "=1\n=2", "-\n", "=ТОВ «Зв'язок»",
    "@\t", "=\ud7ff",
]  # fmt: skip
