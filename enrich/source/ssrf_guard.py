"""The machine at the other end: which addresses a name has, and which of them may be connected to.

A page's address comes from a feed, a mail or another page, so it may name a machine that only this computer can reach:
a router, a database, a cloud's metadata service. A name is resolved once, every answer is checked, and the connection
goes to a checked answer. A name that would resolve differently the second time gains nothing: there is no second time.
"""

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from enrich.errors import SourceError
from enrich.source.deadline import Deadline, OutOfTimeError
from enrich.text.quoted import quote

Resolver = Callable[[str, int], Sequence[str]]
"""Takes a host name and a port, gives IP addresses in the order to try; raises `OSError` when there are none."""

# `is_global` differs between Python versions, so what matters to us is written down; and a few public addresses are
# answered by the machine's own cloud.
_CLOSED_IPV4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's platform service, reachable from every machine there
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved and broadcast
    )
)
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_CLOSED_IPV6 = tuple(
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "3ffe::/16")
)
_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")
_IPV4_COMPATIBLE = IPv6Network("::/96")
_ISATAP_MARKS = frozenset({0x00005EFE, 0x02005EFE})
"""RFC 5214: what stands before the IPv4 address, for private and for global ones."""


class PrivateAddressError(SourceError):
    """The host is not a public one; nothing was fetched."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet.

    An IPv6 address that carries an IPv4 address (mapped, NAT64, 6to4, ISATAP) is as public as what it carries.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _CLOSED_IPV4)
    return _is_public_ipv6(ip)


def _is_public_ipv6(ip: IPv6Address) -> bool:
    if ip in _NAT64_LOCAL:
        return False
    carried = _carried_ipv4(ip)
    if carried:
        return all(is_public(str(inner)) for inner in carried)
    return ip in _GLOBAL_IPV6 and not any(ip in network for network in _CLOSED_IPV6)


def _carried_ipv4(ip: IPv6Address) -> tuple[IPv4Address, ...]:
    value = int(ip)
    low = IPv4Address(value & 0xFFFFFFFF)
    if ip.ipv4_mapped:
        return (ip.ipv4_mapped,)
    if ip.sixtofour:
        return (ip.sixtofour,)
    if ip in _NAT64 or ip in _IPV4_COMPATIBLE or (value >> 32 & 0xFFFFFFFF) in _ISATAP_MARKS:
        return (low,)
    return ()


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Ask the system for a host's IP addresses, each once, in the system's order. Raises `OSError`."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))


def find_addresses(host: str, port: int, resolver: Resolver, deadline: Deadline) -> Sequence[str]:
    """Resolve a name within the deadline. Raises `SourceError` when it has no address, `OutOfTimeError` when late.

    The system's lookup cannot be interrupted, so it runs in a thread that is left behind when it is late.
    """
    answer: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answer.put(resolver(host, port))
        except OSError as error:
            answer.put(error)
        except UnicodeError as error:  # a label that DNS cannot carry
            answer.put(OSError(str(error)))

    threading.Thread(target=look_up, daemon=True, name="enrich-resolve").start()
    try:
        found = answer.get(timeout=deadline.remaining())
    except queue.Empty:
        raise OutOfTimeError from None
    if isinstance(found, OSError) or not found:
        raise SourceError(
            f"{quote(host)}: no such host is known; check the spelling of the address and your connection"
        )
    return found


def refuse_private(host: str, addresses: Sequence[str], is_open: Callable[[str], bool] = is_public) -> None:
    """Raise `PrivateAddressError` when one of a host is not open to us: a mixed answer is an attack or a mistake."""
    closed = [address for address in addresses if not is_open(address)]
    if closed:
        raise PrivateAddressError(
            f"{quote(host)}: leads to {closed[0]}, which is not a public address; pass --allow-private if you mean it"
        )
