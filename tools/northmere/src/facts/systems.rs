//! The operating systems of the estates, with their builds and cumulative updates.
//!
//! Builds, revisions, article numbers and dates are Microsoft's published ones ("Windows 10 update
//! history", "Windows 11 update history", "Windows Server 2022 update history" at
//! support.microsoft.com; the chains of Windows 7, Server 2008 R2 and Server 2012 R2 also agree
//! with the WES-NG definitions of 2026-06-28). Which update closes MS17-010 is in Microsoft
//! security bulletin MS17-010 of 2017-03-14.

use crate::calendar::{Moment, NEXT_WORM_FIX};

/// A cumulative update; for old systems a monthly rollup or a single fix.
#[derive(Debug)]
pub(crate) struct Update {
    /// The article number; 0 for the state before any update of the list.
    pub(crate) kb: u32,
    /// The day of publication.
    pub(crate) released: Moment,
    /// The revision that the build then shows; 0 where Windows shows none.
    pub(crate) revision: u32,
}

/// What kind of thing a release runs on, and how its exports look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Windows for people.
    Client,
    /// Windows Server.
    Server,
    /// Linux, as on appliances and storage.
    Linux,
    /// Printers, pumps, telephones and the like.
    Embedded,
}

/// One release of an operating system.
#[derive(Debug)]
pub(crate) struct Release {
    pub(crate) key: &'static str,
    pub(crate) family: Family,
    /// What the system calls itself, without "Microsoft".
    pub(crate) product: &'static str,
    /// The `OSPlatform` of Microsoft Defender; empty where it has no agent.
    pub(crate) platform: &'static str,
    /// The `SoftwareName` of Microsoft Defender Vulnerability Management.
    pub(crate) software: &'static str,
    /// `10.0`, `6.1`, `5.1`.
    pub(crate) version: &'static str,
    /// `22H2`, empty where there is none.
    pub(crate) version_name: &'static str,
    pub(crate) build: u32,
    pub(crate) service_pack: &'static str,
    /// When support ended, if it had by the as-of moment.
    pub(crate) support_ended: &'static str,
    /// Oldest first.
    pub(crate) updates: &'static [Update],
    /// The first of `updates` that closes MS17-010; 0 where the release was born closed.
    pub(crate) closes_ms17_010: usize,
}

impl Release {
    /// Whether it is any Windows.
    pub(crate) fn is_windows(&self) -> bool {
        matches!(self.family, Family::Client | Family::Server)
    }

    /// Whether it ever had the flaw.
    pub(crate) fn had_ms17_010(&self) -> bool {
        self.is_windows() && self.closes_ms17_010 > 0
    }

    /// Whether a machine at this level is not open to CVE-2017-0144.
    pub(crate) fn closed_at(&self, level: usize) -> bool {
        !self.is_windows() || level >= self.closes_ms17_010
    }

    /// Whether a machine at this level was updated since the next worm's fix.
    pub(crate) fn next_worm_closed_at(&self, level: usize) -> bool {
        !self.is_windows() || self.updates[level].released >= NEXT_WORM_FIX
    }

    /// The newest level published by a moment.
    pub(crate) fn newest_at(&self, at: Moment) -> usize {
        self.updates
            .iter()
            .rposition(|update| update.released <= at)
            .unwrap_or(0)
    }

    /// `19045.5965`; `7601` where there is no revision; empty without a build.
    pub(crate) fn build_text(&self, level: usize) -> String {
        match (
            self.build,
            self.updates.get(level).map_or(0, |update| update.revision),
        ) {
            (0, _) => String::new(),
            (build, 0) => build.to_string(),
            (build, revision) => format!("{build}.{revision}"),
        }
    }

    /// `10.0.19045.5965`, as Defender Vulnerability Management writes a version.
    pub(crate) fn full_version(&self, level: usize) -> String {
        format!("{}.{}", self.version, self.build_text(level))
    }
}

const fn update(kb: u32, year: i64, month: i64, day: i64, revision: u32) -> Update {
    Update {
        kb,
        released: Moment::day(year, month, day),
        revision,
    }
}

