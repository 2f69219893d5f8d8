from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.data import records

MESS = st.text(alphabet='ab",\n ', max_size=30)
FIELDS = st.text(alphabet='a",\n;', max_size=6)


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


def spans(text, width=2):
    """Return text, line and problem of each record."""
    content = text.encode()
    found = records.split(content, ",", width)
    return [
        (content[start:end].decode(), line, records.PROBLEMS[problem])
        for start, end, line, _, problem in zip(*found, strict=True)
    ]


@settings(deadline=None)
@given(MESS, st.integers(1, 3))
def test_both_ways_agree_wherever_the_fast_one_dares(text, width):
    fast = records.split_regular(text.encode(), ",", width)
    careful = records.split_carefully(text.encode(), ",", width)
    if fast is not None:
        assert [a.tolist() for a in fast] == [a.tolist() for a in careful]


@settings(deadline=None)
@given(st.lists(st.lists(FIELDS, min_size=3, max_size=3), max_size=5))
def test_text_quoted_throughout_takes_the_fast_way(rows):
    text = "".join(",".join(map(quoted, row)) + "\n" for row in rows)
    fast = records.split_regular(text.encode(), ",", 3)
    assert fast is not None
    assert fast.cells.tolist() == [3] * len(rows)


@settings(deadline=None)
@given(MESS)
def test_no_byte_is_lost_or_read_twice(text):
    found = records.split(text.encode(), ",", 2)
    ends = [0, *(end + 1 for end in found.ends)]
    assert found.starts.tolist() == ends[:-1]
    assert ends[-1] in (len(text), len(text) + 1)


def test_a_quoted_field_may_hold_delimiters_quotes_and_lines():
    assert spans('1,"a,""b""\nc"\n2,x\n') == [('1,"a,""b""\nc"', 1, ""), ("2,x", 3, "")]


def test_a_quote_that_is_never_closed_spoils_its_own_line_only():
    found = spans('1,a\n2,"b\n3,c\n4,"d"\n')
    assert found == [
        ("1,a", 1, ""),
        ('2,"b', 2, "quoted field is never closed"),
        ("3,c", 3, ""),
        ('4,"d"', 4, ""),
    ]


def test_a_quote_inside_a_field_spoils_its_own_line_only():
    assert spans('1,5" disk\n2,"b"c\n3,d\n') == [
        ('1,5" disk', 1, "stray quote"),
        ('2,"b"c', 2, "stray quote"),
        ("3,d", 3, ""),
    ]


def test_a_record_over_lines_is_only_believed_with_the_right_number_of_cells():
    found = spans('1,"a\n2,b",c\n3,d\n')
    assert found == [
        ('1,"a', 1, "quoted field is never closed"),
        ('2,b",c', 2, "stray quote"),
        ("3,d", 3, ""),
    ]


def test_cells_come_back_with_their_quotes():
    assert records.fields(b'a;"b;c";', ";") == [b"a", b'"b;c"', b""]
