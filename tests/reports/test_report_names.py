"""Names of templates and files: letters, digits and a few marks, and nothing that leads away."""

from datetime import date

import pytest

from dashboard.callbacks.report_files import disposition
from dashboard.state.report_names import LONGEST_NAME, ReportError, file_name, template_name

STARTS = ["../", "..\\", "/etc/", "C:\\", "%2e%2e/", "\0", "\n", "\r\n", "\u202e", "~/"]
ENDS = ["x", "passwd", "CON", "a;b", 'a"b', "a<b>", "a|b", "a?b", "a*b", "=1+1"]
ODD = ["", " ", ".", "..", "...", "-", "_", "()", "x" * 81, "x" * 4096, "a\tb", "a\u200bb", "😀"]
REFUSED = [start + end for start in STARTS for end in ENDS] + ODD
REFUSED += [
    f"{odd}{n}" for n in range(9) for odd in ("a/b", "a:b", "$", "`", "a\\", "@", "#", "'")
]
REFUSED += [f"name{chr(code)}" for code in (*range(1, 9), 0x7F, 0x85, 0x2028, 0xFEFF, 0xE000)]
FINE = ["Numbers (UA) 2026_v1.2-b", "Телефони", "CON", "nul.txt", "日本語", "é", "x" * 80, "1"]


def test_there_are_two_hundred_hostile_names():
    assert len(set(REFUSED)) >= 190
    assert len({*REFUSED, *FINE}) >= 198


@pytest.mark.parametrize("name", REFUSED)
def test_a_name_that_could_lead_anywhere_else_is_refused(name):
    with pytest.raises(ReportError, match=str(LONGEST_NAME)):
        template_name(name)


@pytest.mark.parametrize("name", FINE)
def test_words_of_any_language_are_names(name):
    assert template_name(f" {name} ") == name


def test_a_file_is_named_after_template_letters_and_the_day_of_the_download():
    name = file_name("Devices report", "k3x9q2ab", date(2026, 11, 22), "csv")
    assert name == "Devices report_k3x9q2ab_2026-11-22.csv"


def test_a_download_names_its_file_for_old_browsers_and_new():
    assert disposition("Звіт 1.csv") == (
        "attachment; filename=\"____ 1.csv\"; filename*=UTF-8''%D0%97%D0%B2%D1%96%D1%82%201.csv"
    )
