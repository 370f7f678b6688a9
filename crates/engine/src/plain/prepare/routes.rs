//! Where the probes of the uniform streams may go: which sets of networks each kind of host reaches, and how densely
//! it probes them.
//!
//! Hosts attached to the same networks form a *class*. All probes of one scope into one set form a *pool*; active hosts
//! are its sources. A class *feeds* a pool with so many probes per hour and address. Because a set has one realm or one
//! organisation, the classes that feed a pool draw from spaces of the same size, and differ only by how many of their
//! networks lie in it.

use std::collections::BTreeMap;

use crate::plain::prepare::grouped::Grouped;
use crate::plain::prepare::sets::Sets;
use crate::plain::{Input, Scope, Stream};

/// The pools, and which hosts feed them.
#[derive(Clone, Debug)]
pub(crate) struct Routes {
    class_of_host: Vec<u32>,
    covers: Grouped<u32>,
    feeds: Grouped<Feed>,
    pools: Vec<Pool>,
}

/// All probes of one scope into one set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pool {
    /// The set of networks that they are addressed to.
    pub(crate) set: u32,
    /// The most probes per hour that any one host sends to any one address of it.
    pub(crate) probes_per_hour: f64,
}

/// What one host of a class adds to a pool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Feed {
    pub(crate) pool: u32,
    /// Its probes as a share of [`Pool::probes_per_hour`], above 0 and at most 1.
    pub(crate) share: f64,
}

impl Routes {
    pub(crate) fn new(input: &Input, sets: &Sets<'_>) -> Self {
        let (class_of_host, classes) = classify(input);
        let scopes = probes_by_scope(&input.streams);
        let sizes = OrganisationSizes::new(input);

        let mut covers = Grouped::new();
        let mut flows = Grouped::new();
        let mut densest = vec![0.0_f64; sets.count() as usize * scopes.len()];
        for attached in &classes {
            let cover = sets.covering(attached);
            for (number, &(scope, probes_per_hour)) in scopes.iter().enumerate() {
                for &set in &cover {
                    let density: f64 = attached
                        .iter()
                        .filter(|&&start| sets.is_in_scope(set, scope, start))
                        .map(|&start| probes_per_hour / sizes.addresses(input, scope, start))
                        .sum::<f64>()
                        / attached.len() as f64;
                    if density > 0.0 {
                        let key = set as usize * scopes.len() + number;
                        densest[key] = densest[key].max(density);
                        flows.push((key, density));
                    }
                }
            }
            flows.end_group();
            cover.into_iter().for_each(|set| covers.push(set));
            covers.end_group();
        }

        let mut pools = Vec::new();
        let mut pool_of_key = vec![0; densest.len()];
        for (key, &probes_per_hour) in densest.iter().enumerate() {
            if probes_per_hour > 0.0 {
                pool_of_key[key] = pools.len() as u32;
                pools.push(Pool {
                    set: (key / scopes.len()) as u32,
                    probes_per_hour,
                });
            }
        }

        let mut feeds = Grouped::new();
        for class in 0..classes.len() as u32 {
            for &(key, density) in flows.of(class) {
                feeds.push(Feed {
                    pool: pool_of_key[key],
                    share: density / densest[key],
                });
            }
            feeds.end_group();
        }
        Self {
            class_of_host,
            covers,
            feeds,
            pools,
        }
    }

    pub(crate) fn pools(&self) -> &[Pool] {
        &self.pools
    }

    /// The pools of one set, one for each scope that takes it in.
    pub(crate) fn pools_of_set(&self, set: u32) -> std::ops::Range<u32> {
        // Pools are in order of their sets.
        let first = self.pools.partition_point(|pool| pool.set < set);
        let after = self.pools.partition_point(|pool| pool.set <= set);
        first as u32..after as u32
    }

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

/// The scopes of the uniform streams, with the probes per hour of all streams of that scope together.
fn probes_by_scope(streams: &[Stream]) -> Vec<(Scope, f64)> {
    let total = |wanted: Scope| {
        let of_stream = |stream: &Stream| match *stream {
            Stream::Uniform {
                scope,
                probes_per_hour,
            } if scope == wanted => probes_per_hour,
            Stream::Uniform { .. } | Stream::Sweep { .. } => 0.0,
        };
        streams.iter().map(of_stream).sum::<f64>()
    };
    let scopes = [Scope::Network, Scope::Organisation, Scope::Realm];
    scopes
        .map(|scope| (scope, total(scope)))
        .into_iter()
        .filter(|&(_, probes)| probes > 0.0)
        .collect()
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
