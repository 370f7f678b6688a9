//! The kinds of export that can settle a question, as `wardround report --help` names them, and how each is known.

use wardround_evidence::{Fact, FlawState, Method, Reading, Statement};

/// A kind of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Export {
    DefenderDevices,
    DefenderSoftware,
    DefenderFlaws,
    DefenderSettings,
    MachineList,
    SettingsList,
    UpdateLists,
    Systeminfo,
    Scan,
    LoggedInScan,
    Authority,
    Again,
    Tables,
}

/// What must be done on or towards machines to have an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Touches {
    /// Nothing: it lies in a console, or in the description.
    Nothing,
    /// A command on each machine.
    Machines,
    /// Their network.
    Network,
}

impl Export {
    pub(super) const ALL: [Self; 13] = [
        Self::DefenderDevices,
        Self::DefenderSoftware,
        Self::DefenderFlaws,
        Self::DefenderSettings,
        Self::MachineList,
        Self::SettingsList,
        Self::UpdateLists,
        Self::Systeminfo,
        Self::Scan,
        Self::LoggedInScan,
        Self::Authority,
        Self::Again,
        Self::Tables,
    ];

    /// What it is, after *get*.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::DefenderDevices => {
                "the Microsoft Defender export of devices (DeviceInfo from advanced hunting, or the API's pages of machines)"
            }
            Self::DefenderSoftware => {
                "the Microsoft Defender export DeviceTvmSoftwareInventory (advanced hunting) with the rows of the operating systems, which name the build to its last part"
            }
            Self::DefenderFlaws => {
                "the Microsoft Defender export DeviceTvmSoftwareVulnerabilities (advanced hunting, or the API's pages)"
            }
            Self::DefenderSettings => {
                "the Microsoft Defender export DeviceTvmSecureConfigurationAssessment (advanced hunting)"
            }
            Self::MachineList => {
                "a list of machines as CSV with their systems and full versions such as 10.0.19045.5965 (Configuration Manager, Intune, WSUS, Active Directory, the Defender portal, or an asset register)"
            }
            Self::SettingsList => {
                "a list of machines as CSV with a column EnableSMB1Protocol, as whoever configures them can export it"
            }
            Self::UpdateLists => "systeminfo, wmic qfe or Get-HotFix output of each machine",
            Self::Systeminfo => "systeminfo output of each machine",
            Self::Scan => {
                "nmap XML or a Nessus scan (.nessus) that asked 445/tcp, the SMB dialects and MS17-010, from inside the same network"
            }
            Self::LoggedInScan => "a Nessus scan (.nessus) that can log in",
            Self::Authority => {
                "the same exports from whoever answers for these machines; or, where the files are theirs, a row of authorities in the description that says so"
            }
            Self::Again => {
                "the same exports again, since what they said has aged or contradicts itself"
            }
            Self::Tables => {
                "nothing new: the updates are newer than the built-in tables; a newer wardround knows more of them"
            }
        }
    }

    /// The same in few words, where it is one of several that would do.
    pub(super) const fn short(self) -> &'static str {
        match self {
            Self::DefenderDevices => "Microsoft Defender's devices",
            Self::DefenderSoftware => "Microsoft Defender's DeviceTvmSoftwareInventory",
            Self::DefenderFlaws => "Microsoft Defender's DeviceTvmSoftwareVulnerabilities",
            Self::DefenderSettings => "Microsoft Defender's DeviceTvmSecureConfigurationAssessment",
            Self::MachineList => "a list of machines as CSV with full versions",
            Self::SettingsList => "a list of machines as CSV with a column EnableSMB1Protocol",
            Self::UpdateLists => "systeminfo, wmic qfe or Get-HotFix output",
            Self::Systeminfo => "systeminfo output",
            Self::Scan => "nmap XML or a Nessus scan from inside the network",
            Self::LoggedInScan => "a Nessus scan that can log in",
            Self::Authority => "a row of authorities",
            Self::Again => "the same exports again",
            Self::Tables => "a newer wardround",
        }
    }

    /// Whether it comes out of Microsoft Defender.
    pub(super) const fn is_defenders(self) -> bool {
        matches!(
            self,
            Self::DefenderDevices
                | Self::DefenderSoftware
                | Self::DefenderFlaws
                | Self::DefenderSettings
        )
    }

    pub(super) const fn touches(self) -> Touches {
        match self {
            Self::Scan | Self::LoggedInScan => Touches::Network,
            // What is taken again may have been a scan.
            Self::Again => Touches::Network,
            Self::UpdateLists | Self::Systeminfo => Touches::Machines,
            Self::DefenderDevices
            | Self::DefenderSoftware
            | Self::DefenderFlaws
            | Self::DefenderSettings
            | Self::MachineList
            | Self::SettingsList
            | Self::Authority
            | Self::Tables => Touches::Nothing,
        }
    }

    /// Whether a statement of a reading came with such an export.
    pub(super) fn is_in(self, reading: &Reading, statement: &Statement) -> bool {
        let reader = reading.source.reader.as_ref();
        let defender = reader.starts_with("defender_");
        let says = |fits: &dyn Fn(&Fact, Method) -> bool| {
            statement
                .observed
                .iter()
                .any(|observed| fits(&observed.fact, observed.method))
        };
        match self {
            Self::DefenderDevices => {
                defender && says(&|fact, _| matches!(fact, Fact::AgentReporting(_) | Fact::Role(_)))
            }
            Self::DefenderSoftware => {
                defender
                    && says(&|fact, _| match fact {
                        Fact::System(system) => {
                            system.build.is_some_and(|build| build.revision.is_some())
                        }
                        _ => false,
                    })
            }
            Self::DefenderFlaws => {
                defender
                    && says(&|fact, _| {
                        matches!(
                            fact,
                            Fact::Flaw(_, FlawState::Present) | Fact::UpdateMissing(_)
                        )
                    })
            }
            Self::DefenderSettings => {
                let is_setting = |fact: &Fact| {
                    matches!(
                        fact,
                        Fact::Smb1(_)
                            | Fact::AgentBlocks(_)
                            | Fact::HostFirewall(_)
                            | Fact::Setting(..)
                    )
                };
                defender && says(&|fact, _| is_setting(fact))
            }
            Self::MachineList => {
                reader == "inventory_csv" && says(&|fact, _| matches!(fact, Fact::System(_)))
            }
            Self::SettingsList => {
                reader == "inventory_csv" && says(&|fact, _| matches!(fact, Fact::Smb1(_)))
            }
            Self::UpdateLists => {
                reader.starts_with("windows_") && says(&|fact, _| matches!(fact, Fact::Updates(_)))
            }
            Self::Systeminfo => reader == "windows_systeminfo",
            Self::Scan => matches!(reader, "nmap_xml" | "nessus_xml"),
            Self::LoggedInScan => {
                reader == "nessus_xml"
                    && says(&|fact, method| {
                        method == Method::Inventoried
                            && matches!(fact, Fact::Updates(_) | Fact::System(_))
                    })
            }
            Self::Authority | Self::Again | Self::Tables => false,
        }
    }
}
