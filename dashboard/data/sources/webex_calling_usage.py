"""Webex Partner Hub: the calling usage report, one row per customer and location."""

from __future__ import annotations

from dashboard.data.call_datasets import CALLING_USAGE
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._webex import END_DATE, LOCATION, ORGANIZATION_ID, START_DATE

# Header, column and Ukrainian header of the counts; the document dashes long, files may not.
_COUNTS = (
    ("Total Calls", "calls", "Загальна кількість викликів"),
    ("Total Call Legs", "legs", "Загальна кількість гілок виклику"),
    ("Overall Poor Quality Call Legs", "poor_legs", "Повністю низька якість дзвінків"),
    ("Call Legs - Audio", "audio_legs", "Відгалуження викликів – Аудіо"),
    ("Call Legs - Video", "video_legs", "Відео для дзвінків"),
    ("Call Legs - Desk Phone", "desk_phone_legs", "Відгалуження викликів – стаціонарний телефон"),
    (
        "Call Legs - Room Device",
        "room_device_legs",
        "Відгалуження викликів – Кімнатний пристрій",
    ),
    ("Call Legs - Other Devices", "other_device_legs", "Відгалуження викликів – інші пристрої"),
    ("Calls - Hunt Group Calls", "hunt_group_calls", "Виклики – Виклики групи пошуку"),
    ("Calls - Auto Attendant Calls", "auto_attendant_calls", "Виклики – Виклики автосекретаря"),
    ("Call Queue - Total Calls", "queue_calls", "Черга викликів – Загальна кількість викликів"),
    (
        "Call Queue - Timed Out Calls",
        "queue_timed_out",
        "Черга викликів – Виклики, що закінчилися за часом",
    ),
    ("Call Queue - Overflowed Calls", "queue_overflowed", "Черга викликів – переповнені виклики"),
    (
        "Call Queue - Transferred Calls",
        "queue_transferred",
        "Черга викликів – Переадресовані виклики",
    ),
    ("Call Queue - Abandoned Calls", "queue_abandoned", "Черга викликів – Невиконані виклики"),
)
_MINUTES = (
    ("Call Minutes", "minutes", "Хвилини дзвінків"),
    ("Call Minutes - Video", "video_minutes", "Хвилини дзвінків – Відео"),
)


def _columns(rows: tuple[tuple[str, str, str], ...], kind: Kind) -> tuple[Column, ...]:
    """Return the columns, also with the short dash instead of the long one."""
    return tuple(
        Column(
            header=h, field=f, kind=kind, aliases=tuple(dict.fromkeys((a, a.replace("–", "-"))))
        )
        for h, f, a in rows
    )


SOURCE = Source(
    name="webex_calling_usage",
    dataset=CALLING_USAGE,
    columns=(
        Column(
            header="Customer Name", field="customer", kind=Kind.NAME, aliases=("Ім'я клієнта",)
        ),
        ORGANIZATION_ID,
        LOCATION,
        START_DATE,
        END_DATE,
        *_columns(_COUNTS, Kind.COUNT),
        *_columns(_MINUTES, Kind.NUMBER),
    ),
)
