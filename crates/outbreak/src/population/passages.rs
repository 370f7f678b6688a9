//! Enforcement points whose rules nobody knows.

use std::collections::BTreeMap;

use rand_distr::{Beta, Distribution};
use wardround_estate::{OrganisationId, Passage};
use wardround_evidence::Direction;

use super::draw::Draw;
use super::effect::Point;
use super::unknowns::PassagePrior;
use super::world::Settle;
use crate::draws::{Decides, generator, unit};

/// Settles enforcement points: each organisation has a share of points that let the port pass, drawn once per world.
pub(super) struct Passages<'a> {
    draw: Draw<'a>,
    shares: BTreeMap<(OrganisationId, bool), f64>,
}

impl<'a> Passages<'a> {
    pub(super) const fn new(draw: Draw<'a>) -> Self {
        Self {
            draw,
            shares: BTreeMap::new(),
        }
    }

    pub(super) fn passes(
        &mut self,
        known: Passage,
        point: Point,
        organisation: OrganisationId,
    ) -> bool {
        match (known, self.draw.settle) {
            (Passage::Allowed, _) | (Passage::Unknown, Settle::Against) => true,
            (Passage::Denied, _) | (Passage::Unknown, Settle::InFavour) => false,
            (Passage::Unknown, Settle::Drawn) => {
                let border = matches!(point, Point::Border(..));
                let share = self.share(organisation, border);
                let draw = self.draw;
                unit(
                    draw.seed,
                    draw.worlds.unknowns,
                    Decides::Passage,
                    &point_key(point),
                ) < share
            }
        }
    }

    fn share(&mut self, organisation: OrganisationId, border: bool) -> f64 {
        let draw = self.draw;
        *self
            .shares
            .entry((organisation, border))
            .or_insert_with(|| {
                let rules = &draw.population.rules;
                let PassagePrior {
                    mean_allowed,
                    certainty_points,
                } = if border { rules.border } else { rules.boundary };
                let key = [u64::from(organisation.0), u64::from(border)];
                Beta::new(
                    mean_allowed * certainty_points,
                    (1.0 - mean_allowed) * certainty_points,
                )
                .map_or(mean_allowed, |beta| {
                    beta.sample(&mut generator(
                        draw.seed,
                        draw.worlds.unknowns,
                        Decides::PassageShare,
                        &key,
                    ))
                })
            })
    }
}

fn point_key(point: Point) -> [u64; 3] {
    let way = |direction| u64::from(direction == Direction::In);
    match point {
        Point::Border(organisation, direction) => [0, u64::from(organisation.0), way(direction)],
        Point::Boundary(network, direction) => [1, u64::from(network.0), way(direction)],
    }
}
