"""Many sources behind one host: what that host sees of the pause between two requests. See README.md beside it."""

import argparse
import asyncio
from datetime import timedelta
from itertools import pairwise

from aiohttp import web

from classifiers import Voice
from monitor.clock import now
from monitor.collect import open_fetcher
from monitor.domain import Source

HOST = "127.0.0.1"


async def spaced(count: int, pause: float) -> None:
    """Asks `count` sources at once, and prints what the host saw; `pause` is in seconds."""
    loop = asyncio.get_running_loop()
    times: list[tuple[float, float]] = []
    there = most = 0

    async def answer(request: web.Request) -> web.Response:
        nonlocal there, most
        there, began = there + 1, loop.time()
        most = max(most, there)
        await asyncio.sleep(0.01)  # of work, so that two at once would be seen
        there -= 1
        times.append((began, loop.time()))
        return web.Response(status=404) if "feed" not in request.path else web.Response(text="<rss/>")

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0)
    await site.start()
    port = runner.addresses[0][1]
    sources = [
        Source(
            id=f"s{number}", name="bench", publisher="bench", kind="feed", url=f"http://{HOST}:{port}/feed/{number}",
            voice=Voice.NEWS, every=timedelta(minutes=5), hosts=(HOST,), enabled=True, legal=None,
        )
        for number in range(count)
    ]  # fmt: skip
    async with open_fetcher(contact="bench@torenwacht.example", allow_private=(HOST,), pause=pause, clock=now) as fetch:
        await asyncio.gather(*(fetch(source, None) for source in sources))
    await runner.cleanup()
    gaps = [after[0] - before[1] for before, after in pairwise(times)]
    print(
        f"{count} sources behind one host, {len(times)} requests, at most {most} at a time; pause asked {pause:g} s, "
        f"seen {min(gaps):.4f} s at least, {max(gaps):.4f} s at most; {times[-1][1] - times[0][0]:.1f} s in all"
    )


def main() -> None:
    """Shows the pause, scaled down: the product's own is 5 s."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--behind-one-host", type=int, default=100, metavar="N")
    parser.add_argument("--pause", type=float, default=0.05, help="seconds")
    args = parser.parse_args()
    asyncio.run(spaced(args.behind_one_host, args.pause))


if __name__ == "__main__":
    main()
