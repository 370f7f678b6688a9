//! Which listener is due first: a tournament of times.

/// How many children each position has: as many times as the line of a cache holds.
const WIDTH: usize = 8;

/// Times of a fixed number of entries, each of which can be changed at any time.
#[derive(Clone, Debug, Default)]
pub(in crate::coupled) struct Queue {
    /// Groups of times, the entries' own first; then the least of each group of the level before, and so on.
    groups: Vec<[f64; WIDTH]>,
    /// The first group of each level, from the entries on; the last one has one group.
    levels: Vec<u32>,
}

impl Queue {
    /// So many entries, none of which is ever due.
    pub(in crate::coupled) fn reset(&mut self, count: usize) {
        self.levels.clear();
        let mut total = 0;
        let mut count = count.max(1);
        loop {
            self.levels.push(total as u32);
            count = count.div_ceil(WIDTH);
            total += count;
            if count == 1 {
                break;
            }
        }
        self.groups.clear();
        self.groups.resize(total, [f64::INFINITY; WIDTH]);
    }

    /// The first entry that is due, and when.
    #[inline]
    pub(in crate::coupled) fn first(&self) -> (f64, u32) {
        let mut position = 0;
        let mut time = f64::INFINITY;
        for &level in self.levels.iter().rev() {
            let group = &self.groups[level as usize + position];
            time = least(group);
            let child = group.iter().position(|it| *it == time);
            position = position * WIDTH + child.unwrap_or(0);
        }
        (time, position as u32)
    }

    /// When the first of all other entries is due.
    #[inline]
    pub(in crate::coupled) fn first_but(&self, entry: u32) -> f64 {
        let mut position = entry as usize;
        let mut time = f64::INFINITY;
        for &level in &self.levels {
            let mut group = self.groups[level as usize + position / WIDTH];
            group[position % WIDTH] = time;
            time = least(&group);
            position /= WIDTH;
        }
        time
    }

    /// Changes when an entry is due.
    #[inline]
    pub(in crate::coupled) fn set(&mut self, entry: u32, time: f64) {
        let mut position = entry as usize;
        let mut time = time;
        for &level in &self.levels {
            let group = &mut self.groups[level as usize + position / WIDTH];
            let place = &mut group[position % WIDTH];
            if *place == time {
                return;
            }
            *place = time;
            time = least(group);
            position /= WIDTH;
        }
    }

    /// Changes when an entry is due; [`Queue::settle`] has to follow.
    #[inline]
    pub(in crate::coupled) fn set_unsettled(&mut self, entry: u32, time: f64) {
        let entry = entry as usize;
        self.groups[entry / WIDTH][entry % WIDTH] = time;
    }

    /// Makes up for changes of many entries.
    pub(in crate::coupled) fn settle(&mut self) {
        for pair in 1..self.levels.len() {
            let (below, level) = (self.levels[pair - 1] as usize, self.levels[pair] as usize);
            for group in below..level {
                let position = group - below;
                let time = least(&self.groups[group]);
                self.groups[level + position / WIDTH][position % WIDTH] = time;
            }
        }
    }
}

/// The least of a group. No time is without a value.
#[inline]
fn least(group: &[f64; WIDTH]) -> f64 {
    let lesser = |one: f64, other: f64| if one < other { one } else { other };
    let half = [0, 1, 2, 3].map(|it| lesser(group[it], group[it + 4]));
    lesser(lesser(half[0], half[2]), lesser(half[1], half[3]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Draws;

    #[test]
    fn the_first_is_the_first() {
        let mut draws = Draws::new(1, 1);
        for count in [1, 2, 8, 9, 600] {
            let mut queue = Queue::default();
            queue.reset(count);
            let mut times = vec![f64::INFINITY; count];
            for turn in 0..500 {
                let entry = draws.below(count as u32);
                let time = draws.unit();
                times[entry as usize] = time;
                if turn % 7 == 0 {
                    queue.set_unsettled(entry, time);
                    queue.settle();
                } else {
                    queue.set(entry, time);
                }
                let least = |but: usize| {
                    let others = (0..count).filter(|it| *it != but);
                    others.map(|it| times[it]).fold(f64::INFINITY, f64::min)
                };
                let (first, who) = queue.first();
                assert_eq!(first, least(count));
                assert_eq!(first, times[who as usize]);
                assert_eq!(queue.first_but(entry), least(entry as usize));
            }
        }
    }
}
