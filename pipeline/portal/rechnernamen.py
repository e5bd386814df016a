"""The names the portal answers under: links in its answers and mails must not lead to a machine a request made up.

What belongs here: refusing other names, in words the one who set up the portal can use. Which they are decides
Starlette, which answers in English.
"""

from collections.abc import Callable, Sequence

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_GEMEINT = "teilhabe.gemeint"
FREMDER_NAME = (
    "Unter diesem Namen antwortet das Portal nicht. Wer es betreibt, nennt ihm den richtigen Namen beim Start, mit "
    "„teilhabe portal --rechner NAME“."
)


class Rechnernamen:
    """ASGI middleware: passes on what asks for one of these names."""

    def __init__(self, app: ASGIApp, rechner: Sequence[str], fremd: Callable[[str], Response]) -> None:
        self.app, self.fremd = app, fremd
        self._pruefer = TrustedHostMiddleware(_merke, rechner, www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers itself."""
        await self._pruefer(scope, receive, _verwirf)
        gemeint = scope.pop(_GEMEINT, False)
        await (self.app if gemeint else self.fremd(scope["path"]))(scope, receive, send)


async def _merke(scope: Scope, _receive: Receive, _send: Send) -> None:
    scope[_GEMEINT] = True


async def _verwirf(_: Message) -> None:
    """What is said in English reaches nobody."""
