"""Compares two lists of views, number by number, naming everything that differs."""

import math

Answer = dict
Key = tuple[str, str, str]


def by_view(answers: list[Answer]) -> dict[Key, Answer]:
    return {(one["section"], one["region"], one["product"]): one for one in answers}


def differences(expected: list[Answer], actual: list[Answer], label: str) -> list[str]:
    """One sentence for each difference."""
    wanted, found = by_view(expected), by_view(actual)
    problems = [f"{label}: {key} is missing" for key in wanted.keys() - found.keys()]
    problems += [f"{label}: {key} is unexpected" for key in found.keys() - wanted.keys()]
    if len(actual) != len(found):
        problems.append(f"{label}: {len(actual)} views, {len(found)} different ones")
    for key in sorted(wanted.keys() & found.keys()):
        problems += view_differences(wanted[key], found[key], f"{label} {' '.join(key)}")
    return problems


def view_differences(expected: Answer, actual: Answer, where: str) -> list[str]:
    """Only the parts that `expected` names."""
    problems = []
    for part, wanted in expected.items():
        found = actual.get(part, "(absent)")
        if part == "table" and isinstance(found, list):
            in_order, found = sorted(wanted, key=row_order), sorted(found, key=row_order)
            problems += value_differences(in_order, found, f"{where} {part}")
        else:
            problems += value_differences(wanted, found, f"{where} {part}")
    return problems


def row_order(row: dict) -> str:
    """Sorts alike on both sides: ratios, which may differ a little, do not count."""
    counts = {key: value for key, value in row.items() if not isinstance(value, float)}
    head = (row.get("customer"), row.get("subscription_id"))
    return repr((head, sorted((key, value) for key, value in counts.items())))


def value_differences(wanted: object, found: object, where: str) -> list[str]:
    if isinstance(wanted, dict) and isinstance(found, dict):
        problems = [f"{where}.{key}: missing" for key in wanted.keys() - found.keys()]
        problems += [f"{where}.{key}: unexpected" for key in found.keys() - wanted.keys()]
        for key in sorted(wanted.keys() & found.keys()):
            problems += value_differences(wanted[key], found[key], f"{where}.{key}")
        return problems
    if isinstance(wanted, list) and isinstance(found, list):
        if len(wanted) != len(found):
            return [f"{where}: {len(wanted)} rows expected, {len(found)} found"]
        pairs = enumerate(zip(wanted, found, strict=True))
        return [
            problem
            for number, (one, other) in pairs
            for problem in value_differences(one, other, f"{where}[{number}]")
        ]
    return [] if same(wanted, found) else [f"{where}: expected {wanted!r}, found {found!r}"]


def same(wanted: object, found: object) -> bool:
    """Counts and texts exactly, null as null, ratios within 1e-12 of their size."""
    if isinstance(wanted, bool) or isinstance(found, bool) or wanted is None or found is None:
        return wanted is found
    if isinstance(wanted, float) and isinstance(found, int | float):
        return math.isclose(wanted, found, rel_tol=1e-12, abs_tol=0.0)
    return wanted == found
