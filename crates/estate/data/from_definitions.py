#!/usr/bin/env python3
"""Writes updates.csv and supersedence.csv from a WES-NG definition set and release_information.csv.

Usage: from_definitions.py FOLDER_WITH_CVES_CSV
Numbers and dates only; no text of a vendor is copied. README.md says what each column means and which rules apply.
"""

import collections
import csv
import datetime
import glob
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SINCE = "2016-08-01"

# Servicing line -> affected products of the definition set that belong to it.
LINES = {
    "6.0": r"Windows Server 2008 for .*Service Pack 2",
    "6.1": r"Windows 7 for .*Service Pack 1|Windows Server 2008 R2 for .*Service Pack 1",
    "6.2": r"Windows Server 2012( \(.*)?$",
    "6.3": r"Windows 8\.1 for|Windows Server 2012 R2",
    "10240": r"Windows 10 for ",
    "10586": r"Windows 10 Version 1511 ",
    "14393": r"Windows 10 Version 1607 |Windows Server 2016",
    "15063": r"Windows 10 Version 1703 ",
    "16299": r"Windows 10 Version 1709 |Windows Server, version 1709",
    "17134": r"Windows 10 Version 1803 |Windows Server, version 1803",
    "17763": r"Windows 10 Version 1809 |Windows Server 2019",
    "18362": r"Windows 10 Version 19(03|09) |Windows Server, version 19(03|09)",
    "19041": r"Windows 10 Version (2004|20H2|21H1|21H2|22H2) |Windows Server, version (2004|20H2)",
    "20348": r"Windows Server 2022( \(.*)?$",
    "22000": r"Windows 11 version 21H2 ",
    "22621": r"Windows 11 Version (22H2|23H2) ",
    "25398": r"Windows Server 2022, 23H2 Edition",
    "26100": r"Windows 11 Version (24H2|25H2) ",
    "server-26100": r"Windows Server 2025",
    "28000": r"Windows 11 [Vv]ersion 26H1 ",
}
# The updates of March 2017 that fix MS17-010, by line; the second of a pair is the security-only update.
MARCH = {
    "6.0": ["4012598"],
    "6.1": ["4012215", "4012212"],
    "6.2": ["4012217", "4012214"],
    "6.3": ["4012216", "4012213"],
    "10240": ["4012606"],
    "10586": ["4013198"],
    "14393": ["4013429"],
}
SECURITY_ONLY = {"4012212", "4012213", "4012214"}
# The first rollup of Server 2008; the other lines start from release_information.csv.
# KB4487025 (February 2019) names no predecessor; KB5005623 and KB5023769 name the security-only update of the month
# before, KB5025287 the rollup of another line. The successors of all four name them as rollups.
STARTS = {"6.0": {"4458010"}, "6.1": {"5023769"}, "6.2": {"4487025", "5005623", "5025287"}}
# Not cumulative, though the definitions name a cumulative update as superseded: one for a single flaw after the end of
# its line's support, and the security-only updates of November 2016 and of July 2021 out of band.
STRAY = {("18362", "5014701"), ("6.1", "3197867"), ("6.1", "5004951")}
# Lines for which hotpatches exist: there a second update of the same day without a row of its own is one.
HOTPATCHED = {"20348", "26100", "server-26100"}
# Updates for one component of Server 2008 before its rollups began: superseded as a file, not by a rollup.
SINGLE = {"6.0": {"4012598", "4018466"}}
# The Server 2008 rollup of June 2020 carries CVE-2020-1301, a flaw of the same driver (srv.sys): it replaces the file.
BY_FILE = [("6.0", "4561670", "4012598")]


def day(text):
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}"


def second_tuesday(iso):
    first = datetime.date(int(iso[:4]), int(iso[5:7]), 1)
    return (first + datetime.timedelta((1 - first.weekday()) % 7 + 7)).isoformat()


def posted(dates):
    """The release date behind a set of posting dates: the commonest one, moved back to that month's second Tuesday
    if the set has an entry of that very day, or if it follows within two days."""
    most = max(dates.items(), key=lambda entry: (entry[1], entry[0]))[0]
    tuesday = second_tuesday(most)
    gap = (datetime.date.fromisoformat(most) - datetime.date.fromisoformat(tuesday)).days
    return tuesday if 0 < gap and (tuesday in dates or gap <= 12) else most


BROWSER = re.compile(r"^(Internet Explorer 11|Microsoft Edge( \(EdgeHTML-based\))?) on ")


class Bulletin:
    def __init__(self):
        self.dates = collections.Counter()
        self.flaws = set()
        self.supersedes = set()


def read_definitions(folder):
    lines = {line: collections.defaultdict(Bulletin) for line in LINES}
    patterns = {line: re.compile(pattern) for line, pattern in LINES.items()}
    of_product = {}
    path = sorted(glob.glob(os.path.join(folder, "CVEs_*.csv")))[-1]
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            kb, product = row["BulletinKB"], row["AffectedProduct"]
            if not kb.isdigit() or "Flash" in row["AffectedComponent"] or "Flash" in row["Title"]:
                continue
            if product not in of_product:
                of_product[product] = [
                    line
                    for line, p in patterns.items()
                    # Browsers of Windows 10 are serviced by the cumulative update, those of older systems apart.
                    if p.match(product) or (not line.startswith("6.") and p.match(BROWSER.sub("", product)))
                ]
            for line in of_product[product]:
                bulletin = lines[line][kb]
                bulletin.dates[day(row["DatePosted"])] += 1
                bulletin.flaws.add(row["CVE"])
                bulletin.supersedes |= {x for x in re.split(r"[;, ]+", row["Supersedes"]) if x.isdigit()}
    return lines


