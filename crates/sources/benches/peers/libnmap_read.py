"""Reads an nmap scan with python-libnmap: the whole report, as its users do."""

from libnmap.parser import NmapParser

from turn import print_turn


def read(path):
    report = NmapParser.parse_fromfile(path)
    return len(report.hosts)


print_turn(read)
