"""Whether the hub of models can be reached, known within seconds.

The hub's own library tries each file again and again before it gives up, which takes most of a
minute on a machine without a connection.
"""

from __future__ import annotations

import os
import threading

SECONDS = 4.0


def hub_reachable() -> bool:
    """Return whether the hub answers; False at once where the environment says to stay offline.

    Any answer counts, and the proxies that the environment names are used. A model that was
    fetched before needs no hub.
    """
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE"):
        return False
    answered = threading.Event()
    # In a thread of its own: looking up a name can take longer than any time limit given.
    threading.Thread(target=_ask, args=(answered,), daemon=True).start()
    return answered.wait(SECONDS)


def _ask(answered: threading.Event) -> None:
    # Imported only here: it takes longer than the rest of this package, and few notebooks ask.
    import urllib.error
    import urllib.request

    address = os.environ.get("HF_ENDPOINT", "https://huggingface.co")
    try:
        urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=SECONDS)
    except urllib.error.HTTPError:
        answered.set()
    except (OSError, ValueError):
        return
    else:
        answered.set()
