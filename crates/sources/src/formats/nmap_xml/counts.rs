//! What is counted of the hosts of a scan.

use wardround_evidence::{Port, PortState, Protocol};

use super::host::{Host, Status};
use crate::Sink;

/// Counts so far; the sink is told them once, for a scan has many hosts.
#[derive(Default)]
pub(super) struct Counts {
    hosts: u64,
    up: u64,
    down: u64,
    open_tcp: u64,
    open_udp: u64,
    open_or_filtered: u64,
    with_smb: u64,
    with_remote_desktop: u64,
    /// IPv4, IPv6, Ethernet.
    addresses: [u64; 3],
}

impl Counts {
    /// Adds a host whose element has ended.
    pub(super) fn add(&mut self, host: &Host) {
        self.hosts += 1;
        self.up += u64::from(host.is_up());
        self.down += u64::from(host.status == Some(Status::Down));
        let (mut smb, mut remote_desktop) = (false, false);
        for (port, state) in &host.ports {
            match (state, port.protocol) {
                (PortState::Open, Protocol::Tcp) => self.open_tcp += 1,
                (PortState::Open, Protocol::Udp) => self.open_udp += 1,
                (PortState::OpenOrFiltered, _) => self.open_or_filtered += 1,
                _ => {}
            }
            if *state == PortState::Open {
                smb |= *port == Port::tcp(445);
                remote_desktop |= *port == Port::tcp(3389);
            }
        }
        self.with_smb += u64::from(smb);
        self.with_remote_desktop += u64::from(remote_desktop);
        for (all, more) in self.addresses.iter_mut().zip(host.addresses) {
            *all += more;
        }
    }

    /// Tells the sink.
    pub(super) fn tell(&self, sink: &mut Sink) {
        for (what, count) in [
            ("host_elements", self.hosts),
            ("hosts_up", self.up),
            ("hosts_down", self.down),
        ] {
            sink.count(what, count);
        }
        if self.hosts == 0 {
            return;
        }
        for (what, count) in [
            ("open_ports_tcp", self.open_tcp),
            ("open_ports_udp", self.open_udp),
            ("open_filtered_ports", self.open_or_filtered),
            ("hosts_with_tcp445_open", self.with_smb),
            ("hosts_with_tcp3389_open", self.with_remote_desktop),
            ("addresses_ipv4", self.addresses[0]),
            ("addresses_ipv6", self.addresses[1]),
            ("addresses_mac", self.addresses[2]),
        ] {
            sink.count(what, count);
        }
    }
}
