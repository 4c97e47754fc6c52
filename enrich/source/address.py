"""Addresses of pages: the form we connect to, the form we cite, the form we compare.

There is one parser for all three, so that the host that was checked is the host that is connected to.
"""

import re
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.parse import quote as percent_encode

from msgspec import Struct

from enrich.errors import SourceError
from enrich.text.pattern import lazy_pattern
from enrich.text.quoted import quote

LONGEST = 8_000
"""Characters of an address; servers take no more."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROL = lazy_pattern(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Halves of surrogate pairs are among them: no address carries one, and UTF-8 cannot."""
_HOST_NAME = lazy_pattern(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?")
_ESCAPE = lazy_pattern(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = lazy_pattern(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# The same article for a telephone.
_HOST_VARIANT = lazy_pattern(r"^(?:m|mobile|amp)\.(?=[^.]+\.)")
_PATH_VARIANT = lazy_pattern(r"^/amp(?=/.)|(?<=.)/amp/?$|(?<=.)\.amp(?=\.html$|$)|[.-]amp(?=\.html$)")
_VARIANT_PARAMETER = lazy_pattern(r"amp(?:=(?:1|true)?)?|outputtype=amp", re.I)
_PATH_SAFE = "/%:@!$&'()*+,;=~"
_QUERY_SAFE = _PATH_SAFE + "?"

# Parameters that say where a reader came from, never which page it is. Unknown parameters are kept: dropping one that
# selects the page (YouTube's `v=`) would cite and compare the wrong thing.
_TRACKING_PREFIXES = (
    "utm_",
    "mtm_",
    "matomo_",
    "pk_",
    "piwik_",
    "at_custom",
    "guce_",
    "hsa_",
    "oly_",
    "vero_",
    "_bta_",
)
_TRACKING = frozenset(
    """
    _ga _gl _hsenc _hsmi _openstat at_campaign at_format at_link_id at_link_origin at_link_type at_medium at_ptr_name
    cmpid cndid dclid dm_i ecid ef_id epik esrc fb_action_ids fb_action_types fb_ref fb_source fbclid gad_source
    gbraid gclid gclsrc guccounter hsctatracking icid igsh igshid irclickid li_fat_id mbid mc_cid mc_eid mkt_tok
    mkwid ml_subscriber ml_subscriber_hash msclkid ncid ns_campaign ns_mchannel ns_source ocid pcrid rb_clickid ref
    ref_src ref_url referrer s_cid s_kwcid sc_campaign sc_cid sc_channel sc_content sc_country sc_geo sc_medium
    sc_outcome share_source_type smid smtyp soc_src soc_trk spm sr_share src_trk taid tblci trk trkcampaign ttclid
    twclid wbraid wickedid wpsrc wt.mc_id wt_mc xtor yclid
    """.split()
)
# Where a name in the list above means something: `ref` selects a branch there.
_MEANT: dict[str, frozenset[str]] = dict.fromkeys(
    ("github.com", "api.github.com", "gitlab.com", "codeberg.org", "bitbucket.org"), frozenset({"ref"})
)
# Where a name outside the list is a trace of sharing.
_LOCAL_TRACKING: dict[str, frozenset[str]] = {
    "youtube.com": frozenset({"si", "pp", "feature", "ab_channel"}),
    "youtu.be": frozenset({"si", "feature"}),
    "open.spotify.com": frozenset({"si"}),
    "twitter.com": frozenset({"s", "t"}),
    "x.com": frozenset({"s", "t"}),
}


class Address(Struct, frozen=True):
    """A page's address, normalised: ASCII host in lower case, escapes in one form, no fragment, no credentials."""

    scheme: str
    host: str
    port: int | None
    """``None`` for the scheme's own port."""
    path: str
    """Starts with ``/``."""
    query: str

    @property
    def netloc(self) -> str:
        """Host and port as the ``Host`` header gives them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    @property
    def target(self) -> str:
        """What the request line asks for."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def effective_port(self) -> int:
        """The port to connect to."""
        return self.port or _DEFAULT_PORTS[self.scheme]

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"


def parse_address(url: str) -> Address:
    """Read a web address.

    Raises `SourceError` for anything but http and https, for credentials, for a missing or impossible host or port,
    for control characters and for more than `LONGEST` characters.
    """
    url = url.strip()
    if len(url) > LONGEST:
        raise SourceError(f"{quote(url)}: has more than {LONGEST:,} characters; check the address")
    if _CONTROL.search(url):
        raise SourceError(f"{quote(url)!r}: contains control characters; copy the address again")
    parts = _split(url)
    if parts.scheme not in _DEFAULT_PORTS:
        raise SourceError(f"{quote(url)}: is not an http or https address; give the whole address, with https://")
    if "@" in parts.netloc:
        shown = quote(f"{parts.scheme}://…@{parts.netloc.rpartition('@')[2]}")
        raise SourceError(f"{shown}: carries a user name or password; remove it from the address")
    port = _port(parts, url)
    return Address(
        scheme=parts.scheme,
        host=_host(parts, url),
        port=None if port == _DEFAULT_PORTS[parts.scheme] else port,
        path=_escape(parts.path, _PATH_SAFE) or "/",
        query=_escape(parts.query, _QUERY_SAFE),
    )


def follow(address: Address, reference: str) -> Address:
    """The address that a link or a redirect on the page at ``address`` leads to. Raises `SourceError`."""
    try:
        return parse_address(urljoin(str(address), reference.strip()))
    except ValueError:
        raise SourceError(
            f"{quote(str(address))}: leads to an impossible address ({quote(reference)!r}); check the address"
        ) from None


def canonical_url(url: str) -> str:
    """The form of an address that is cited: no fragment, no tracking parameters, everything else as it was.

    Raises `SourceError` as `parse_address` does.
    """
    address = parse_address(url)
    query = "&".join(_kept_parameters(address))
    return str(Address(address.scheme, address.host, address.port, address.path, query))


def address_key(url: str) -> str:
    """A key that is equal for addresses of the same page: no scheme, ``www.`` or ``m.``, port, fragment, trailing
    slash, ``/amp`` or tracking parameters; parameters sorted by name. Something that is no web address is its own key.
    """
    try:
        address = parse_address(url)
    except SourceError:
        return url.strip()
    host = _HOST_VARIANT.sub("", bare_host(address.host)) or address.host
    host = f"[{host}]" if ":" in host else host
    kept = (pair for pair in _kept_parameters(address) if not _VARIANT_PARAMETER.fullmatch(pair))
    parameters = sorted(kept, key=lambda pair: pair.partition("=")[0])
    return host + drop_variant(address.path).rstrip("/") + ("?" + "&".join(parameters) if parameters else "")


def drop_variant(path: str) -> str:
    """A path without what makes it that of an AMP page."""
    return _PATH_VARIANT.sub("", path) or "/"


def bare_host(host: str) -> str:
    """The host without a leading ``www.`` and a trailing dot."""
    return host.rstrip(".").removeprefix("www.")


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise SourceError(
            f"{quote(url)}: is not a valid address ({quote(str(error))}); copy the address again"
        ) from None


def _port(parts: SplitResult, url: str) -> int | None:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise SourceError(f"{quote(url)}: has an impossible port; correct the address")
    return port


def _host(parts: SplitResult, url: str) -> str:
    host = (parts.hostname or "").lower()
    if not host:
        raise SourceError(f"{quote(url)}: names no host; give the whole address, such as https://example.com/news")
    if parts.netloc.startswith("["):
        return _ipv6(host, url)
    host = host if host.isascii() else _to_ascii(host, url)
    if not _HOST_NAME.fullmatch(host) or len(host) > 253:
        raise SourceError(f"{quote(url)}: has an impossible host name; correct the address")
    return host


def _ipv6(host: str, url: str) -> str:
    from ipaddress import IPv6Address  # hardly an address is one, and every start would pay

    try:
        if "%" in host:  # a zone names one of our own interfaces
            raise ValueError(host)
        return str(IPv6Address(host))
    except ValueError:
        raise SourceError(f"{quote(url)}: has an impossible IPv6 address; correct the address") from None


def _to_ascii(host: str, url: str) -> str:
    import idna  # only addresses with letters beyond ASCII pay for its tables

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise SourceError(
            f"{quote(url)}: has an impossible host name ({quote(str(error))}); correct the address"
        ) from None


def _escape(part: str, safe: str) -> str:
    part = percent_encode(_STRAY_PERCENT.sub("%25", part), safe=safe)
    return _ESCAPE.sub(_one_escape_form, part)


def _one_escape_form(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _kept_parameters(address: Address) -> list[str]:
    host = bare_host(address.host)
    local = _LOCAL_TRACKING.get(host, frozenset())
    meant = _MEANT.get(host, frozenset())

    def tracks(pair: str) -> bool:
        name = pair.partition("=")[0].lower()
        return (name in _TRACKING or name in local or name.startswith(_TRACKING_PREFIXES)) and name not in meant

    return [pair for pair in address.query.split("&") if pair and not tracks(pair)]
