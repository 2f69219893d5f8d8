"""`verify` of what changed: each of its tables is compared with both its dates again."""

import pytest
from cli.test_verify import Taken

from dashboard.data.filters import Filters
from dashboard.sections.compared import COMPARED, compare, quarter_before


class TakenOfChanges(Taken):
    """Files of what changed in a quarter."""

    def view(self, section, region, scope):
        """Compare the newest date of a region with a quarter before."""
        day = self.portfolio.as_of
        filters = Filters(region=region, product="calling", as_of=day, since=quarter_before(day))
        return compare(self.portfolio, filters, scope).views[section]


@pytest.fixture
def taken(demo_data, tmp_path):
    return TakenOfChanges(demo_data, tmp_path)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("section", COMPARED)
def test_a_file_of_what_changed_matches(taken, section, form):
    told = taken.verify(taken.file(section, form))
    assert told.exit_code == 0, told.output
