//! Entries that are nearly always no more than one.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Entries in the order of their keys. The lowest stands in place, so that one alone takes no room elsewhere, where a tree
/// would take room for eleven.
#[derive(Clone, Debug)]
pub(super) struct Few<K, V = ()> {
    lowest: Option<(K, V)>,
    others: BTreeMap<K, V>,
}

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self {
            lowest: None,
            others: BTreeMap::new(),
        }
    }
}

impl<K: Ord, V: Default> Few<K, V> {
    /// The value of a key, which is there from now on.
    pub(super) fn entry(&mut self, key: K) -> &mut V {
        let Some((lowest, value)) = self.lowest.take() else {
            return &mut self.lowest.insert((key, V::default())).1;
        };
        match key.cmp(&lowest) {
            Ordering::Less => {
                self.others.insert(lowest, value);
                &mut self.lowest.insert((key, V::default())).1
            }
            Ordering::Equal => &mut self.lowest.insert((lowest, value)).1,
            Ordering::Greater => {
                self.lowest = Some((lowest, value));
                self.others.entry(key).or_default()
            }
        }
    }
}

impl<K: Ord, V> Few<K, V> {
    pub(super) fn is_empty(&self) -> bool {
        self.lowest.is_none()
    }

    pub(super) fn len(&self) -> usize {
        usize::from(self.lowest.is_some()) + self.others.len()
    }

    pub(super) fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        let is_lowest = |(lowest, _): &(K, V)| lowest.borrow() == key;
        self.lowest.as_ref().is_some_and(is_lowest) || self.others.contains_key(key)
    }

    /// Whether a key stands in both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let (fewer, more) = if self.len() < other.len() {
            (self, other)
        } else {
            (other, self)
        };
        fewer.keys().any(|key| more.contains(key))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        let lowest = self.lowest.iter().map(|(key, value)| (key, value));
        lowest.chain(&self.others)
    }

    /// In order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    pub(super) fn into_keys(self) -> impl Iterator<Item = K> {
        self.into_entries().map(|(key, _)| key)
    }

    pub(super) fn into_entries(self) -> impl Iterator<Item = (K, V)> {
        self.lowest.into_iter().chain(self.others)
    }
}

impl<K: Ord> Extend<K> for Few<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        for key in keys {
            self.entry(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::Few;

    proptest! {
        #[test]
        fn it_is_a_sorted_map(keys in vec(0u8..6, 0..8), others in vec(0u8..6, 0..8)) {
            let (mut few, mut map) = (Few::<u8, u32>::default(), BTreeMap::<u8, u32>::new());
            for key in keys {
                *few.entry(key) += 1;
                *map.entry(key).or_default() += 1;
            }
            prop_assert_eq!(few.is_empty(), map.is_empty());
            prop_assert_eq!(few.len(), map.len());
            prop_assert_eq!(few.iter().collect::<Vec<_>>(), map.iter().collect::<Vec<_>>());
            for key in 0..6 {
                prop_assert_eq!(few.contains(&key), map.contains_key(&key));
            }
            let mut second = Few::default();
            for key in &others {
                second.entry(*key);
            }
            prop_assert_eq!(few.meets(&second), others.iter().any(|key| map.contains_key(key)));
            prop_assert_eq!(few.into_entries().collect::<Vec<_>>(), map.into_iter().collect::<Vec<_>>());
        }
    }
}
