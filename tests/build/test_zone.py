"""Where packages stand, on the systems that list other folders beside them."""

import site

import pytest

from proofpress.build.zone import site_packages


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (["/v/lib/python3.11/site-packages"], "/v/lib/python3.11/site-packages"),
        (  # Debian's own Python, in a virtual environment
            [
                "/v/lib/python3.11/site-packages",
                "/v/local/lib/python3.11/dist-packages",
                "/v/lib/python3.11/dist-packages",
            ],
            "/v/lib/python3.11/site-packages",
        ),
        (["/v", "/v/Lib/site-packages"], "/v/Lib/site-packages"),  # Windows
        (["/usr/lib/python3/dist-packages"], "/usr/lib/python3/dist-packages"),
    ],
)
def test_site_packages(listed: list[str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "getsitepackages", lambda: listed)
    assert site_packages() == expected