/// Windows 11 24H2.
pub(crate) static WINDOWS_11_24H2: Release = Release {
    key: "windows-11-24h2",
    family: Family::Client,
    product: "Windows 11 Enterprise",
    platform: "Windows11",
    software: "windows_11",
    version: "10.0",
    version_name: "24H2",
    build: 26100,
    service_pack: "",
    support_ended: "",
    updates: &[
        update(5046617, 2024, 11, 12, 2314),
        update(5048667, 2024, 12, 10, 2605),
        update(5050009, 2025, 1, 14, 2894),
        update(5051987, 2025, 2, 11, 3194),
        update(5053598, 2025, 3, 11, 3476),
        update(5055523, 2025, 4, 8, 3775),
        update(5058411, 2025, 5, 13, 4061),
        update(5060842, 2025, 6, 10, 4349),
    ],
    closes_ms17_010: 0,
};

/// Windows 11 23H2.
pub(crate) static WINDOWS_11_23H2: Release = Release {
    key: "windows-11-23h2",
    family: Family::Client,
    product: "Windows 11 Enterprise",
    platform: "Windows11",
    software: "windows_11",
    version: "10.0",
    version_name: "23H2",
    build: 22631,
    service_pack: "",
    support_ended: "",
    updates: &[
        update(5037771, 2024, 5, 14, 3593),
        update(5046633, 2024, 11, 12, 4460),
        update(5048685, 2024, 12, 10, 4602),
        update(5050021, 2025, 1, 14, 4751),
        update(5051989, 2025, 2, 11, 4890),
        update(5053602, 2025, 3, 11, 5039),
        update(5055528, 2025, 4, 8, 5191),
        update(5058405, 2025, 5, 13, 5335),
        update(5060999, 2025, 6, 10, 5472),
    ],
    closes_ms17_010: 0,
};

/// Windows 10 22H2.
pub(crate) static WINDOWS_10_22H2: Release = Release {
    key: "windows-10-22h2",
    family: Family::Client,
    product: "Windows 10 Enterprise",
    platform: "Windows10",
    software: "windows_10",
    version: "10.0",
    version_name: "22H2",
    build: 19045,
    service_pack: "",
    support_ended: "",
    updates: &[
        update(5037768, 2024, 5, 14, 4412),
        update(5046613, 2024, 11, 12, 5131),
        update(5048652, 2024, 12, 10, 5247),
        update(5049981, 2025, 1, 14, 5371),
        update(5051974, 2025, 2, 11, 5487),
        update(5053606, 2025, 3, 11, 5608),
        update(5055518, 2025, 4, 8, 5737),
        update(5058379, 2025, 5, 13, 5854),
        update(5060533, 2025, 6, 10, 5965),
    ],
    closes_ms17_010: 0,
};

/// Windows 10 Enterprise 2016 LTSB, as sold with medical devices.
pub(crate) static WINDOWS_10_1607: Release = Release {
    key: "windows-10-1607",
    family: Family::Client,
    product: "Windows 10 Enterprise 2016 LTSB",
    platform: "Windows10",
    software: "windows_10",
    version: "10.0",
    version_name: "1607",
    build: 14393,
    service_pack: "",
    support_ended: "",
    updates: &[
        update(3200970, 2016, 11, 8, 447),
        update(3213986, 2017, 1, 10, 693),
        update(4013429, 2017, 3, 14, 953),
        update(4015217, 2017, 4, 11, 1066),
        update(5037763, 2024, 5, 14, 6981),
        update(5049993, 2025, 1, 14, 7699),
        update(5055521, 2025, 4, 8, 7969),
        update(5058383, 2025, 5, 13, 8066),
        update(5061010, 2025, 6, 10, 8148),
    ],
    closes_ms17_010: 2,
};

/// Windows 10 1511, long out of support.
pub(crate) static WINDOWS_10_1511: Release = Release {
    key: "windows-10-1511",
    family: Family::Client,
    product: "Windows 10 Pro",
    platform: "Windows10",
    software: "windows_10",
    version: "10.0",
    version_name: "1511",
    build: 10586,
    service_pack: "",
    support_ended: "2017-10-10",
    updates: &[
        update(3205386, 2016, 12, 13, 713),
        update(3210721, 2017, 1, 10, 753),
        update(4013198, 2017, 3, 14, 839),
        update(4015219, 2017, 4, 11, 873),
    ],
    closes_ms17_010: 2,
};