def read_releases():
    releases = collections.defaultdict(list)
    with open(os.path.join(HERE, "release_information.csv"), newline="") as file:
        for row in csv.DictReader(file):
            releases[row["line"]].append(row)
    return releases


def cumulative(line, bulletins, known):
    """Updates of a line that hold all earlier ones: those that supersede, or are superseded by, such an update."""
    found = {kb for kb in known if kb in bulletins} | set(MARCH.get(line, [])[:1]) - SINGLE.get(line, set())
    found |= STARTS.get(line, set()) & set(bulletins)
    if line not in MARCH:
        found |= {kb for kb, b in bulletins.items() if len(b.flaws) >= 10}
    grew = True
    while grew:
        grew = False
        for kb, bulletin in bulletins.items():
            if posted(bulletin.dates) < SINCE or (line, kb) in STRAY:
                continue
            behind = bulletin.supersedes & (found | known)
            if kb not in found and behind:
                found.add(kb)
                grew = True
            for older in bulletin.supersedes & set(bulletins):
                if kb in found and older not in found and not line.startswith("6."):
                    if posted(bulletins[older].dates) >= SINCE:
                        found.add(older)
                        grew = True
    return found - SINGLE.get(line, set())


def main(folder):
    definitions, releases = read_definitions(folder), read_releases()
    updates, edges = [], []
    for line, bulletins in definitions.items():
        listed = {row["kb"]: row for row in releases[line] if row["kb"]}
        rolled = cumulative(line, bulletins, set(listed))
        if line == "server-26100":
            rolled = {kb for kb in rolled if kb not in definitions["26100"] and kb not in before_2026}
        entries = {}
        for kb in rolled | set(listed):
            row, bulletin = listed.get(kb), bulletins.get(kb)
            date = row["released"] if row else posted(bulletin.dates)
            kind = row["kind"] if row else "monthly"
            if not row and line in HOTPATCHED and date in {r["released"] for r in listed.values()}:
                kind = "hotpatch"
            source = "both" if row and bulletin else "releases" if row else "definitions"
            entries[kb] = (date, row["revision"] if row else "", kind, source)
        if line == "26100":
            before_2026 = set(entries)
        for kb, bulletin in bulletins.items():
            if not line.startswith("6.") or kb in entries:
                continue
            date = posted(bulletin.dates)
            twins = [r for r in rolled if entries[r][0] == date and r in bulletins]
            if kb in SINGLE.get(line, ()):
                entries[kb] = (date, "", "single", "definitions")
            elif kb in SECURITY_ONLY or any(
                len(bulletin.flaws & bulletins[r].flaws) >= 0.6 * len(bulletins[r].flaws) for r in twins
            ):
                if date >= SINCE:
                    entries[kb] = (date, "", "security-only", "definitions")
        for row in releases[line]:
            if not row["kb"]:
                updates.append((line, "", row["released"], row["revision"], row["kind"], "releases"))
        updates += [(line, kb, *entry) for kb, entry in entries.items()]
        edges += supersedence(line, entries, bulletins)
    write(updates, edges)


def supersedence(line, entries, bulletins):
    if line not in MARCH:
        return []
    roots = set(MARCH[line])
    rows = [(l, kb, older, "file") for l, kb, older in BY_FILE if l == line]
    holds = [kb for kb, e in entries.items() if e[2] not in ("security-only", "single", "hotpatch")]
    holds.sort(key=lambda kb: (entries[kb][0], int(entries[kb][1] or 0), int(kb)))
    for kb in SINGLE.get(line, ()):
        rows += [(line, kb, older, "definitions") for older in bulletins[kb].supersedes & roots]
    closed = {kb for kb in roots if kb in holds} | {kb for _, kb, _, how in rows if how == "file"}
    for kb in holds:
        if kb in roots or entries[kb][0] < "2017-03-14":
            continue
        stated = bulletins[kb].supersedes & closed if kb in bulletins else set()
        earlier = [o for o in holds if o in closed and holds.index(o) < holds.index(kb)]
        if stated:
            rows += [(line, kb, older, "definitions") for older in sorted(stated)]
            closed.add(kb)
        elif earlier:
            rows.append((line, kb, earlier[-1], "cumulative"))
            closed.add(kb)
    return rows


def write(updates, edges):
    order = list(LINES).index
    updates.sort(key=lambda u: (order(u[0]), u[2], int(u[3] or 0), int(u[1] or 0)))
    edges.sort(key=lambda e: (order(e[0]), int(e[1]), int(e[2])))
    with open(os.path.join(HERE, "updates.csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["line", "kb", "released", "revision", "kind", "source"])
        out.writerows(updates)
    with open(os.path.join(HERE, "supersedence.csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["line", "kb", "supersedes", "source"])
        out.writerows(edges)


if __name__ == "__main__":
    main(sys.argv[1])
