"""Resolves the host of a repository once, and refuses what is not on the open Internet."""

from __future__ import annotations

import ipaddress
import socket
from urllib.request import getproxies_environment, proxy_bypass

from descriptors.repositories.address import AddressRefused, is_listed, private
from tec.hosts import is_public
from tec.plain import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from descriptors.repositories.address import Address


def addresses_of(address: Address, hosts: Sequence[str]) -> list[str]:
    """The IP addresses to connect to: Git is held to them, so that no second answer can lead elsewhere.

    Empty when a proxy makes the connection: then only hosts that an administrator listed are allowed, because
    what their names lead to is up to the proxy. Raises AddressRefused.
    """
    listed = is_listed(address.host, address.port, hosts)
    if address.scheme == "https" and uses_proxy(address):
        if not listed:
            raise AddressRefused(
                f"A proxy makes the connections of this server, so TEC cannot see where "
                f"{quoted(address.host)} leads. "
                "An administrator can allow it by listing the host in TEC_GIT_HOSTS."
            )
        return []
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused(
            f"The host {quoted(address.host)} was not found. Check the address, or try again later."
        ) from error
    ips = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not listed and not all(is_public(ipaddress.ip_address(ip.partition("%")[0])) for ip in ips):
        raise AddressRefused(private(address.host))
    return ips


def uses_proxy(address: Address) -> bool:
    proxies = getproxies_environment()
    bypassed = proxy_bypass(f"{address.host}:{address.port}")
    return bool(proxies.get("https")) and not bypassed
