"""What people hear of a fact when a house has the shipped send rules."""

from alerts import Message
from monitor.domain import Event, Fact
from monitor.rules.announce import Told, announce_event
from monitor.rules.send_table import shipped
from monitor.rules.sending import cases_of, decide


def announced(fact: Fact, event: Event, told: Told) -> Message | None:
    """The message; None when it waits for the briefing."""
    cases = cases_of((fact.kind, *told.also), fact, event, event.level, told.now)
    sending = decide(shipped(), cases, told.notice)
    return announce_event(fact, event, told, sending) if sending else None
