//! Where the probes of the uniform streams may go: which sets of networks each kind of host reaches, and how densely
//! it probes them.
//!
//! Hosts attached to the same networks form a *class*. A class *feeds* a set with so many probes per hour and address,
//! those of all streams together.

use std::collections::BTreeMap;

use crate::prepare::grouped::Grouped;
use crate::prepare::sets::Sets;
use crate::{Input, Scope, Stream};

/// The classes and what they feed.
#[derive(Clone, Debug)]
pub(crate) struct Routes {
    class_of_host: Vec<u32>,
    covers: Grouped<u32>,
    feeds: Grouped<Feed>,
    /// For each set, the most probes per hour that any one host sends to any one address of it.
    densest: Vec<f64>,
}

/// What one host of a class sends into a set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Feed {
    pub(crate) set: u32,
    /// Its probes per hour and address as a share of the densest of any class, above 0 and at most 1.
    pub(crate) share: f64,
}

impl Routes {
    pub(crate) fn new(input: &Input, sets: &Sets<'_>) -> Self {
        let (class_of_host, classes) = classify(input);
        let streams: Vec<(Scope, f64)> = input.streams.iter().filter_map(uniform).collect();
        let sizes = OrganisationSizes::new(input);

        let density = |attached: &[u32], set: u32| -> f64 {
            let of_stream = |&(scope, probes_per_hour): &(Scope, f64)| {
                let starts = attached
                    .iter()
                    .filter(|&&start| sets.is_in_scope(set, scope, start));
                let spaces = starts.map(|&start| sizes.addresses(input, scope, start));
                spaces.map(|space| probes_per_hour / space).sum::<f64>()
            };
            streams.iter().map(of_stream).sum::<f64>() / attached.len() as f64
        };

        let mut covers = Grouped::new();
        let mut densities = Grouped::new();
        let mut densest = vec![0.0_f64; sets.count() as usize];
        for attached in &classes {
            for set in sets.covering(attached) {
                let density = density(attached, set);
                densest[set as usize] = densest[set as usize].max(density);
                densities.push(density);
                covers.push(set);
            }
            densities.end_group();
            covers.end_group();
        }
        let mut feeds = Grouped::new();
        for class in 0..classes.len() as u32 {
            for (&set, &density) in covers.of(class).iter().zip(densities.of(class)) {
                let share = density / densest[set as usize];
                if share > 0.0 {
                    feeds.push(Feed { set, share });
                }
            }
            feeds.end_group();
        }
        Self {
            class_of_host,
            covers,
            feeds,
            densest,
        }
    }

    /// The most probes per hour that any one host sends to any one address of a set.
    #[inline]
    pub(crate) fn densest(&self, set: u32) -> f64 {
        self.densest[set as usize]
    }

    /// How many sets there are.
    pub(crate) fn set_count(&self) -> usize {
        self.densest.len()
    }

    /// What a host feeds while it is active.
    #[inline]
    pub(crate) fn feeds_of_host(&self, host: u32) -> &[Feed] {
        self.feeds.of(self.class_of_host[host as usize])
    }

    /// Whether a host's probes to a network that is in these sets count with `set`.
    ///
    /// They count with the first set of the host's cover that holds the network, so that no address is probed twice as
    /// often because two sets hold it.
    #[inline]
    pub(crate) fn counts_with(&self, host: u32, set: u32, sets_of_network: &[u32; 3]) -> bool {
        self.first_cover(host, sets_of_network) == Some(set)
    }

    /// Whether a host reaches a network that is in these sets.
    pub(crate) fn covers(&self, host: u32, sets_of_network: &[u32; 3]) -> bool {
        self.first_cover(host, sets_of_network).is_some()
    }

    #[inline]
    fn first_cover(&self, host: u32, sets_of_network: &[u32; 3]) -> Option<u32> {
        let cover = self.covers.of(self.class_of_host[host as usize]);
        // Most covers have two to four sets.
        let is_covered = |set: &u32| match cover.len() {
            0..=8 => cover.contains(set),
            _ => cover.binary_search(set).is_ok(),
        };
        sets_of_network.iter().copied().find(is_covered)
    }
}

fn uniform(stream: &Stream) -> Option<(Scope, f64)> {
    match *stream {
        Stream::Uniform {
            scope,
            probes_per_hour,
        } => Some((scope, probes_per_hour)),
        Stream::Sweep { .. } => None,
    }
}

/// The class of each host, and the networks of each class.
fn classify(input: &Input) -> (Vec<u32>, Vec<Vec<u32>>) {
    // The first classes are the networks themselves, for hosts attached to only one.
    let mut classes: Vec<Vec<u32>> = (0..input.networks.len() as u32)
        .map(|id| vec![id])
        .collect();
    let mut numbered: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    let class_of_host = input
        .hosts
        .iter()
        .map(|host| match *host.networks.as_slice() {
            [only] => only,
            ref several => {
                let mut attached = several.to_vec();
                attached.sort_unstable();
                *numbered.entry(attached).or_insert_with_key(|attached| {
                    classes.push(attached.clone());
                    classes.len() as u32 - 1
                })
            }
        });
    (class_of_host.collect(), classes)
}

/// How many addresses each organisation's networks hold together.
struct OrganisationSizes(BTreeMap<u32, f64>);

impl OrganisationSizes {
    fn new(input: &Input) -> Self {
        let mut sizes = BTreeMap::new();
        for network in &input.networks {
            *sizes.entry(network.organisation).or_insert(0.0) += network.addresses;
        }
        Self(sizes)
    }

    /// The size of the address space that a probe from `start` is drawn from.
    fn addresses(&self, input: &Input, scope: Scope, start: u32) -> f64 {
        let network = &input.networks[start as usize];
        let realm = network
            .realm
            .map(|realm| input.realms[realm as usize].addresses);
        match scope {
            Scope::Network => network.addresses,
            Scope::Organisation => self.0[&network.organisation],
            Scope::Realm => realm.unwrap_or(f64::INFINITY),
        }
    }
}
