//! What a field of a profile looks like, for messages that teach.

use super::vector::is_family;

/// An example for each field that a profile may lack or get wrong.
const EXAMPLES: [(&str, &str); 40] = [
    ("id", "id = \"next-worm\""),
    ("title", "title = \"The next worm\""),
    ("hypothetical", "hypothetical = true"),
    (
        "about",
        "about = \"It goes from Windows to Windows through a flaw in file sharing.\"",
    ),
    ("port", "port = \"445/tcp\""),
    (
        "latency_hours",
        "latency_hours = { low = 0.01, high = 0.25, basis = \"assumed\", source = \"as quick as WannaCry\" }",
    ),
    (
        "removal_mean_hours",
        "removal_mean_hours = { low = 24.0, high = 72.0, basis = \"assumed\", source = \"machines are restarted\" }",
    ),
    (
        "entry",
        "[entry]; kind = \"workstation\"; about = \"Someone opens an attachment.\"",
    ),
    ("kind", "kind = \"sweep\""),
    (
        "vector",
        "[[vector]] with id, title, about, closed_by, patch_closes and [vector.success]",
    ),
    (
        "closed_by",
        "closed_by = [\"updated_since\", \"not_listening\"]",
    ),
    ("fixed_days_ago", "fixed_days_ago = 30"),
    ("fixed_on", "fixed_on = \"2019-05-14\""),
    ("patch_closes", "patch_closes = true"),
    ("carried_by", "carried_by = \"credentials\""),
    (
        "credentials",
        "[vector.credentials]; share = { low = 0.05, high = 0.5, basis = \"assumed\", source = \"no survey was found\" }",
    ),
    (
        "share",
        "share = { low = 0.05, high = 0.5, basis = \"assumed\", source = \"no survey was found\" }",
    ),
    (
        "service_share",
        "service_share = { low = 0.001, high = 0.02, basis = \"assumed\", source = \"few machines run it\" }",
    ),
    (
        "success",
        "[vector.success]; xp_2003 = { low = 0.2, high = 0.6, basis = \"assumed\", source = \"why\" }",
    ),
    (
        "stream",
        "[[stream]]; kind = \"sweep\"; probes_per_hour = { low = 3600.0, high = 36000.0, basis = \"assumed\", source = \"why\" }",
    ),
    ("scope", "scope = \"organisation\""),
    (
        "addresses",
        "addresses = { low = 3741319168.0, high = 3741319168.0, basis = \"derived\", source = \"IPv4 without what is never probed\" }",
    ),
    (
        "probes_per_hour",
        "probes_per_hour = { low = 3600.0, high = 36000.0, basis = \"assumed\", source = \"as WannaCry\" }",
    ),
    (
        "attempts_per_hour",
        "attempts_per_hour = { low = 0.1, high = 10.0, basis = \"assumed\", source = \"why\" }",
    ),
    ("along", "along = \"log_ons\""),
    (
        "dwell",
        "[dwell]; about = \"People look around first.\"; hours = { low = 24.0, high = 1440.0, basis = \"assumed\", source = \"why\" }",
    ),
    (
        "hours",
        "hours = { low = 24.0, high = 1440.0, basis = \"assumed\", source = \"why\" }",
    ),
    (
        "mean_hours",
        "mean_hours = { low = 0.5, high = 2.0, basis = \"assumed\", source = \"why\" }",
    ),
    ("stops_spread", "stops_spread = true"),
    (
        "payload",
        "[payload]; about = \"It encrypted the disk.\"; mean_hours = { low = 0.5, high = 2.0, basis = \"assumed\", source = \"why\" }; stops_spread = true",
    ),
    (
        "to_dormant_per_hour",
        "to_dormant_per_hour = { low = 0.1, high = 1.0, basis = \"assumed\", source = \"why\" }",
    ),
    (
        "to_active_per_hour",
        "to_active_per_hour = { low = 0.1, high = 1.0, basis = \"assumed\", source = \"why\" }",
    ),
    (
        "from_hour",
        "from_hour = { low = 0.0, high = 0.0, basis = \"assumed\", source = \"from the beginning\" }",
    ),
    ("low", "low = 0.2"),
    ("high", "high = 0.6"),
    ("basis", "basis = \"sourced\", \"derived\" or \"assumed\""),
    (
        "source",
        "source = \"the reference, the working, or why the range is assumed\"",
    ),
    (
        "confidence",
        "confidence = \"high\", \"moderate\", \"low\", \"stated\", \"charged\", \"convicted\" or \"denied\"",
    ),
    ("date", "date = \"2017-12-19\""),
    (
        "url",
        "url = \"https://nvd.nist.gov/vuln/detail/CVE-2017-0144\"",
    ),
];

/// The example for a field as a hint.
pub(super) fn example(field: &str) -> Option<String> {
    if is_family(field) {
        return Some(format!(
            "for example: {field} = {{ low = 0.2, high = 0.6, basis = \"assumed\", source = \"why\" }}"
        ));
    }
    EXAMPLES
        .iter()
        .find(|(name, _)| *name == field)
        .map(|(_, example)| format!("for example: {example}"))
}

/// The known word that a wrong one most resembles, where it is close enough to be a slip.
pub(super) fn nearest<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    // A long text is no slip of a short word, and comparing it would take long.
    if wrong.len() > 40 {
        return None;
    }
    known
        .iter()
        .map(|word| (distance(wrong, word), *word))
        .min()
        .filter(|(distance, word)| *distance <= word.chars().count().div_ceil(3))
        .map(|(_, word)| word)
}

/// How many letters must be put in, taken out or changed (Levenshtein 1966).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = index + 1;
        for (column, wanted) in other.iter().enumerate() {
            let above = row[column + 1];
            row[column + 1] = (corner + usize::from(letter != *wanted))
                .min(above + 1)
                .min(row[column] + 1);
            corner = above;
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn slips_find_their_word_and_strangers_none() {
        let known = ["probes_per_hour", "scope", "vector", "kind"];
        assert_eq!(nearest("probes_per_hours", &known), Some("probes_per_hour"));
        assert_eq!(nearest("scpoe", &known), Some("scope"));
        assert_eq!(nearest("command", &known), None);
        assert_eq!(nearest(&"x".repeat(100_000), &known), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
