//! The names of all draws of a replicate.
//!
//! Each begins with what it is for; then come the hosts, vectors and ordinals that it is about, and nothing that differs
//! between worlds that are compared.

use crate::coupled::prepare::Listener;
use crate::keys::Key;

/// What a draw is for.
#[derive(Clone, Copy, Debug)]
pub(in crate::coupled) enum For {
    Entry,
    Fall,
    Latency,
    Activity,
    Sleep,
    Removal,
    Payload,
    Sweep,
    Call,
    Response,
    Turn,
    Pick,
    Across,
    Source,
}

/// The key of all names that say what for.
pub(in crate::coupled) fn named(root: Key, what: For) -> Key {
    root.of(what as u32)
}

/// The key of the thresholds that a listener's hosts have: the same in each network of a host.
pub(in crate::coupled) fn thresholds(root: Key, listener: &Listener) -> Key {
    let way = u32::from(listener.is_crash) + 2 * u32::from(listener.is_outside());
    named(root, For::Fall).of(4 * listener.vector + way)
}

/// The key of a host's threshold: by the address that is hit, and by how often the host has been infected before.
///
/// `address` is 0 for a host's first network and from outside, and otherwise the network's position and 1.
#[inline]
pub(in crate::coupled) fn threshold(thresholds: Key, host: u32, address: u32, ordinal: u32) -> Key {
    let key = thresholds.of(host);
    if address == 0 && ordinal == 0 {
        key
    } else {
        key.of(address).of(ordinal)
    }
}
