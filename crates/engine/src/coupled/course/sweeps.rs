//! Sweeps: each address of every attached network once.
//!
//! Only the probes that infect or crash a host, as it is when the sweep comes to its network, are put down; that they
//! would is drawn at once, and whether they still can is asked at their moment.

use crate::Watch;
use crate::coupled::course::names::For;
use crate::coupled::course::timers::Happening;
use crate::coupled::course::{Course, Status};

impl<W: Watch> Course<'_, W> {
    pub(in crate::coupled) fn begin_sweeps(&mut self, host: u32) {
        if self.prepared.sweeps.is_empty() {
            return;
        }
        let life = &mut self.scratch.lives[host as usize];
        life.is_sweeping = true;
        life.sweeps += 1;
        let class = usize::from(self.scratch.classes[host as usize]);
        let carries = &self.prepared.input.classes[class].carries;
        for (stream, &(vector, _)) in (0..).zip(&self.prepared.sweeps) {
            if carries[vector as usize] {
                self.sweep_comes(host, stream, 0);
            }
        }
    }

    /// A sweep comes to one of its host's networks.
    pub(in crate::coupled) fn sweep_comes(&mut self, host: u32, stream: u32, position: u32) {
        let prepared = self.prepared;
        let mut networks = prepared.input.networks_of(host).skip(position as usize);
        let Some(network) = networks.next() else {
            return;
        };
        let (vector, probes_per_hour) = prepared.sweeps[stream as usize];
        let sweep = self.scratch.lives[host as usize].sweeps;
        let takes = prepared.input.networks[network as usize].addresses / probes_per_hour;
        if networks.next().is_some() {
            let comes = Happening::SweepComes {
                host,
                sweep,
                stream,
                position: position + 1,
            };
            self.at(self.now + takes, comes);
        }
        let name = self.name(For::Sweep, host).of(sweep).of(stream).of(network);
        for &to in prepared.members.of(network) {
            if self.scratch.statuses[to as usize] != Status::Susceptible {
                continue;
            }
            let [infects, crashes] = self.chance(to, vector);
            if infects + crashes == 0.0 {
                continue;
            }
            let key = name.of(to);
            let drawn = key.unit();
            if drawn < infects + crashes {
                let hours = self.now + takes * key.of(0).unit();
                let hits = Happening::SweepHits {
                    from: host,
                    to,
                    sweep,
                    vector,
                    infections: self.infections(to),
                    is_crash: drawn >= infects,
                };
                self.at(hours, hits);
            }
        }
    }
}
