//! Sets of networks that are reached alike, so that probes can be drawn for a whole set at once.
//!
//! What a single network reaches is covered by a few sets: itself, the rest of its organisation, its realm's other
//! organisations, and the networks it has links to.

use crate::plain::{Input, Link, Network, Scope};

/// No set.
pub(crate) const NONE: u32 = u32::MAX;

/// All sets of an input. Numbered: each network alone; then the insides; then the borders.
pub(crate) struct Sets<'a> {
    input: &'a Input,
    sets: Vec<Set>,
    of_network: Vec<[u32; 3]>,
    links: Vec<Link>,
    first_inside: u32,
    first_border: u32,
}

/// What all networks of a set have in common.
#[derive(Clone, Copy)]
struct Set {
    organisation: Option<u32>,
    realm: Option<u32>,
    /// The one network of an inside, or the one organisation of a border, where there is only one.
    sole: Option<u32>,
}

impl<'a> Sets<'a> {
    pub(crate) fn new(input: &'a Input) -> Self {
        let networks = &input.networks;
        let mut insides: Vec<(u32, Option<u32>)> = networks
            .iter()
            .filter(|network| network.enters)
            .map(inside_of)
            .collect();
        insides.sort_unstable();
        insides.dedup();

        let alone = networks.iter().zip(0..).map(|(network, id)| Set {
            organisation: Some(network.organisation),
            realm: network.realm,
            sole: Some(id),
        });
        let inside = insides.iter().map(|&(organisation, realm)| Set {
            organisation: Some(organisation),
            realm,
            sole: None,
        });
        let border = (0..input.realms.len() as u32).map(|realm| Set {
            organisation: None,
            realm: Some(realm),
            sole: None,
        });
        let mut sets: Vec<Set> = alone.chain(inside).chain(border).collect();

        let first_inside = networks.len() as u32;
        let first_border = first_inside + insides.len() as u32;
        let mut members = vec![0_u32; sets.len()];
        let mut of_network = Vec::with_capacity(networks.len());
        for (network, id) in networks.iter().zip(0_u32..) {
            let mut of = [id, NONE, NONE];
            if let Ok(inside) = insides.binary_search(&inside_of(network))
                && network.enters
            {
                of[1] = first_inside + inside as u32;
                note_sole(&mut sets, &mut members, of[1], id);
            }
            if let Some(realm) = network.realm
                && network.enters
                && network.enters_organisation
            {
                of[2] = first_border + realm;
                note_sole(&mut sets, &mut members, of[2], network.organisation);
            }
            of_network.push(of);
        }

        let mut links = input.links.clone();
        links.sort_unstable_by_key(|link| (link.from, link.to));
        links.dedup();
        Self {
            input,
            sets,
            of_network,
            links,
            first_inside,
            first_border,
        }
    }

    pub(crate) fn count(&self) -> u32 {
        self.sets.len() as u32
    }

    /// The sets that each network belongs to: itself, the inside, the border.
    pub(crate) fn of_network(&self) -> &[[u32; 3]] {
        &self.of_network
    }

    /// Whether all of a set lies in the address space that probes from `start` are drawn from. If not, none of it does,
    /// for the sets that cover what `start`'s organisation reaches.
    pub(crate) fn is_in_scope(&self, set: u32, scope: Scope, start: u32) -> bool {
        let start_network = &self.input.networks[start as usize];
        let Set {
            organisation,
            realm,
            ..
        } = self.sets[set as usize];
        match scope {
            Scope::Network => set == start,
            Scope::Organisation => organisation == Some(start_network.organisation),
            Scope::Realm => realm.is_some() && realm == start_network.realm,
        }
    }

    /// The sets that together hold exactly what a host attached to these networks reaches, in ascending order. Where
    /// they overlap, a network counts with the first that holds it.
    pub(crate) fn covering(&self, attached: &[u32]) -> Vec<u32> {
        let mut cover = attached.to_vec();
        for &from in attached {
            cover.extend(self.links_from(from).iter().map(|link| link.to));
        }
        if self.is_one_organisation(attached) {
            self.cover_boundaries(attached, &mut cover);
        } else {
            // A bridge between organisations may come back to one of its own through the other's border, which is
            // only part of a set: each network that it reaches is listed alone.
            let reached = (0..self.first_inside)
                .filter(|&to| attached.iter().any(|&from| self.boundaries_allow(from, to)));
            cover.extend(reached);
        }
        cover.sort_unstable();
        cover.dedup();
        cover
    }

    /// Adds what hosts of a single organisation reach through internal boundaries and the border.
    fn cover_boundaries(&self, attached: &[u32], cover: &mut Vec<u32>) {
        let network = |id: u32| &self.input.networks[id as usize];
        for &from in attached.iter().filter(|&&from| network(from).leaves) {
            let organisation = Some(network(from).organisation);
            // Insides are sorted by organisation.
            let insides = &self.sets[self.first_inside as usize..self.first_border as usize];
            let first = insides.partition_point(|set| set.organisation < organisation);
            for (set, id) in insides[first..]
                .iter()
                .zip(self.first_inside + first as u32..)
            {
                if set.organisation != organisation {
                    break;
                }
                if set.sole != Some(from) {
                    cover.push(id);
                }
            }
        }
        for &from in attached {
            if let Network {
                leaves: true,
                leaves_organisation: true,
                realm: Some(realm),
                organisation,
                ..
            } = *network(from)
            {
                let border = self.first_border + realm;
                // A border into this very organisation adds nothing to its inside.
                if self.sets[border as usize].sole != Some(organisation) {
                    cover.push(border);
                }
            }
        }
    }

    fn links_from(&self, from: u32) -> &[Link] {
        let first = self.links.partition_point(|link| link.from < from);
        let after = self.links.partition_point(|link| link.from <= from);
        &self.links[first..after]
    }

    fn is_one_organisation(&self, attached: &[u32]) -> bool {
        let organisation = |id: u32| self.input.networks[id as usize].organisation;
        attached
            .windows(2)
            .all(|pair| organisation(pair[0]) == organisation(pair[1]))
    }

    /// Whether the boundaries, links aside, let a probe from one network into another.
    fn boundaries_allow(&self, from: u32, to: u32) -> bool {
        let (a, b) = (
            &self.input.networks[from as usize],
            &self.input.networks[to as usize],
        );
        if a.organisation == b.organisation {
            a.leaves && b.enters
        } else {
            let same_realm = a.realm.is_some() && a.realm == b.realm;
            same_realm && a.leaves && a.leaves_organisation && b.enters_organisation && b.enters
        }
    }
}

fn inside_of(network: &Network) -> (u32, Option<u32>) {
    (network.organisation, network.realm)
}

fn note_sole(sets: &mut [Set], members: &mut [u32], set: u32, member: u32) {
    let (set, members) = (&mut sets[set as usize], &mut members[set as usize]);
    if *members == 0 {
        set.sole = Some(member);
    } else if set.sole != Some(member) {
        set.sole = None;
    }
    *members += 1;
}
