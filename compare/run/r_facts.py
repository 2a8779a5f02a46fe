"""What else than its version a result of R may hang on."""

from .r_session import get


def surroundings(package: str | None) -> dict[str, str]:
    """Generators, locale, time zone; the version of a package where one is named."""
    locales = [str(get("base::Sys.getlocale")(kind)[0]) for kind in ("LC_COLLATE", "LC_CTYPE")]
    zone = str(get("base::Sys.getenv")("TZ")[0])  # Sys.timezone() may run a program that complains
    version = get("base::getNamespaceVersion")(package)[0] if package else None
    return {
        "RNGkind": ", ".join(map(str, get("base::RNGkind")())),
        "locale": ", ".join(dict.fromkeys(locales)),
        "time zone": zone or str(get("base::format")(get("base::Sys.time")(), "%Z")[0]),
        **({package: str(version)} if package else {}),
    }
