//! What machines are for, and which systems they run.

use crate::facts::systems::{self, Family, Release};
use crate::plan::{Kind, NetworkKind};

/// What a machine is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Workstation,
    Laptop,
    Server,
    Kiosk,
    LabPc,
    ImagingPc,
    MedicalDevice,
    Printer,
    Appliance,
    GuestDevice,
}

impl Role {
    /// The word in the truth.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Workstation => "workstation",
            Self::Laptop => "laptop",
            Self::Server => "server",
            Self::Kiosk => "kiosk",
            Self::LabPc => "lab-pc",
            Self::ImagingPc => "imaging-pc",
            Self::MedicalDevice => "medical-device",
            Self::Printer => "printer",
            Self::Appliance => "appliance",
            Self::GuestDevice => "guest-device",
        }
    }

    /// The letters in a machine's name.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Workstation => "WS",
            Self::Laptop => "LT",
            Self::Server => "SRV",
            Self::Kiosk => "KSK",
            Self::LabPc => "LAB",
            Self::ImagingPc => "IMG",
            Self::MedicalDevice => "MED",
            Self::Printer => "PRN",
            Self::Appliance => "APP",
            Self::GuestDevice => "GST",
        }
    }
}

/// The roles in a network, by weight.
pub(crate) fn roles_in(organisation: Kind, network: NetworkKind) -> &'static [(Role, u32)] {
    match (organisation, network) {
        (Kind::Surgery, _) => &[
            (Role::Workstation, 70),
            (Role::Laptop, 12),
            (Role::Printer, 10),
            (Role::Server, 4),
            (Role::Kiosk, 4),
        ],
        (_, NetworkKind::User) => &[
            (Role::Workstation, 62),
            (Role::Laptop, 28),
            (Role::Printer, 7),
            (Role::Kiosk, 3),
        ],
        (_, NetworkKind::Server) => &[(Role::Server, 88), (Role::Appliance, 12)],
        (_, NetworkKind::Imaging) => &[
            (Role::ImagingPc, 62),
            (Role::MedicalDevice, 29),
            (Role::Server, 5),
            (Role::Printer, 4),
        ],
        (_, NetworkKind::Laboratory) => &[
            (Role::LabPc, 64),
            (Role::MedicalDevice, 24),
            (Role::Printer, 7),
            (Role::Server, 5),
        ],
        (_, NetworkKind::Wards) => &[
            (Role::MedicalDevice, 70),
            (Role::Workstation, 20),
            (Role::ImagingPc, 10),
        ],
        (_, NetworkKind::Guest) => &[(Role::GuestDevice, 1)],
        (_, NetworkKind::Management) => &[(Role::Appliance, 60), (Role::Server, 40)],
    }
}

type Shares = &'static [(&'static Release, u32)];

