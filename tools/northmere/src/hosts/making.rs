//! Makes the machines of one organisation.

use super::host::{Host, Level, Period};
use super::roles::{self, Role};
use crate::calendar::{AS_OF, Moment, OLDEST_EVIDENCE};
use crate::facts::systems::{self, Family, Release};
use crate::names;
use crate::noise;
use crate::plan::{Kind, Network, NetworkKind, Organisation};
use crate::random::{Draws, mix};
use crate::truth::TrueHostId;

/// The share of laptops whose name was changed in the weeks of the evidence.
const RENAMED: f64 = 0.012;
/// The share of servers that also stand in the management network.
const TWO_NETWORKS: f64 = 0.05;
/// Long before all evidence.
const ALWAYS: Moment = Moment::utc(2020, 1, 1, 0, 0, 0);

/// The machines of one organisation.
#[derive(Debug)]
pub(crate) struct Machines {
    pub(crate) hosts: Vec<Host>,
    /// For each network the places that move from machine to machine.
    pub(crate) churn: Vec<Vec<u32>>,
}

/// Makes the machines of an organisation; the same for the same seed, whatever else is made.
pub(crate) fn machines_of(seed: u64, organisation: &Organisation) -> Machines {
    let mut making = Making {
        seed,
        organisation,
        machines: Machines {
            hosts: vec![],
            churn: vec![vec![]; organisation.networks.len()],
        },
        second_places: 0,
    };
    for number in 0..organisation.networks.len() {
        making.fill(number);
    }
    for number in 0..organisation.networks.len() {
        making.retire(number);
    }
    making.machines
}

struct Making<'a> {
    seed: u64,
    organisation: &'a Organisation,
    machines: Machines,
    second_places: u32,
}

