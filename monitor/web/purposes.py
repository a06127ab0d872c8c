"""What each page is for: every door names one purpose of the closed list (R48)."""

from collections.abc import Mapping

from fastapi import Request

from monitor.domain import Purpose

PURPOSES: Mapping[str, Purpose] = {
    "week": Purpose.PUBLIC_ORDER,
    "areas": Purpose.PUBLIC_ORDER,
    "event": Purpose.PUBLIC_ORDER,
    "acknowledge": Purpose.PUBLIC_ORDER,
    "level": Purpose.ASSESSMENT,
    "correct": Purpose.ASSESSMENT,
    "undo": Purpose.ASSESSMENT,
    "link": Purpose.ASSESSMENT,
    "restore": Purpose.ASSESSMENT,
    "withdraw": Purpose.ASSESSMENT,
    "merge": Purpose.ASSESSMENT,
    "split": Purpose.ASSESSMENT,
    "new_signal": Purpose.SIGNAL,
    "add_signal": Purpose.SIGNAL,
    "foresee_signal": Purpose.SIGNAL,
    "briefings": Purpose.BRIEFING,
    "make_briefing": Purpose.BRIEFING,
    "briefing": Purpose.BRIEFING,
    "briefing_pdf": Purpose.BRIEFING,
    "briefing_file": Purpose.BRIEFING,
    "approve_briefing": Purpose.BRIEFING,
    "lookback": Purpose.QUALITY,
    "sources": Purpose.SOURCES,
    "source": Purpose.SOURCES,
    "decide_source": Purpose.SOURCES,
    "stop_collection": Purpose.SOURCES,
    "resume_collection": Purpose.SOURCES,
    "pause_source": Purpose.SOURCES,
    "slack_interactions": Purpose.PUBLIC_ORDER,
    "slack_commands": Purpose.PUBLIC_ORDER,
    "subscriptions": Purpose.PUBLIC_ORDER,
    "subscribe": Purpose.PUBLIC_ORDER,
    "withdraw_subscription": Purpose.PUBLIC_ORDER,
    "calendar": Purpose.PUBLIC_ORDER,
    "news": Purpose.PUBLIC_ORDER,
    "map": Purpose.PUBLIC_ORDER,
    "login": Purpose.ACCESS,
    "let_in": Purpose.ACCESS,
    "logout": Purpose.ACCESS,
    "users": Purpose.ACCESS,
    "invite": Purpose.ACCESS,
    "user": Purpose.ACCESS,
    "change_role": Purpose.ACCESS,
    "block_user": Purpose.ACCESS,
    "log_out_user": Purpose.ACCESS,
    "own_logins": Purpose.ACCESS,
    "end_own_logins": Purpose.ACCESS,
    "go_away": Purpose.ACCESS,
    "come_back": Purpose.ACCESS,
    "invitation": Purpose.ACCESS,
    "accept_invitation": Purpose.ACCESS,
    "sign_in": Purpose.ACCESS,
    "signed_in": Purpose.ACCESS,
    "logged_out": Purpose.ACCESS,
    "audit": Purpose.OVERSIGHT,
    "privacy": Purpose.OPENNESS,
    "public_list": Purpose.OPENNESS,
    "security": Purpose.OPENNESS,
    "alive": Purpose.OPERATION,
    "ready": Purpose.OPERATION,
}
"""Name of a route -> its purpose. A door without a row fails a test, and cannot write its looks down."""


def purpose_of(request: Request) -> Purpose:
    """The purpose of the door that this request came in by."""
    return PURPOSES[request.scope["route"].name]
