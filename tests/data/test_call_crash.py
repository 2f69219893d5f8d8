"""An import of calls that dies before its release is swapped in leaves nothing behind."""

import pytest
from call_deliveries import facts, named, recomputed, record, records
from deliveries import DataDirectory
from deltalake import DeltaTable

from dashboard.data import facts as fact_tables
from dashboard.data import publish
from dashboard.errors import ReleaseError


@pytest.mark.parametrize("step", ["roll_up", "publish"])
def test_the_next_import_undoes_what_a_dead_one_wrote(tmp_path, monkeypatch, step):
    place = DataDirectory(tmp_path)
    named(place)
    place.take("a.csv", records(record(1), record(2, Start_time="2026-11-03T10:00:00Z")))
    before, old = place.store().release, facts(place)
    path = place.write("b.csv", records(record(3), record(1, Report_time="2026-11-11 00:00:00")))

    def die(*_, **__):
        raise OSError(28, "No space left on device")

    module = {"roll_up": fact_tables, "publish": publish}[step]
    with monkeypatch.context() as broken:
        broken.setattr(module, step, die)
        with pytest.raises(ReleaseError, match="No space left"):
            place.ingest(path)
    assert place.store().release == before
    assert facts(place) == old
    place.ingest(path)
    assert facts(place) == recomputed(place)
    for name, table in place.store().release.tables.items():
        logged = DeltaTable(str(place.data / "tables" / name)).file_uris()
        assert {uri.rpartition("/")[2] for uri in logged} == {
            file.path.rpartition("/")[2] for file in table.files
        }