impl Making<'_> {
    fn next_id(&self) -> TrueHostId {
        TrueHostId(self.organisation.first_host + self.machines.hosts.len() as u32)
    }

    /// Puts machines into a network.
    fn fill(&mut self, number: usize) {
        let network = &self.organisation.networks[number];
        for place in 0..network.hosts {
            let id = self.next_id();
            let mut draws = Draws::keyed(self.seed, "host", u64::from(id.0));
            let role = draws.weighted(roles::roles_in(self.organisation.kind, network.kind));
            let shares =
                roles::systems_of(role, self.organisation.kind, self.organisation.neglected);
            let release = draws.weighted(shares);
            let mut host = self.new_host(id, number, place, role, release, &mut draws);
            self.copy_another(&mut host, &mut draws);
            self.change_in_the_weeks(&mut host, &mut draws);
            self.stand_in_two_networks(&mut host, network, &mut draws);
            let moves =
                network.kind == NetworkKind::User && self.organisation.kind != Kind::Surgery;
            let can_move = !matches!(role, Role::Printer | Role::Server);
            if moves && can_move && draws.chance(noise::ADDRESS_CHURN) {
                host.churn = Some(self.machines.churn[number].len());
                self.machines.churn[number].push(place);
            }
            self.machines.hosts.push(host);
        }
    }

    fn new_host(
        &self,
        id: TrueHostId,
        network: usize,
        place: u32,
        role: Role,
        release: &'static Release,
        draws: &mut Draws,
    ) -> Host {
        let virtual_machine = release.family == Family::Server && draws.chance(0.7);
        let computer = if role == Role::Laptop {
            1
        } else {
            draws.below(4) as usize
        };
        let maker = match release.family {
            _ if virtual_machine => names::VIRTUAL_MACHINE,
            Family::Embedded | Family::Linux => names::DEVICE,
            Family::Client | Family::Server => names::COMPUTERS[computer].2,
        };
        let mark = draws.bits().to_be_bytes();
        let dock = (role == Role::Laptop && draws.chance(noise::SHARED_DOCK)).then(|| {
            let dock = mix(self.seed ^ u64::from(id.0 / 64)).to_be_bytes();
            [
                names::DOCK[0],
                names::DOCK[1],
                names::DOCK[2],
                dock[0],
                dock[1],
                dock[2],
            ]
        });
        let onboarded = release.is_windows() && draws.chance(self.onboarded_share(role, release));
        let agent = if onboarded {
            draws.hex(40)
        } else {
            String::new()
        };
        Host {
            id,
            network,
            place,
            second: None,
            churn: None,
            role,
            name: format!(
                "{}-{}{:04}",
                self.organisation.short,
                role.code(),
                id.0 % 10_000
            ),
            former_name: None,
            periods: vec![Period {
                from: ALWAYS,
                release,
                level: self.level(role, release, draws),
                smb1: draws.chance(roles::smb1_share(release)),
                listens: draws.chance(roles::listening_share(role, release)),
                agent,
            }],
            computer,
            mac: [maker[0], maker[1], maker[2], mark[0], mark[1], mark[2]],
            dock,
            random_mac: role == Role::GuestDevice && draws.chance(noise::RANDOM_MAC),
            uuid: draws.uuid().to_uppercase(),
            serial: draws.hex(7).to_uppercase(),
            directory_id: draws.uuid(),
            cloned: false,
            arrived: None,
            retired: None,
            replaced: false,
            key: draws.bits(),
        }
    }

    fn onboarded_share(&self, role: Role, release: &Release) -> f64 {
        match (role, release.key) {
            (_, "windows-xp-sp3" | "windows-10-1507" | "windows-10-1511") => 0.0,
            (_, "windows-7-sp1") => 0.25,
            (_, "windows-server-2008-r2") => 0.4,
            (_, "windows-server-2012-r2") => 0.65,
            (_, "windows-10-1607") => 0.3,
            (Role::Kiosk | Role::LabPc | Role::ImagingPc, _) => 0.55,
            (Role::Server, _) => 0.9,
            _ => 0.95,
        }
    }

    /// How a machine is kept up to date.
    fn level(&self, role: Role, release: &'static Release, draws: &mut Draws) -> Level {
        if release.updates.is_empty() {
            return Level::Stays(0);
        }
        if release.had_ms17_010() && release.key != "windows-server-2016" {
            return self.old_level(release, draws);
        }
        let (prompt, slow) = match (self.organisation.kind, role) {
            (_, Role::Server) => (0.62, 0.22),
            (Kind::Surgery | Kind::Provider, _) => (0.68, 0.19),
            _ if self.organisation.neglected => (0.72, 0.15),
            _ => (0.8, 0.1),
        };
        if draws.chance(prompt) {
            Level::Follows(draws.between(1, 13) as i64)
        } else if draws.chance(slow / (1.0 - prompt)) {
            Level::Follows(draws.between(18, 45) as i64)
        } else {
            let oldest = release.closes_ms17_010 as u64;
            Level::Stays(
                draws.between(oldest, release.newest_at(AS_OF.plus_days(-40)) as u64) as usize,
            )
        }
    }

    /// Systems that had MS17-010: some never got the fix.
    fn old_level(&self, release: &'static Release, draws: &mut Draws) -> Level {
        let open = match (release.key, self.organisation.neglected) {
            ("windows-xp-sp3", _) => 0.85,
            ("windows-server-2012-r2", true) => 0.45,
            ("windows-server-2012-r2", false) => 0.2,
            ("windows-server-2008-r2", true) => 0.7,
            ("windows-server-2008-r2", false) => 0.45,
            (_, true) => 0.92,
            (_, false) => 0.5,
        };
        let closes = release.closes_ms17_010 as u64;
        if draws.chance(open) {
            return Level::Stays(draws.below(closes) as usize);
        }
        let supported = matches!(release.key, "windows-10-1607" | "windows-10-1507");
        if draws.chance(if supported { 0.6 } else { 0.15 }) && release.support_ended != "2017-10-10"
        {
            return Level::Follows(draws.between(4, 30) as i64);
        }
        Level::Stays(draws.between(closes, release.newest_at(AS_OF.plus_days(-60)) as u64) as usize)
    }

    /// Makes the machine a copy of the last one of its kind: same disk image, same identifiers.
    fn copy_another(&mut self, host: &mut Host, draws: &mut Draws) {
        let kinds = [Role::Kiosk, Role::LabPc, Role::ImagingPc];
        if !kinds.contains(&host.role) || !draws.chance(noise::CLONED) {
            return;
        }
        let original = self.machines.hosts.iter_mut().rev().take(60).find(|other| {
            other.role == host.role && other.network == host.network && !other.cloned
        });
        let Some(original) = original else { return };
        original.cloned = true;
        host.cloned = true;
        host.periods = vec![original.periods[0].clone()];
        host.mac = original.mac;
        host.uuid.clone_from(&original.uuid);
        host.directory_id.clone_from(&original.directory_id);
        host.computer = original.computer;
    }

    /// Changes that make older evidence untrue.
    fn change_in_the_weeks(&self, host: &mut Host, draws: &mut Draws) {
        let first = host.periods[0].clone();
        let open = !host.state(OLDEST_EVIDENCE).closed();
        // Open machines were found by the scans, so most of their changes came after those.
        let (soonest, latest) = if open { (16, 33) } else { (6, 30) };
        let when = OLDEST_EVIDENCE
            .plus_days(draws.between(soonest, latest) as i64)
            .plus_seconds(draws.between(28_800, 61_200) as i64);
        if host.role == Role::Laptop && draws.chance(RENAMED) {
            host.former_name = Some((
                when,
                format!(
                    "{}-OLD{:04}",
                    self.organisation.short,
                    host.id.0 - self.organisation.first_host + 1
                ),
            ));
        }
        let share = if open {
            noise::OPEN_CHANGED_DURING_EVIDENCE
        } else {
            noise::CHANGED_DURING_EVIDENCE
        };
        if first.release.is_windows() && !host.cloned && draws.chance(share) {
            let mut changed = first.clone();
            changed.from = when;
            if open && draws.chance(0.5) {
                changed.level = Level::Stays(first.release.closes_ms17_010);
            } else if open && first.release.family == Family::Client && draws.chance(0.5) {
                changed.release = &systems::WINDOWS_10_22H2;
                changed.level = Level::Follows(5);
                changed.smb1 = false;
            } else if first.smb1 {
                changed.smb1 = false;
            } else {
                changed.listens = !first.listens;
            }
            host.periods.push(changed);
        } else if !first.agent.is_empty() && !host.cloned && draws.chance(noise::REIMAGED) {
            let mut changed = first;
            changed.from = when;
            changed.agent = draws.hex(40);
            host.periods.push(changed);
        }
    }

    fn stand_in_two_networks(&mut self, host: &mut Host, network: &Network, draws: &mut Draws) {
        if network.kind != NetworkKind::Server || !draws.chance(TWO_NETWORKS) {
            return;
        }
        let networks = &self.organisation.networks;
        let found = networks
            .iter()
            .position(|other| other.kind == NetworkKind::Management);
        let Some(management) = found else { return };
        let place = networks[management].hosts + self.second_places;
        if place < 240 {
            host.second = Some((management, place));
            self.second_places += 1;
        }
    }

    /// Lets some machines of a network leave, and gives the place and name of some to new ones.
    fn retire(&mut self, number: usize) {
        for index in 0..self.machines.hosts.len() {
            let host = &self.machines.hosts[index];
            let used = self.machines.hosts.len() as u32;
            let fits = used < self.organisation.host_numbers;
            if host.network != number || host.churn.is_some() || host.cloned || !fits {
                continue;
            }
            let mut draws = Draws::keyed(self.seed, "retire", u64::from(host.id.0));
            if host.arrived.is_some() || !host.state(AS_OF).release.is_windows() {
                continue;
            }
            if !draws.chance(noise::RETIRED) {
                continue;
            }
            let when = OLDEST_EVIDENCE
                .plus_days(draws.between(8, 28) as i64)
                .plus_seconds(46_800);
            let replaced = draws.chance(noise::NAME_REUSED);
            let (place, role) = (host.place, host.role);
            let name = host.name.clone();
            let host = &mut self.machines.hosts[index];
            host.retired = Some(when);
            host.replaced = replaced;
            if replaced {
                let release = match host.periods[0].release.family {
                    Family::Server => &systems::SERVER_2022,
                    _ => &systems::WINDOWS_11_24H2,
                };
                let id = self.next_id();
                let mut new = self.new_host(id, number, place, role, release, &mut draws);
                new.name = name;
                new.arrived = Some(when.plus_days(1));
                self.machines.hosts.push(new);
            }
        }
    }
}
