"""A report for people. Pure."""

from collections.abc import Iterable
from typing import Any


def of(reports: Iterable[dict[str, Any]]) -> str:
    """Write what happened and what held, one run after the other."""
    return "\n\n".join("\n".join(_lines(one)) for one in reports)


def _lines(report: dict[str, Any]) -> list[str]:
    verdict = "holds" if report["holds"] else "DOES NOT HOLD"
    if report["must_break"]:
        verdict = "turned red, as it must" if report["right"] else "STAYED GREEN, which it must not"
    return [
        f"{report['name']}: {verdict}",
        f"  seed {report['seed']}, scale {report['scale']:g}, {report['database']}, "
        f"{report['deliveries']} deliveries in {report['seconds']} s",
        f"  states     {_counted(report['states'])}; {report['tries']} tries",
        f"  deaths     {_counted(report['kills']) or 'none'}",
        *([f"  zombies    {_counted(report['zombies'])}"] if report["zombies"] else []),
        *([f"  beside     {_counted(report['beside'])}"] if report.get("beside") else []),
        f"  requests   {report['requests']}; answers {_counted(report['answers'])}",
        *[_invariant(one) for one in report["invariants"]],
        *[f"  not as planned: {one}" for one in report["missed"]],
    ]


def _invariant(one: dict[str, Any]) -> str:
    bound = f"below {one['bound']:.3%}" if one["bound"] else ""
    if one["holds"]:
        return f"  {one['name']:<6} holds   0 of {one['trials']} {bound:<14} {one['says']}"
    shown = "; ".join(one["broken"])
    return f"  {one['name']:<6} BROKEN  {one['number_broken']} of {one['trials']} {one['says']}: {shown}"


def _counted(numbers: dict[str, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in numbers.items())
