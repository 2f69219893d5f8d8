import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.data import texts
from dashboard.data.texts import IGNORED

HEADER = ("A", "B", "C")
CELLS = st.sampled_from(["", "x", " ", "7", "-", "A", "b", "1,2", '"', "a\nb"])


def read(text, counts=()):
    return texts.read(text.encode(), 0, ",", HEADER, counts)


def filled(found):
    """Return the rows as texts, whether or not a column came as numbers."""
    rows = found.rows.select(pl.exclude(texts.RECORD).cast(pl.String).fill_null(""))
    return list(zip(found.rows[texts.RECORD], rows.rows(), strict=True))


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(["", "x", "7", " "]), min_size=2, max_size=4)))
def test_plain_text_reads_the_same_at_once_and_record_by_record(rows):
    text = "".join(",".join(row) + "\n" for row in rows)
    quoted = texts._record_by_record(text.encode(), 0, ",", HEADER)
    careful = texts._without_repeats(quoted)
    found = read(text)
    assert filled(found) == filled(careful)
    assert (found.aside, found.height) == (careful.aside, careful.height)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3)))
def test_quoted_cells_come_back_as_they_were(rows):
    text = "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows
    )
    expected = [
        (i, tuple(row))
        for i, row in enumerate(rows)
        if any(cell.strip() for cell in row) and [c.strip().lower() for c in row] != list("abc")
    ]
    assert filled(read(text)) == expected


def test_counts_are_read_as_numbers_only_where_all_of_them_are_plain():
    assert read("1,x,y\n2,x,y\n", counts=[0]).rows["0"].dtype == pl.Int64
    for text in ("1,x,y\nNA,x,y\n", "1,x,y\n+2,x,y\n", '1,x,y\n"2",x,y\n'):
        assert read(text, counts=[0]).rows["0"].dtype == pl.String


def test_blank_lines_and_repeated_headers_are_ignored():
    found = read("1,2,3\n\n,,\n \n a ,B,c\n4,5,6\n")
    assert filled(found) == [(0, ("1", "2", "3")), (5, ("4", "5", "6"))]
    assert found.aside == dict.fromkeys([1, 2, 3, 4], IGNORED)


def test_a_row_of_another_width_is_set_aside_with_its_line():
    found = read('1,2,3\n4,5\n"6\n6",7,8\n9,9,9,9\n')
    assert found.aside == {1: "too few cells", 3: "too many cells"}
    assert [found.line(record) for record in range(4)] == [1, 2, 3, 5]
    assert found.raw(3) == "9,9,9,9"