/// Windows 10 Enterprise 2015 LTSB.
pub(crate) static WINDOWS_10_1507: Release = Release {
    key: "windows-10-1507",
    family: Family::Client,
    product: "Windows 10 Enterprise 2015 LTSB",
    platform: "Windows10",
    software: "windows_10",
    version: "10.0",
    version_name: "1507",
    build: 10240,
    service_pack: "",
    support_ended: "",
    updates: &[
        update(3205383, 2016, 12, 13, 17202),
        update(3210720, 2017, 1, 10, 17236),
        update(4012606, 2017, 3, 14, 17319),
        update(4015221, 2017, 4, 11, 17354),
        update(5050013, 2025, 1, 14, 20890),
        update(5058387, 2025, 5, 13, 21014),
        update(5060998, 2025, 6, 10, 21034),
    ],
    closes_ms17_010: 2,
};

/// Windows 7 with service pack 1.
pub(crate) static WINDOWS_7: Release = Release {
    key: "windows-7-sp1",
    family: Family::Client,
    product: "Windows 7 Professional",
    platform: "Windows7",
    software: "windows_7",
    version: "6.1",
    version_name: "",
    build: 7601,
    service_pack: "Service Pack 1",
    support_ended: "2020-01-14",
    updates: &[
        update(0, 2016, 9, 13, 0),
        update(3212646, 2017, 1, 10, 0),
        update(4012212, 2017, 3, 14, 0),
        update(4012215, 2017, 3, 14, 0),
        update(4019264, 2017, 5, 9, 0),
        update(4467107, 2018, 11, 13, 0),
        update(4493472, 2019, 4, 9, 0),
        update(4534310, 2020, 1, 14, 0),
        update(5022338, 2023, 1, 10, 0),
    ],
    closes_ms17_010: 2,
};

/// Windows XP with service pack 3.
pub(crate) static WINDOWS_XP: Release = Release {
    key: "windows-xp-sp3",
    family: Family::Client,
    product: "Windows XP Professional",
    platform: "",
    software: "",
    version: "5.1",
    version_name: "",
    build: 2600,
    service_pack: "Service Pack 3",
    support_ended: "2014-04-08",
    updates: &[update(0, 2014, 4, 8, 0), update(4012598, 2017, 5, 13, 0)],
    closes_ms17_010: 1,
};

/// Windows Server 2022.
pub(crate) static SERVER_2022: Release = Release {
    key: "windows-server-2022",
    family: Family::Server,
    product: "Windows Server 2022 Standard",
    platform: "WindowsServer2022",
    software: "windows_server_2022",
    version: "10.0",
    version_name: "21H2",
    build: 20348,
    service_pack: "",
    support_ended: "",
    updates: &[
        update(5037782, 2024, 5, 14, 2461),
        update(5046616, 2024, 11, 12, 2849),
        update(5048654, 2024, 12, 10, 2966),
        update(5049983, 2025, 1, 14, 3091),
        update(5051979, 2025, 2, 11, 3207),
        update(5053603, 2025, 3, 11, 3328),
        update(5055526, 2025, 4, 8, 3453),
        update(5058385, 2025, 5, 13, 3692),
        update(5060526, 2025, 6, 10, 3807),
    ],
    closes_ms17_010: 0,
};

/// Windows Server 2019.
pub(crate) static SERVER_2019: Release = Release {
    key: "windows-server-2019",
    family: Family::Server,
    product: "Windows Server 2019 Standard",
    platform: "WindowsServer2019",
    software: "windows_server_2019",
    version: "10.0",
    version_name: "1809",
    build: 17763,
    service_pack: "",
    support_ended: "",
    updates: &[
        update(5037765, 2024, 5, 14, 5820),
        update(5046615, 2024, 11, 12, 6532),
        update(5048661, 2024, 12, 10, 6659),
        update(5050008, 2025, 1, 14, 6775),
        update(5052000, 2025, 2, 11, 6893),
        update(5053596, 2025, 3, 11, 7009),
        update(5055519, 2025, 4, 8, 7136),
        update(5058392, 2025, 5, 13, 7314),
        update(5060531, 2025, 6, 10, 7434),
    ],
    closes_ms17_010: 0,
};

