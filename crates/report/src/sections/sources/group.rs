//! Files as lines to read: the members of one archive that one reader read are one line, for an audience that reads no
//! paths all files of one kind.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Moment, Shown, SourceLine};

/// Files that are told as one line.
pub(super) struct Group<'a> {
    /// The archive that holds them; none where they lie in no archive or the audience reads no paths.
    pub(super) archive: Option<&'a str>,
    /// The files, at least one.
    pub(super) lines: Vec<&'a SourceLine>,
}

/// All files in groups, in the order of each group's first file.
pub(super) fn groups(sources: &[SourceLine]) -> Vec<Group<'_>> {
    let mut places: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (index, line) in sources.iter().enumerate() {
        let archive = line.path.as_ref().and_then(|path| archive(path.as_str()));
        let key = match (&line.path, archive) {
            (None, _) => Key::Kind(&line.kind),
            (Some(_), Some(archive)) => Key::Members(archive, &line.kind, &line.speaks_for),
            (Some(_), None) => Key::File(index),
        };
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.lines.push(line),
            None => groups.push(Group {
                archive,
                lines: vec![line],
            }),
        }
    }
    groups
}

/// What two files share if they are told as one line.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    File(usize),
    Members(&'a str, &'a Shown, &'a Option<Vec<Shown>>),
    Kind(&'a Shown),
}

/// The outermost archive in a path, `north/pcs.zip` of `north/pcs.zip/PC-17.txt`.
fn archive(path: &str) -> Option<&str> {
    const ENDING: &str = ".zip";
    let at = path.to_ascii_lowercase().find(&format!("{ENDING}/"))?;
    path.get(..at + ENDING.len())
}

impl<'a> Group<'a> {
    /// The file, where the group is but one.
    pub(super) fn only(&self) -> Option<&'a SourceLine> {
        match self.lines.as_slice() {
            [line] => Some(line),
            _ => None,
        }
    }

    /// The kind, which all of them share.
    pub(super) fn kind(&self) -> Option<&'a Shown> {
        self.lines.first().map(|line| &line.kind)
    }

    /// The tool, where all were written by one.
    pub(super) fn tool(&self) -> Option<&'a Shown> {
        let tools: BTreeSet<_> = self.lines.iter().map(|line| line.tool.as_ref()).collect();
        tools
            .first()
            .copied()
            .flatten()
            .filter(|_| tools.len() == 1)
    }

    /// The oldest and the newest date on which one of them was taken.
    pub(super) fn taken(&self) -> Option<(Moment, Moment)> {
        let dates = || self.lines.iter().filter_map(|line| line.taken_at);
        dates().min().zip(dates().max())
    }

    /// Machines and rows in all of them.
    pub(super) fn records(&self) -> u64 {
        self.lines.iter().map(|line| line.records).sum()
    }

    /// Records that could not be read in all of them.
    pub(super) fn skipped(&self) -> u64 {
        self.lines.iter().map(|line| line.skipped).sum()
    }

    /// How many of them are not whole.
    pub(super) fn cut(&self) -> usize {
        self.lines.iter().filter(|line| !line.whole).count()
    }

    /// Who they may speak for, taken together; none means that one of them may speak for everyone.
    pub(super) fn speaks_for(&self) -> Option<Vec<&'a Shown>> {
        let mut names = BTreeSet::new();
        for line in &self.lines {
            names.extend(line.speaks_for.as_ref()?);
        }
        Some(names.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::archive;

    #[test]
    fn the_outermost_archive_is_the_one_that_lies_in_the_folder() {
        assert_eq!(archive("north/pcs.zip/PC-17.txt"), Some("north/pcs.zip"));
        assert_eq!(archive("A.ZIP/b.zip/c"), Some("A.ZIP"));
        assert_eq!(archive("north/pcs.zip"), None);
        assert_eq!(archive("north/zip/pc.txt"), None);
    }
}
