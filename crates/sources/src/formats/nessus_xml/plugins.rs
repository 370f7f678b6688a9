//! What a plugin's report proves, for the few plugins that bear on a question.
//!
//! Numbers and meanings: Tenable's plugin pages (tenable.com/plugins/nessus/NUMBER), and the reports of the files named in
//! the parent module.

use std::collections::BTreeSet;

use wardround_evidence::{
    Build, Cve, Fact, FlawState, Kb, ListExtent, Method, Observed, Port, PortState, Protocol,
    Signing, UpdateList,
};

use super::lines::{after, after_each, has_line, updates};
use super::properties::{percent, truth};
use crate::kept_flaws;
use crate::xml::Tag;

/// "Nessus Scan Information": how the scan ran.
const SCAN: u32 = 19_506;
/// "OS Identification": the system, and how sure of it the scanner is.
const SYSTEM: u32 = 11_936;
/// "Ping the remote host".
const PING: u32 = 10_180;
/// "Microsoft Windows SMB Versions Supported (remote check)": each version was asked for, and those that answered listed.
const SMB_VERSIONS: u32 = 100_871;
/// "Server Message Block (SMB) Protocol Version 1 Enabled (uncredentialed check)".
const SMB1: u32 = 96_982;
/// "SMB Signing not required", in older files "SMB Signing Disabled" or "Required": it is offered or not, but not demanded.
const SIGNING: u32 = 57_608;
/// "Windows … Quick Fix Engineering (QFE) Enumeration": updates that are on.
const QUICK_FIXES: u32 = 62_042;
/// "Microsoft Security Rollup Enumeration": the kernel's file version, whose last part is the revision of the system. No file with
/// its report was at hand: lines of another shape are passed over.
const ROLLUPS: u32 = 93_962;
/// "Nessus UDP Scanner": what did not refuse may be open.
const UDP_SCANNER: u32 = 34_277;

/// "Authentication Failure - Local Checks Not Run", now "OS Security Patch Assessment Failed"; "Nessus Windows Scan Not
/// Performed with Admin Privileges"; "Target Credential Issues by Authentication Protocol - Insufficient Privilege" and
/// "- Intermittent Authentication Failure". After any of these, patch results mean nothing, whatever else worked.
const PATCHES_NOT_SEEN: [u32; 4] = [21_745, 24_786, 110_385, 117_885];

/// "Target Credential Status by Authentication Protocol - Failure for Provided Credentials": by one protocol, while another
/// may have worked.
const LOG_IN_FAILED: u32 = 104_410;

/// "Microsoft Windows SMB Registry : Nessus Cannot Access the Windows Registry": its service is off, or does not open with what
/// the scan was given, so that no check of Windows's updates ran. A scan that was given nothing reports it too.
const REGISTRY_CLOSED: u32 = 26_917;

/// "Target Credential Status by Authentication Protocol - No Credentials Provided": a service to log in to, and nothing to log in
/// with. Nothing failed.
const NO_CREDENTIALS: u32 = 110_723;

/// "OS Security Patch Assessment Not Available", before "Local Checks Not Enabled (info)": it "does not necessarily indicate a
/// problem", for the system may not be one of those whose updates can be looked at. Its report names the plugins that say why.
const PATCHES_NOT_ASSESSED: u32 = 117_886;

/// Plugins that list listening ports as the machine itself does: netstat by SSH and by WMI, SNMP, and "Remote listeners
/// enumeration".
const LISTED_BY_ITSELF: [u32; 5] = [14_272, 34_220, 14_274, 25_221, 34_252];

/// SMB and Remote Desktop plugins outside the families whose every report means that something answered.
const ANSWERED: [u32; 6] = [11_011, SIGNING, SMB1, SMB_VERSIONS, 97_833, 10_940];

/// Far more updates than a machine has.
const MOST_UPDATES: usize = 20_000;

/// One plugin's report on one host, so far.
#[derive(Default)]
pub(super) struct Item {
    plugin: u32,
    port: Option<Port>,
    family: Family,
    severity: u8,
    /// The update that the plugin's name begins with: `KB4022719: Windows 7 …`.
    update: Option<Kb>,
    kind: Option<Kind>,
    flaws: BTreeSet<Cve>,
    output: String,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Family {
    PortScanners,
    ServiceDetection,
    Bulletins,
    #[default]
    Other,
}

/// From where a plugin looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Remote,
    Local,
    Combined,
}

/// The version of `ntoskrnl.exe` where that is the file that was looked at.
fn kernel(output: &str) -> Option<Build> {
    let file = after(output, "File checked")?.to_ascii_lowercase();
    let version = after(output, "File version").filter(|_| file.ends_with("\\ntoskrnl.exe"))?;
    version.parse().ok()
}

/// What a report says of a host.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) observed: Vec<Observed>,
    pub(super) credentialed: Option<bool>,
    pub(super) version: Option<String>,
    pub(super) confidence: Option<u8>,
    pub(super) kernel: Option<Build>,
    pub(super) dead: bool,
    pub(super) patches_not_seen: bool,
    pub(super) log_in_failed: bool,
    pub(super) registry_closed: bool,
    pub(super) no_credentials: bool,
    pub(super) patches_not_assessed: bool,
}

impl Findings {
    /// Takes what a plugin's report says of logging in.
    fn log_in(&mut self, plugin: u32) {
        match plugin {
            LOG_IN_FAILED => self.log_in_failed = true,
            REGISTRY_CLOSED => self.registry_closed = true,
            NO_CREDENTIALS => self.no_credentials = true,
            plugin => self.patches_not_seen |= PATCHES_NOT_SEEN.contains(&plugin),
        }
    }
}