/// Windows Server 2016.
pub(crate) static SERVER_2016: Release = Release {
    key: "windows-server-2016",
    family: Family::Server,
    product: "Windows Server 2016 Standard",
    platform: "WindowsServer2016",
    software: "windows_server_2016",
    version: "10.0",
    version_name: "1607",
    build: 14393,
    service_pack: "",
    support_ended: "",
    updates: &[
        update(3213986, 2017, 1, 10, 693),
        update(4013429, 2017, 3, 14, 953),
        update(5037763, 2024, 5, 14, 6981),
        update(5046612, 2024, 11, 12, 7515),
        update(5049993, 2025, 1, 14, 7699),
        update(5053594, 2025, 3, 11, 7876),
        update(5055521, 2025, 4, 8, 7969),
        update(5058383, 2025, 5, 13, 8066),
        update(5061010, 2025, 6, 10, 8148),
    ],
    closes_ms17_010: 1,
};

/// Windows Server 2012 R2; some are paid updates after the end of support.
pub(crate) static SERVER_2012_R2: Release = Release {
    key: "windows-server-2012-r2",
    family: Family::Server,
    product: "Windows Server 2012 R2 Standard",
    platform: "WindowsServer2012R2",
    software: "windows_server_2012_r2",
    version: "6.3",
    version_name: "",
    build: 9600,
    service_pack: "",
    support_ended: "2023-10-10",
    updates: &[
        update(0, 2016, 9, 13, 0),
        update(3205401, 2016, 12, 13, 0),
        update(4012213, 2017, 3, 14, 0),
        update(4012216, 2017, 3, 14, 0),
        update(4019215, 2017, 5, 9, 0),
        update(4467697, 2018, 11, 13, 0),
        update(5031419, 2023, 10, 10, 0),
        update(5055557, 2025, 4, 8, 0),
        update(5058403, 2025, 5, 13, 0),
        update(5061018, 2025, 6, 10, 0),
    ],
    closes_ms17_010: 2,
};

/// Windows Server 2008 R2; a few are paid updates after the end of support.
pub(crate) static SERVER_2008_R2: Release = Release {
    key: "windows-server-2008-r2",
    family: Family::Server,
    product: "Windows Server 2008 R2 Standard",
    platform: "WindowsServer2008R2",
    software: "windows_server_2008_r2",
    version: "6.1",
    version_name: "",
    build: 7601,
    service_pack: "Service Pack 1",
    support_ended: "2020-01-14",
    updates: &[
        update(0, 2016, 9, 13, 0),
        update(3212646, 2017, 1, 10, 0),
        update(4012212, 2017, 3, 14, 0),
        update(4012215, 2017, 3, 14, 0),
        update(4467107, 2018, 11, 13, 0),
        update(4534310, 2020, 1, 14, 0),
        update(5055561, 2025, 4, 8, 0),
        update(5058430, 2025, 5, 13, 0),
        update(5061078, 2025, 6, 10, 0),
    ],
    closes_ms17_010: 2,
};

/// Linux.
pub(crate) static LINUX: Release = Release {
    key: "linux",
    family: Family::Linux,
    product: "Linux",
    platform: "Linux",
    software: "linux",
    version: "",
    version_name: "",
    build: 0,
    service_pack: "",
    support_ended: "",
    updates: &[],
    closes_ms17_010: 0,
};

/// Anything else.
pub(crate) static EMBEDDED: Release = Release {
    key: "embedded",
    family: Family::Embedded,
    product: "",
    platform: "",
    software: "",
    version: "",
    version_name: "",
    build: 0,
    service_pack: "",
    support_ended: "",
    updates: &[],
    closes_ms17_010: 0,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_stand_in_the_order_of_publication() {
        for release in [
            &WINDOWS_11_24H2,
            &WINDOWS_11_23H2,
            &WINDOWS_10_22H2,
            &WINDOWS_10_1607,
            &WINDOWS_10_1511,
            &WINDOWS_10_1507,
            &WINDOWS_7,
            &WINDOWS_XP,
            &SERVER_2022,
            &SERVER_2019,
            &SERVER_2016,
            &SERVER_2012_R2,
            &SERVER_2008_R2,
        ] {
            for pair in release.updates.windows(2) {
                assert!(pair[0].released <= pair[1].released, "{}", release.key);
                assert!(pair[0].revision <= pair[1].revision, "{}", release.key);
            }
            assert!(
                release.closes_ms17_010 < release.updates.len(),
                "{}",
                release.key
            );
        }
    }
}
