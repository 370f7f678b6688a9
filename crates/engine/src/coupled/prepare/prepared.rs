//! An input, checked and indexed.

use crate::coupled::Scratch;
use crate::coupled::course::Course;
use crate::coupled::prepare::listeners::is_probed;
use crate::coupled::prepare::{
    ClockIds, Contacts, Ground, Grouped, Listeners, NONE, Profiles, Week,
};
use crate::{Dormancy, Input, InputError, StreamKind, Watch};

/// An input that the coupled sampler can sample again and again.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    pub(in crate::coupled) input: &'a Input,
    pub(in crate::coupled) ground: Ground,
    pub(in crate::coupled) clocks: ClockIds,
    pub(in crate::coupled) profiles: Profiles,
    /// The hosts attached to each network.
    pub(in crate::coupled) members: Grouped<u32>,
    /// The hosts of each organisation.
    pub(in crate::coupled) staffed: Grouped<u32>,
    pub(in crate::coupled) listeners: Listeners,
    pub(in crate::coupled) contacts: Contacts,
    pub(in crate::coupled) week: Week,
    /// Vector and probes per hour of each sweep.
    pub(in crate::coupled) sweeps: Vec<(u32, f64)>,
    /// The class of each host at the beginning.
    pub(in crate::coupled) classes: Vec<u16>,
    /// The vectors with uniform streams that each class carries.
    pub(in crate::coupled) carried: Vec<Vec<u32>>,
    /// The chance that a hit infects and that it crashes, by class and vector.
    pub(in crate::coupled) chances: Vec<[f64; 2]>,
    /// Whether anything happens to an infected host but that it probes for ever from then on.
    pub(in crate::coupled) has_lives: bool,
}

impl<'a> Prepared<'a> {
    /// Checks and indexes an input.
    ///
    /// # Errors
    ///
    /// If the input could not be sampled as it describes.
    pub fn new(input: &'a Input) -> Result<Self, InputError> {
        crate::check::check(input)?;
        let ground = Ground::new(input);
        let clocks = ClockIds::new(&ground, input.realms.len());
        let hosts = || (0..).zip(&input.hosts);
        let first = hosts().filter_map(|(id, host)| host.network.map(|network| (network, id)));
        let further = input.further.iter().map(|more| (more.network, more.host));
        let members = Grouped::new(input.networks.len(), first.chain(further));
        let staffed = hosts().filter_map(|(id, host)| {
            let network = &ground.places[host.network? as usize];
            Some((network.organisation, id))
        });
        let staffed = Grouped::new(input.organisations.len(), staffed);
        let sweeps = input.streams.iter();
        let sweeps: Vec<(u32, f64)> = sweeps
            .filter(|it| it.kind == StreamKind::Sweep && it.probes_per_hour > 0.0)
            .map(|it| (it.vector.into(), it.probes_per_hour))
            .collect();
        let openings = input.classes.iter().flat_map(|class| &class.openings);
        let chances = openings.map(|it| [it.success.into(), it.crash_chance()]);
        let carried = input.classes.iter().map(|class| {
            let vectors = (0..).zip(&class.carries);
            let carries = vectors.filter(|it| *it.1).map(|it| it.0);
            carries.filter(|&vector| is_probed(input, vector)).collect()
        });
        let silent = Dormancy {
            falls_per_hour: 0.0,
            wakes_per_hour: 0.0,
        };
        let has_lives = input.latency != crate::Delay::Fixed(0.0)
            || input.dormancy.unwrap_or(silent).falls_per_hour > 0.0
            || input.removal_mean_hours.is_some()
            || input.payload.is_some()
            || input.kill_switch.is_some()
            || !input.contacts.is_empty()
            || !sweeps.is_empty()
            || !input.schedules.is_empty()
            || input.organisations.iter().any(|it| it.response.is_some());
        Ok(Self {
            profiles: Profiles::new(input, &ground),
            listeners: Listeners::new(input, &ground, clocks, &members),
            contacts: Contacts::new(input),
            week: Week::new(input),
            chances: chances.collect(),
            classes: input.hosts.iter().map(|host| host.class).collect(),
            carried: carried.collect(),
            input,
            ground,
            clocks,
            members,
            staffed,
            sweeps,
            has_lives,
        })
    }

    /// Whether a hit by a vector infects a host of a class, and whether it crashes it: the two chances.
    #[inline]
    pub(in crate::coupled) fn chance(&self, class: u16, vector: u32) -> [f64; 2] {
        self.chances[usize::from(class) * self.ground.vectors + vector as usize]
    }

    /// A host's first network.
    #[inline]
    pub(in crate::coupled) fn network(&self, host: u32) -> Option<u32> {
        let profile = self.profiles.of_host[host as usize];
        if (profile as usize) < self.ground.places.len() {
            return Some(profile);
        }
        self.input.hosts[host as usize].network
    }

    /// What names the address of a host in a network: 0 for its first one, and from outside.
    pub(in crate::coupled) fn address(&self, host: u32, network: u32) -> u32 {
        if network == NONE || self.network(host) == Some(network) {
            0
        } else {
            network + 1
        }
    }

    /// Draws one outbreak and tells it to whoever watches. The same (input, seed, replicate) always gives the same,
    /// whatever `scratch` was used for.
    pub fn sample(&self, seed: u64, replicate: u64, scratch: &mut Scratch, watch: &mut impl Watch) {
        Course::new(self, seed, replicate, scratch, watch).run();
    }
}
