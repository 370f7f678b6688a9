//! One machine and its state at any moment.

use super::Role;
use crate::calendar::{AS_OF, Moment};
use crate::facts::systems::Release;
use crate::plan::Organisation;
use crate::truth::{TrueHost, TrueHostId};

/// How a machine gets its updates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// It installs each update so many days after publication.
    Follows(i64),
    /// It stays at this level.
    Stays(usize),
}

/// A stretch of time in which only monthly updates change a machine.
#[derive(Debug, Clone)]
pub(crate) struct Period {
    pub(crate) from: Moment,
    pub(crate) release: &'static Release,
    pub(crate) level: Level,
    pub(crate) smb1: bool,
    pub(crate) listens: bool,
    /// The agent's identifier, empty if it has none.
    pub(crate) agent: String,
}

/// A machine's state at one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct State<'a> {
    pub(crate) release: &'static Release,
    pub(crate) level: usize,
    pub(crate) smb1: bool,
    pub(crate) listens: bool,
    pub(crate) agent: &'a str,
}

impl State<'_> {
    /// Not open to CVE-2017-0144.
    pub(crate) fn closed(&self) -> bool {
        self.release.closed_at(self.level)
    }
}

/// A machine.
#[derive(Debug, Clone)]
pub(crate) struct Host {
    pub(crate) id: TrueHostId,
    /// The places of its networks in its organisation's list, and its place in each.
    pub(crate) network: usize,
    pub(crate) place: u32,
    pub(crate) second: Option<(usize, u32)>,
    /// Its number among the machines of its network whose addresses move.
    pub(crate) churn: Option<usize>,
    pub(crate) role: Role,
    pub(crate) name: String,
    /// A name that it had until a moment.
    pub(crate) former_name: Option<(Moment, String)>,
    pub(crate) periods: Vec<Period>,
    pub(crate) computer: usize,
    pub(crate) mac: [u8; 6],
    pub(crate) dock: Option<[u8; 6]>,
    pub(crate) random_mac: bool,
    pub(crate) uuid: String,
    pub(crate) serial: String,
    pub(crate) directory_id: String,
    /// Whether another machine carries the same identifiers.
    pub(crate) cloned: bool,
    pub(crate) arrived: Option<Moment>,
    pub(crate) retired: Option<Moment>,
    /// Whether its place and name went to another machine.
    pub(crate) replaced: bool,
    /// A number of its own, for what the exports draw about it.
    pub(crate) key: u64,
}

impl Host {
    /// Whether it is there at a moment.
    pub(crate) fn present(&self, at: Moment) -> bool {
        self.arrived.is_none_or(|from| from <= at) && self.retired.is_none_or(|until| at < until)
    }

    /// Its state at a moment.
    pub(crate) fn state(&self, at: Moment) -> State<'_> {
        let newest = self
            .periods
            .iter()
            .rposition(|period| period.from <= at)
            .unwrap_or(0);
        let period = &self.periods[newest];
        let level = match period.level {
            Level::Stays(level) => level,
            Level::Follows(days) => period.release.newest_at(at.plus_days(-days)),
        };
        State {
            release: period.release,
            level,
            smb1: period.smb1,
            listens: period.listens,
            agent: &period.agent,
        }
    }

    /// Its name at a moment, without the domain.
    pub(crate) fn name_at(&self, at: Moment) -> &str {
        match &self.former_name {
            Some((until, name)) if at < *until => name,
            _ => &self.name,
        }
    }

    /// The moment as of which the truth about it holds.
    pub(crate) fn truth_at(&self) -> Moment {
        self.retired.map_or(AS_OF, |until| until.plus_seconds(-1))
    }

    /// `00:14:22:0A:0B:0C`.
    pub(crate) fn mac_text(&self) -> String {
        mac_text(self.mac)
    }

    /// The truth about it, as the caller of this crate gets it.
    pub(crate) fn truth(&self, organisation: &Organisation, churn: &[Vec<u32>]) -> TrueHost {
        let state = self.state(self.truth_at());
        let networks = [Some(self.network), self.second.map(|(network, _)| network)];
        let address = |at| address_at(self, organisation, churn, at);
        let mut addresses = vec![address(self.truth_at())];
        if let Some((network, place)) = self.second {
            addresses.push(organisation.networks[network].address(place));
        }
        let mut earlier = Vec::new();
        for week in 0..5 {
            let then = address(crate::calendar::OLDEST_EVIDENCE.plus_days(7 * week));
            if !addresses.contains(&then) && !earlier.contains(&then) {
                earlier.push(then);
            }
        }
        let mut names = vec![self.name.clone()];
        names.extend(self.former_name.iter().map(|(_, name)| name.clone()));
        let mut agents: Vec<String> = Vec::new();
        for period in &self.periods {
            if !period.agent.is_empty() && agents.last() != Some(&period.agent) {
                agents.push(period.agent.clone());
            }
        }
        TrueHost {
            id: self.id,
            organisation: organisation.id.clone(),
            networks: networks
                .into_iter()
                .flatten()
                .map(|network| organisation.networks[network].id.clone())
                .collect(),
            role: self.role.word(),
            system: state.release.key,
            windows: state.release.is_windows(),
            build: state.release.build_text(state.level),
            closed_ms17_010: state.closed(),
            smb1_on: state.smb1,
            listens_445: state.listens,
            updated_since_next_worm_fix: state.release.next_worm_closed_at(state.level),
            names,
            addresses,
            earlier_addresses: earlier,
            macs: vec![self.mac_text()],
            bios_uuid: self.uuid.clone(),
            serial: self.serial.clone(),
            agents,
            retired_on: self.retired.map(Moment::date),
        }
    }
}

/// `00:14:22:0A:0B:0C`.
pub(crate) fn mac_text(mac: [u8; 6]) -> String {
    let [a, b, c, d, e, f] = mac;
    format!("{a:02X}:{b:02X}:{c:02X}:{d:02X}:{e:02X}:{f:02X}")
}

/// The address of a machine in its first network at a moment.
pub(crate) fn address_at(
    host: &Host,
    organisation: &Organisation,
    churn: &[Vec<u32>],
    at: Moment,
) -> String {
    let places = &churn[host.network];
    let place = match host.churn {
        Some(number) => places[(number + at.week().max(0) as usize) % places.len()],
        None => host.place,
    };
    organisation.networks[host.network].address(place)
}
