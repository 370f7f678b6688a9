"""Reads an nmap scan with lxml, one host at a time: its state, addresses, and ports with their states and services. With
`--all`, about as much as wardround reads: also its time, names, systems and scripts.

Each host is dropped before the next, so that memory does not grow with the file.
"""

import sys

from lxml import etree

from turn import print_turn


def read(path):
    looks = [few, others] if "--all" in sys.argv else [few]
    hosts = 0
    for _, element in etree.iterparse(path, tag="host"):
        for look in looks:
            look(element)
        hosts += 1
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return hosts


def few(host):
    status = host.find("status")
    ports = []
    for port in host.iterfind("ports/port"):
        state, service = port.find("state"), port.find("service")
        ports.append(
            (
                port.get("protocol"),
                int(port.get("portid")),
                state.get("state"),
                None if service is None else service.get("name"),
            )
        )
    addresses = [(address.get("addrtype"), address.get("addr")) for address in host.iterfind("address")]
    return status is not None and status.get("state"), addresses, ports


def others(host):
    return (
        host.get("endtime"),
        [name.get("name") for name in host.iterfind("hostnames/hostname")],
        [(match.get("name"), match.get("accuracy")) for match in host.iterfind("os/osmatch")],
        [
            (script.get("id"), [(cell.get("key"), cell.text) for cell in script.iter("elem")])
            for script in host.iterfind("hostscript/script")
        ],
    )


print_turn(read)
