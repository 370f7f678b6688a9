//! What a user writes to mean some names.

/// Letters that a name must hold, or a whole name where `*` stands for any letters and `?` for one. Case means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    letters: Vec<char>,
    is_glob: bool,
}

impl Pattern {
    /// A pattern as it was written.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            letters: text.trim().to_lowercase().chars().collect(),
            is_glob: text.contains(['*', '?']),
        }
    }

    /// Whether it means this name.
    #[must_use]
    pub fn means(&self, name: &str) -> bool {
        let name: Vec<char> = name.to_lowercase().chars().collect();
        if !self.is_glob {
            let wanted = &self.letters;
            return wanted.is_empty() || name.windows(wanted.len()).any(|part| part == wanted);
        }
        self.is_whole(&name)
    }

    /// In time that grows with both lengths and no faster, whatever was written.
    fn is_whole(&self, name: &[char]) -> bool {
        let pattern = &self.letters;
        let (mut at, mut of) = (0, 0);
        // Where the last star stood, and how much of the name it has taken.
        let mut star: Option<(usize, usize)> = None;
        while at < name.len() {
            match pattern.get(of) {
                Some('*') => {
                    star = Some((of, at));
                    of += 1;
                }
                Some(letter) if *letter == '?' || *letter == name[at] => {
                    at += 1;
                    of += 1;
                }
                _ => {
                    let Some((back, taken)) = star else {
                        return false;
                    };
                    star = Some((back, taken + 1));
                    of = back + 1;
                    at = taken + 1;
                }
            }
        }
        pattern[of..].iter().all(|letter| *letter == '*')
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn letters_may_stand_anywhere() {
        assert!(Pattern::new("Xray").means("nri-xray-07.ward.example"));
        assert!(Pattern::new("").means("anything"));
        assert!(!Pattern::new("xray").means("nri-mri-07"));
    }

    #[test]
    fn a_pattern_with_stars_means_the_whole_name() {
        for (pattern, name, means) in [
            ("xray-*", "XRAY-07", true),
            ("xray-*", "old-xray-07", false),
            ("*-0?", "xray-07", true),
            ("*-0?", "xray-107", false),
            ("*a*b*", "xxaxxbxx", true),
            ("*", "", true),
            ("?", "", false),
            ("a*", "b", false),
        ] {
            assert_eq!(Pattern::new(pattern).means(name), means, "{pattern} {name}");
        }
    }

    #[test]
    fn many_stars_take_no_longer() {
        let pattern = Pattern::new(&"*a".repeat(200));
        assert!(!pattern.means(&"a".repeat(199)));
    }
}
