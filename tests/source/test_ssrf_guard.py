"""Which machines may be connected to."""

import pytest

from enrich.errors import SourceError
from enrich.source.deadline import Deadline
from enrich.source.ssrf_guard import find_addresses, is_public, refuse_private, resolve


@pytest.mark.parametrize(
    "address",
    """
    0.0.0.0 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1 172.31.255.255
    192.168.1.1 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255
    240.0.0.1 255.255.255.255 168.63.129.16
    :: ::1 fe80::1 fe80::1%eth0 febf::1 fec0::1 fc00::1 fd00:ec2::254 fd20:ce::254 ff02::1 100::1 2001:db8::1 2001::1
    2001:2::1 3fff::1 5f00::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 ::10.0.0.1
    64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::808:808
    2002:7f00:1:: 2002:a9fe:a9fe:: 2001:0:7f00:1::1
    2606:4700::5efe:10.0.0.1 2606:4700::200:5efe:127.0.0.1
    localhost 127.1
    """.split(),
)
def test_closed_addresses(address: str) -> None:
    """Nothing that only this machine or its network can reach counts as public, in whatever form it is written."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    "1.1.1.1 8.8.8.8 172.32.0.1 192.0.1.1 223.255.255.255 2606:4700:4700::1111 2a00:1450:4001::200e ::ffff:8.8.8.8 "
    "64:ff9b::8.8.8.8 2002:808:808::1".split(),
)
def test_open_addresses(address: str) -> None:
    """The open internet can be reached, also through the usual ways of carrying IPv4 over IPv6."""
    assert is_public(address)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1", "0"])
def test_spellings_of_this_machine_are_refused(host: str) -> None:
    """The system reads odd spellings of loopback, so it is the address that is checked and not the spelling."""
    with pytest.raises(SourceError, match="not a public address"):
        refuse_private(host, find_addresses(host, 80, resolve, Deadline(10)))


def test_a_name_that_has_no_address_is_named() -> None:
    """A resolver without an answer is a message, not a silent failure."""
    with pytest.raises(SourceError, match=r"nowhere\.example: no such host"):
        find_addresses("nowhere.example", 80, lambda _host, _port: [], Deadline(10))
