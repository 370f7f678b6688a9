//! Where outbreaks begin in one world.

use wardround_engine::Entries;
use wardround_estate::Family;
use wardround_evidence::Role;

use super::Open;
use super::draw::Draw;
use super::machines::{EXPOSURE, SUPPLIED};
use super::member::Member;
use crate::draws::{Decides, OfMachines};
use crate::scenario::Entry;
use crate::threat::EntryKind;

/// The machines that outbreaks of one world begin at. They hang neither on effects nor on how unknowns are settled, so that
/// worlds that are compared begin alike.
pub(super) enum Entering<'a> {
    /// One of those that may be workstations; of all machines where none may.
    Workstations(&'a [u32]),
    /// One of these.
    OneOf(Vec<u32>),
    /// All of these at once.
    AllOf(Vec<u32>),
    /// None.
    Nobody,
}

impl Entering<'_> {
    /// Whether every workstation may be an entry.
    pub(super) const fn is_by_kind(&self) -> bool {
        matches!(self, Self::Workstations(_))
    }

    /// The machines that were picked one by one.
    pub(super) fn picked(&self) -> &[u32] {
        match self {
            Self::OneOf(machines) | Self::AllOf(machines) => machines,
            Self::Workstations(_) | Self::Nobody => &[],
        }
    }

    pub(super) fn into_entries(self) -> Entries {
        match self {
            Self::Workstations(machines) => Entries::OneOf(machines.to_vec()),
            Self::OneOf(machines) => Entries::OneOf(machines),
            Self::AllOf(machines) => Entries::These(machines),
            Self::Nobody => Entries::Nobody,
        }
    }
}

impl<'a> Draw<'a> {
    /// Where outbreaks of the scenario begin.
    pub(super) fn entering(&self, entry: &Entry) -> Entering<'a> {
        let population = self.population;
        let kind = match entry {
            Entry::OneOf(hosts) => {
                return Entering::OneOf(hosts.iter().map(|host| host.0).collect());
            }
            Entry::Nobody => return Entering::Nobody,
            Entry::OfTheThreat => population.profile.entry.kind,
            Entry::AnyOf(kind) => *kind,
        };
        let rules = &population.rules;
        match kind {
            EntryKind::Workstation => Entering::Workstations(&population.census.entries),
            EntryKind::Server => Entering::OneOf(self.servers()),
            EntryKind::InternetExposed => {
                let may_be_open =
                    |member: &Member| member.open(&population.ways, |_| true) != Open::No;
                let faces = |member: &Member| member.faces_internet;
                let shares = self.organisation_shares(1, rules.faces_internet);
                Entering::OneOf(self.some(EXPOSURE, &shares, may_be_open, faces))
            }
            EntryKind::Supplier => {
                let shares = self.organisation_shares(2, rules.supplier_clients);
                Entering::AllOf(self.some(SUPPLIED, &shares, takes_updates, |_| false))
            }
        }
    }

    /// Servers; all machines where none is known.
    fn servers(&self) -> Vec<u32> {
        let census = &self.population.census;
        let is_server =
            |member: &Member| matches!(member.role, Some(Role::Server | Role::DomainController));
        let any = census.kinds.iter().any(|(member, _)| is_server(member));
        let all = (0u32..).zip(&census.of_host);
        all.filter(|(_, kind)| !any || is_server(&census.kinds[**kind as usize].0))
            .map(|(machine, _)| machine)
            .collect()
    }

    /// The machines that are so by evidence or by a draw of `what`, among those that may be so where there are any. Where the
    /// draw leaves none it is the one that came nearest: an outbreak begins somewhere.
    fn some(
        &self,
        what: u32,
        shares: &[f64],
        may_be: impl Fn(&Member) -> bool,
        is_known: impl Fn(&Member) -> bool,
    ) -> Vec<u32> {
        let census = &self.population.census;
        let may_be: Vec<bool> = census.kinds.iter().map(|(kind, _)| may_be(kind)).collect();
        let none_may = may_be.iter().all(|may_be| !may_be);
        let numbers = OfMachines::new(self.seed, self.worlds.unknowns, Decides::Host);
        let mut chosen = Vec::new();
        let mut nearest: Option<(f64, u32)> = None;
        for (machine, kind) in (0u32..).zip(&census.of_host) {
            if !none_may && !may_be[*kind as usize] {
                continue;
            }
            let member = &census.kinds[*kind as usize].0;
            let share = shares[member.organisation.0 as usize].max(f64::MIN_POSITIVE);
            // Below one where it is so.
            let distance = numbers.unit(machine, what) / share;
            if is_known(member) || distance < 1.0 {
                chosen.push(machine);
            } else if nearest.is_none_or(|(least, _)| distance < least) {
                nearest = Some((distance, machine));
            }
        }
        if chosen.is_empty() {
            chosen.extend(nearest.map(|(_, machine)| machine));
        }
        chosen
    }
}

/// Whether a supplier's program for Windows may be on a machine.
fn takes_updates(member: &Member) -> bool {
    member.family != Family::NotWindows
        && !matches!(member.role, Some(Role::Appliance | Role::Clinical))
}
