"""What the lock files hold, beside what the packages ask for."""

from importlib import metadata

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from compare import ROOT


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_the_lock_has_what_its_packages_ask_for_on_every_python(version: str) -> None:
    locked = {
        canonicalize_name(line.partition("==")[0])
        for line in (ROOT / "requirements.lock").read_text().splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    }
    here = {
        **{name: str(value) for name, value in default_environment().items()},
        **{"python_version": version, "python_full_version": f"{version}.0", "extra": ""},
    }
    for name in locked:
        try:
            asked = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another Python or system than this one
        for requirement in map(Requirement, asked):
            wanted = requirement.marker is None or requirement.marker.evaluate(here)
            found = canonicalize_name(requirement.name) in {*locked, "rpy2-rinterface"}
            assert found or not wanted, f"{name} asks for {requirement}"