impl Item {
    /// A report that begins; `None` where its plugin has no number.
    pub(super) fn begin(tag: &Tag<'_>) -> Option<Self> {
        let text = |name| tag.attribute(name).unwrap_or_default();
        let number: u16 = text("port").trim().parse().unwrap_or(0);
        let protocol = match &*text("protocol") {
            "tcp" => Some(Protocol::Tcp),
            "udp" => Some(Protocol::Udp),
            _ => None,
        };
        Some(Self {
            plugin: text("pluginID").trim().parse().ok()?,
            // Port 0 is the host as a whole.
            port: protocol
                .filter(|_| number > 0)
                .map(|protocol| Port { protocol, number }),
            family: match &*text("pluginFamily") {
                "Port scanners" => Family::PortScanners,
                "Service detection" => Family::ServiceDetection,
                "Windows : Microsoft Bulletins" => Family::Bulletins,
                _ => Family::Other,
            },
            severity: text("severity").trim().parse().unwrap_or(0),
            update: text("pluginName")
                .split_once(':')
                .filter(|(number, _)| number.starts_with("KB"))
                .and_then(|(number, _)| number.parse().ok()),
            ..Self::default()
        })
    }

    /// Its plugin's number.
    pub(super) const fn plugin(&self) -> u32 {
        self.plugin
    }

    /// Its severity, 0 (none) to 4.
    pub(super) const fn severity(&self) -> u8 {
        self.severity
    }

    /// Whether the text of one of its elements is read.
    pub(super) fn reads(&self, element: &str) -> bool {
        match element {
            "cve" | "plugin_type" => true,
            "plugin_output" => [
                SCAN,
                SYSTEM,
                PING,
                SMB_VERSIONS,
                QUICK_FIXES,
                ROLLUPS,
                PATCHES_NOT_ASSESSED,
            ]
            .contains(&self.plugin),
            _ => false,
        }
    }

    /// The text of an element that is read.
    pub(super) fn element(&mut self, element: &str, text: &str) {
        match element {
            "cve" => {
                let cve = text.parse().ok();
                self.flaws
                    .extend(cve.filter(|cve| kept_flaws::is_kept(*cve)));
            }
            "plugin_type" => {
                self.kind = match text.trim() {
                    "remote" => Some(Kind::Remote),
                    "local" => Some(Kind::Local),
                    "combined" => Some(Kind::Combined),
                    _ => None,
                };
            }
            _ => text.clone_into(&mut self.output),
        }
    }

    /// What it says.
    pub(super) fn findings(&self) -> Findings {
        let mut findings = Findings::default();
        let output = &self.output;
        let mut see = |method, fact| findings.observed.push(Observed { fact, method });
        if let Some((method, port, state)) = self.listening() {
            see(method, Fact::Port(port, state));
        }
        if self.severity > 0 {
            let (method, state) = self.certainty();
            for cve in &self.flaws {
                see(method, Fact::Flaw(*cve, state));
            }
            if let Some(kb) = self.update.filter(|_| method == Method::Inventoried) {
                see(method, Fact::UpdateMissing(kb));
            }
        }
        match self.plugin {
            SMB1 => see(Method::Tested, Fact::Smb1(true)),
            SMB_VERSIONS if has_line(output, "SMBv1") => see(Method::Tested, Fact::Smb1(true)),
            SMB_VERSIONS if has_line(output, "SMBv2") => see(Method::Tested, Fact::Smb1(false)),
            SIGNING => see(Method::Tested, Fact::SmbSigning(Signing::Enabled)),
            QUICK_FIXES => {
                let updates = updates(output, MOST_UPDATES);
                if !updates.is_empty() {
                    let extent = ListExtent::Unstated;
                    see(
                        Method::Inventoried,
                        Fact::Updates(UpdateList { updates, extent }),
                    );
                }
            }
            SCAN => {
                findings.credentialed = after(output, "Credentialed checks").and_then(truth);
                findings.version = after(output, "Nessus version")
                    .and_then(|text| text.split_whitespace().next())
                    .map(|version| version.chars().take(40).collect());
            }
            SYSTEM => findings.confidence = after(output, "Confidence level").and_then(percent),
            ROLLUPS => findings.kernel = kernel(output),
            PING => findings.dead = output.contains("considered as dead"),
            PATCHES_NOT_ASSESSED => {
                findings.patches_not_assessed = true;
                let named = after_each(output, "Plugin ID");
                for plugin in named.filter_map(|number| number.parse().ok()) {
                    findings.log_in(plugin);
                }
            }
            plugin => findings.log_in(plugin),
        }
        findings
    }

    /// The port on which something listens, where the report means that.
    fn listening(&self) -> Option<(Method, Port, PortState)> {
        let port = self.port?;
        if LISTED_BY_ITSELF.contains(&self.plugin) {
            return Some((Method::Inventoried, port, PortState::Open));
        }
        let answered = matches!(self.family, Family::PortScanners | Family::ServiceDetection)
            || ANSWERED.contains(&self.plugin);
        let state = if self.plugin == UDP_SCANNER {
            PortState::OpenOrFiltered
        } else {
            PortState::Open
        };
        (answered && self.kind != Some(Kind::Local)).then_some((Method::Tested, port, state))
    }

    /// How a plugin knows of a flaw. One that does not say from where it looks may have gone by a banner.
    fn certainty(&self) -> (Method, FlawState) {
        match self.kind {
            Some(Kind::Remote) => (Method::Tested, FlawState::Present),
            Some(Kind::Local | Kind::Combined) => (Method::Inventoried, FlawState::Present),
            None if self.family == Family::Bulletins => (Method::Inventoried, FlawState::Present),
            None => (Method::Inferred, FlawState::Likely),
        }
    }
}
