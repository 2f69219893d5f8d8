"""Rule: the sentence that says when a call leg is poor, printed wherever that is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.data.quality import Poor

if TYPE_CHECKING:
    from dashboard.data.quality import QualityRule
    from dashboard.i18n import Language


def quality_rule(rule: QualityRule, language: Language) -> str:
    """Write the rule in force with its limits (G-8)."""
    if rule.poor is Poor.ANY:
        words = language.text(
            "Poor: any measurement above its limit (jitter {jitter} ms, latency {latency} ms, "
            "packet loss {loss}) (G-8)."
        )
    else:
        words = language.text(
            "Poor: all measurements of audio and video above their limits (jitter {jitter} ms, "
            "latency {latency} ms, packet loss {loss}) (G-8)."
        )
    return words.format(
        jitter=f"{rule.jitter:g}",
        latency=f"{rule.latency:g}",
        loss=language.percent(rule.packet_loss / 100, 0 if rule.packet_loss % 1 == 0 else 1),
    )
