"""Tells addresses of the open Internet from those of private networks."""

from __future__ import annotations

import ipaddress


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether the address belongs to the open Internet, also when it carries another one inside."""
    if isinstance(address, ipaddress.IPv6Address):
        nested = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in ipaddress.ip_network("64:ff9b::/96"):  # NAT64
            nested.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
        if any(each is not None and not is_public(each) for each in nested):
            return False
        if address.is_site_local:
            return False
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
    return address.is_global and not address.is_multicast