/// The systems of a role, by weight.
pub(crate) fn systems_of(role: Role, kind: Kind, neglected: bool) -> Shares {
    use systems::*;
    match (role, kind, neglected) {
        (Role::Workstation, Kind::Surgery, true) => {
            const {
                &[
                    (&WINDOWS_7, 22),
                    (&WINDOWS_10_22H2, 58),
                    (&WINDOWS_11_23H2, 20),
                ]
            }
        }
        (Role::Workstation, Kind::Surgery, false) => {
            const {
                &[
                    (&WINDOWS_7, 3),
                    (&WINDOWS_10_22H2, 58),
                    (&WINDOWS_11_23H2, 27),
                    (&WINDOWS_11_24H2, 12),
                ]
            }
        }
        (Role::Server, Kind::Surgery, _) => {
            const {
                &[
                    (&SERVER_2012_R2, 35),
                    (&SERVER_2016, 35),
                    (&SERVER_2019, 30),
                ]
            }
        }
        (Role::Workstation, ..) => {
            const {
                &[
                    (&WINDOWS_7, 2),
                    (&WINDOWS_10_1607, 1),
                    (&WINDOWS_10_22H2, 39),
                    (&WINDOWS_11_23H2, 34),
                    (&WINDOWS_11_24H2, 24),
                ]
            }
        }
        (Role::Laptop, ..) => {
            const {
                &[
                    (&WINDOWS_10_22H2, 25),
                    (&WINDOWS_11_23H2, 43),
                    (&WINDOWS_11_24H2, 32),
                ]
            }
        }
        (Role::Kiosk, ..) => {
            const {
                &[
                    (&WINDOWS_7, 30),
                    (&WINDOWS_XP, 2),
                    (&WINDOWS_10_1507, 10),
                    (&WINDOWS_10_22H2, 58),
                ]
            }
        }
        (Role::Server, ..) => {
            const {
                &[
                    (&SERVER_2022, 26),
                    (&SERVER_2019, 33),
                    (&SERVER_2016, 23),
                    (&SERVER_2012_R2, 13),
                    (&SERVER_2008_R2, 5),
                ]
            }
        }
        (Role::ImagingPc, _, true) => {
            const {
                &[
                    (&WINDOWS_7, 46),
                    (&WINDOWS_XP, 6),
                    (&WINDOWS_10_1507, 12),
                    (&WINDOWS_10_1511, 4),
                    (&WINDOWS_10_1607, 18),
                    (&WINDOWS_10_22H2, 20),
                ]
            }
        }
        (Role::ImagingPc, _, false) => {
            const {
                &[
                    (&WINDOWS_7, 18),
                    (&WINDOWS_XP, 2),
                    (&WINDOWS_10_1507, 8),
                    (&WINDOWS_10_1607, 18),
                    (&WINDOWS_10_22H2, 54),
                ]
            }
        }
        (Role::LabPc, _, true) => {
            const {
                &[
                    (&WINDOWS_7, 38),
                    (&WINDOWS_XP, 4),
                    (&WINDOWS_10_1511, 6),
                    (&WINDOWS_10_1607, 20),
                    (&WINDOWS_10_22H2, 32),
                ]
            }
        }
        (Role::LabPc, _, false) => {
            const {
                &[
                    (&WINDOWS_7, 16),
                    (&WINDOWS_XP, 1),
                    (&WINDOWS_10_1607, 14),
                    (&WINDOWS_10_22H2, 49),
                    (&WINDOWS_11_23H2, 20),
                ]
            }
        }
        (Role::MedicalDevice, ..) => {
            const {
                &[
                    (&EMBEDDED, 78),
                    (&LINUX, 5),
                    (&WINDOWS_7, 6),
                    (&WINDOWS_XP, 3),
                    (&WINDOWS_10_1607, 8),
                ]
            }
        }
        (Role::Appliance, ..) => const { &[(&LINUX, 80), (&EMBEDDED, 20)] },
        (Role::Printer | Role::GuestDevice, ..) => const { &[(&EMBEDDED, 1)] },
    }
}

/// How likely SMBv1 is on.
pub(crate) fn smb1_share(release: &Release) -> f64 {
    match release.key {
        "windows-xp-sp3" => 1.0,
        "windows-7-sp1" => 0.93,
        "windows-server-2008-r2" => 0.9,
        "windows-10-1507" | "windows-10-1511" | "windows-10-1607" => 0.85,
        "windows-server-2012-r2" => 0.7,
        "windows-server-2016" => 0.35,
        "windows-server-2019" => 0.06,
        "windows-server-2022" => 0.03,
        "windows-10-22h2" => 0.035,
        "linux" => 0.1,
        "embedded" => 0.03,
        _ => 0.01,
    }
}

/// How likely a machine answers on 445/tcp in its own network.
pub(crate) fn listening_share(role: Role, release: &Release) -> f64 {
    match (role, release.family) {
        (Role::GuestDevice, _) => 0.03,
        (_, Family::Embedded) => 0.06,
        (_, Family::Linux) => 0.35,
        (_, Family::Server) => 0.98,
        (Role::Laptop, _) => 0.35,
        (Role::Kiosk, _) => 0.65,
        _ if release.had_ms17_010() => 0.92,
        _ => 0.55,
    }
}
