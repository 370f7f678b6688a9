//! Bundles that somebody changed, made from a fixed seed, each with what a refusal must say of it.

use base64ct::{Base64, Encoding};

use super::made::{self, ENVELOPE, PAYLOAD_TYPE, Part, Says};

/// SplitMix64 (Steele, Lea and Flood 2014): small, and the same everywhere.
pub(super) struct Draws(pub(super) u64);

impl Draws {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn of<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        &some[self.below(some.len())]
    }
}

/// A sound bundle.
#[derive(Clone)]
pub(super) struct Sound {
    pub(super) says: Says,
    /// The envelope, then the members.
    pub(super) parts: Vec<Part>,
}

impl Sound {
    pub(super) fn new(kind: &str, created: &str, members: &[Part]) -> Self {
        let says = Says::new(kind, created, members);
        let mut parts = vec![made::sealed(&made::key(1), &says.json())];
        parts.extend_from_slice(members);
        Self { says, parts }
    }

    pub(super) fn file(&self) -> Vec<u8> {
        made::file(&self.parts)
    }

    /// A place among the members.
    fn member(&self, draws: &mut Draws) -> usize {
        1 + draws.below(self.parts.len() - 1)
    }
}

/// What a refusal must say.
#[derive(Debug)]
pub(super) enum Words {
    /// These lines and no others, whatever their order.
    Exactly(Vec<String>),
    /// A line that begins so, and holds this.
    Among(String, String),
    /// A line that begins with one of these.
    OneOf(Vec<String>),
}

/// A changed bundle.
pub(super) struct Case {
    pub(super) kind: &'static str,
    pub(super) file: Vec<u8>,
    pub(super) words: Words,
}

fn among(begin: &str, name: &str) -> Words {
    Words::Among(begin.to_owned(), name.to_owned())
}

fn exactly(line: String) -> Words {
    Words::Exactly(vec![line])
}

fn does_not_fit() -> String {
    let keyid = made::keyid(&made::key(1));
    format!("signature does not fit: it was not made by the key {keyid} for this manifest")
}

fn unknown_key(seed: u8) -> String {
    let keyid = made::keyid(&made::key(seed));
    format!("unknown key: it says that the key {keyid} signed it, which is not trusted")
}

type Change = fn(&Sound, &Sound, &mut Draws) -> (Vec<u8>, Words);

/// Every kind of change, and how many cases there are of it: 1,000 together. A change gets a bundle and another one that the
/// same key signed.
pub(super) const KINDS: [(&str, usize, Change); 20] = [
    ("a flipped byte", 250, flipped),
    ("cut short", 130, truncated),
    ("members swapped", 50, swapped),
    ("a member moved", 30, moved),
    ("a member dropped", 50, dropped),
    ("a member doubled", 50, doubled),
    ("a member added", 50, added),
    ("a member replaced", 50, replaced),
    ("the manifest edited", 60, manifest_edited),
    (
        "the manifest edited and signed by the trusted key",
        40,
        manifest_resigned,
    ),
    ("the envelope edited", 40, envelope_edited),
    ("signed by another key", 30, another_key),
    (
        "signed by another key in the trusted key's name",
        20,
        in_its_name,
    ),
    ("a signature moved", 20, signature_moved),
    ("unsigned", 10, unsigned),
    ("a second signature", 10, second_signature),
    ("another payload type", 20, payload_type),
    ("bytes appended", 40, appended),
    ("another bundle's envelope", 20, another_envelope),
    ("a header with more to say", 30, odd_header),
];

fn flipped(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut file = sound.file();
    let at = draws.below(file.len());
    file[at] ^= u8::try_from(1 + draws.below(255)).unwrap();
    let words = match where_is(sound, at) {
        Where::Header(name) => Words::OneOf(vec![
            format!("header damaged: that of `{name}`"),
            format!("not canonical: the header of `{name}` has its own "),
        ]),
        Where::Contents(ENVELOPE) => {
            let begins = [
                "envelope malformed: ",
                "payload type: ",
                "unknown key: ",
                "signature does not fit: ",
                "manifest malformed: ",
            ];
            Words::OneOf(begins.map(str::to_owned).to_vec())
        }
        Where::Contents(name) => exactly(format!(
            "member changed: the digest of `{name}` is not that of the manifest"
        )),
        Where::Padding(name) => exactly(format!(
            "not canonical: the padding after `{name}` is not empty"
        )),
        Where::End => among("not canonical: the end mark is damaged", ""),
    };
    (file, words)
}

enum Where<'a> {
    Header(&'a str),
    Contents(&'a str),
    Padding(&'a str),
    End,
}

fn where_is(sound: &Sound, at: usize) -> Where<'_> {
    let mut start = 0;
    for part in &sound.parts {
        let contents = start + 512;
        let end = contents + part.bytes.len();
        match at {
            _ if at < contents => return Where::Header(&part.name),
            _ if at < end => return Where::Contents(&part.name),
            _ if at < end.next_multiple_of(512) => return Where::Padding(&part.name),
            _ => start = end.next_multiple_of(512),
        }
    }
    Where::End
}

fn truncated(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut file = sound.file();
    let length = draws.below(file.len());
    file.truncate(length);
    // A file that ends with a header has lost what the header is of.
    let words = match length.checked_sub(1).map(|last| where_is(sound, last)) {
        Some(Where::Contents(name) | Where::Padding(name)) => {
            let ended = !matches!(
                where_is(sound, length),
                Where::Contents(_) | Where::Padding(_)
            );
            if ended {
                among("truncated: the file ends before its end mark", "")
            } else {
                among("truncated: the file ends inside", &format!("`{name}`"))
            }
        }
        Some(Where::Header(name)) if length.is_multiple_of(512) => {
            among("truncated: the file ends inside", &format!("`{name}`"))
        }
        _ => among("truncated: the file ends before its end mark", ""),
    };
    (file, words)
}

fn swapped(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let one = sound.member(draws);
    let other = 1 + (one + draws.below(parts.len() - 2)) % (parts.len() - 1);
    parts.swap(one, other);
    let line = |name: &str, wanted: &str| {
        format!("members reordered: `{name}` stands where `{wanted}` belongs")
    };
    let (one, other) = (&parts[one].name, &parts[other].name);
    let words = Words::Exactly(vec![line(one, other), line(other, one)]);
    (made::file(&parts), words)
}

fn moved(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let envelope = parts.remove(0);
    parts.insert(1 + draws.below(parts.len()), envelope);
    let words = exactly(format!(
        "unsigned: the first member is `{}` and not the envelope",
        parts[0].name
    ));
    (made::file(&parts), words)
}

fn dropped(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let gone = parts.remove(draws.below(parts.len()));
    let words = if gone.name == ENVELOPE {
        among("unsigned: the first member is", &parts[0].name)
    } else {
        exactly(format!("member missing: `{}`", gone.name))
    };
    (made::file(&parts), words)
}

fn doubled(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let place = sound.member(draws);
    let mut copy = parts[place].clone();
    if draws.below(2) == 0 && !copy.bytes.is_empty() {
        copy.bytes[0] ^= 1;
    }
    let words = exactly(format!("member doubled: `{}` is there 2 times", copy.name));
    let later = place + 1 + draws.below(parts.len() - place);
    parts.insert(later, copy);
    (made::file(&parts), words)
}

fn added(sound: &Sound, other: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let number = draws.next();
    let of_the_other = other.parts[other.member(draws)].name.clone();
    let long = format!("segments/{number:064x}.parquet");
    let mut names = vec![
        long,
        format!("forgotten/{number:064x}.toml"),
        format!("../{number}"),
        format!("/etc/{number}"),
        format!("notes-{number}.txt"),
        "wardround-store".to_owned(),
    ];
    if !sound.parts.iter().any(|part| part.name == of_the_other) {
        names.push(of_the_other);
    }
    let name = draws.of(&names).clone();
    let bytes = vec![7; draws.below(1500)];
    let place = 1 + draws.below(parts.len());
    parts.insert(place, Part::new(&name, &bytes));
    let line = format!("member extra: `{name}` is not in the manifest");
    (made::file(&parts), among(&line, ""))
}

fn replaced(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let place = sound.member(draws);
    let name = parts[place].name.clone();
    let mut bytes = parts[place].bytes.clone();
    let what = if draws.below(2) == 0 {
        bytes.resize(draws.below(bytes.len()), 0);
        "length"
    } else {
        let at = draws.below(bytes.len());
        bytes[at] = bytes[at].wrapping_add(1);
        "digest"
    };
    parts[place] = Part::new(&name, &bytes);
    let line = format!("member changed: the {what} of `{name}` is not that of the manifest");
    (made::file(&parts), exactly(line))
}

/// Edits a manifest; returns its JSON with the lines that the edit itself deserves.
fn edit(sound: &Sound, draws: &mut Draws) -> (String, Vec<String>) {
    let mut says = sound.says.clone();
    let place = draws.below(says.lines.len());
    let name = says.lines[place].0.clone();
    let malformed = |words: &str| format!("manifest malformed: {words}");
    let changed =
        |what: &str| format!("member changed: the {what} of `{name}` is not that of the manifest");
    match draws.below(7) {
        0 => {
            says.created = format!("2031-01-01T00:00:{:02}Z", draws.below(60));
            (says.json(), Vec::new())
        }
        1 if says.kind == "store" => {
            says.lines.remove(place);
            let line = format!("member extra: `{name}` is not in the manifest");
            (says.json(), vec![line])
        }
        2 => {
            says.lines[place].2 = format!("{:064x}", draws.next());
            (says.json(), vec![changed("digest")])
        }
        3 => {
            says.lines[place].1 += 1 + draws.below(99);
            (says.json(), vec![changed("length")])
        }
        4 => {
            let digest = format!("{:064x}", draws.next());
            let line = malformed("its digest is not that of its members");
            (says.json_with(&digest), vec![line])
        }
        5 => {
            let json = says.json();
            let space = json
                .match_indices(',')
                .map(|(at, _)| at)
                .nth(draws.below(5));
            let (one, other) = json.split_at(space.unwrap());
            let line = malformed("it is not written in the one form");
            (format!("{one} {other}"), vec![line])
        }
        _ => {
            let json = says.json();
            let more = draws.next();
            let json = json.replacen("{\"schema\"", &format!("{{\"more\":{more},\"schema\""), 1);
            (json, vec![malformed("unknown field `more`")])
        }
    }
}

fn manifest_edited(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let (json, mut lines) = edit(sound, draws);
    let sig = made::signature(&made::key(1), PAYLOAD_TYPE, &sound.says.json());
    let mut parts = sound.parts.clone();
    parts[0] = made::envelope(PAYLOAD_TYPE, &json, &[(made::keyid(&made::key(1)), sig)]);
    lines.push(does_not_fit());
    (made::file(&parts), Words::Exactly(lines))
}

fn manifest_resigned(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let (json, lines) = loop {
        let (json, lines) = edit(sound, draws);
        // A manifest that says another time is as good as the first when the same key signs it.
        if !lines.is_empty() {
            break (json, lines);
        }
    };
    let mut parts = sound.parts.clone();
    parts[0] = made::sealed(&made::key(1), &json);
    (made::file(&parts), Words::Exactly(lines))
}

fn envelope_edited(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let text = String::from_utf8(parts[0].bytes.clone()).unwrap();
    let other_form = "envelope malformed: it is not written in the one form".to_owned();
    let key = made::key(1);
    let sig = made::signature(&key, PAYLOAD_TYPE, &sound.says.json());
    let number = draws.next();
    let (text, words) = match draws.below(7) {
        0 => (format!("{text}\n"), exactly(other_form)),
        1 => (text.replacen(':', ": ", 1), exactly(other_form)),
        2 => {
            let more = format!(",\"more\":{number}}}");
            let end = text.len() - 1;
            let text = format!("{}{more}", &text[..end]);
            (text, among("envelope malformed: unknown field `more`", ""))
        }
        3 => {
            let other = format!("{number:064x}");
            let text = text.replace(&made::keyid(&key), &other);
            let line = format!(
                "unknown key: it says that the key {other} signed it, which is not trusted"
            );
            (text, exactly(line))
        }
        4 => {
            let mut bytes = Base64::decode_vec(&sig).unwrap();
            let at = draws.below(bytes.len());
            bytes[at] ^= 1 << draws.below(8);
            let text = text.replace(&sig, &Base64::encode_string(&bytes));
            (text, exactly(does_not_fit()))
        }
        5 => {
            let text = text.replace(&sig, &sig[..draws.below(sig.len())]);
            (text, exactly(does_not_fit()))
        }
        _ => {
            let payload = Base64::encode_string(sound.says.json().as_bytes());
            let cut = &payload[..payload.len() - 4 - 4 * draws.below(20)];
            let text = text.replace(&payload, cut);
            (text, among("signature does not fit: ", ""))
        }
    };
    parts[0] = Part::new(ENVELOPE, text.as_bytes());
    (made::file(&parts), words)
}

fn another_key(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut members = sound.parts[1..].to_vec();
    if draws.below(2) == 0 {
        // All of it forged, and the forger's own key under it.
        let place = draws.below(members.len());
        let mut bytes = members[place].bytes.clone();
        bytes.push(1);
        members[place] = Part::new(&members[place].name, &bytes);
    }
    let seed = 3 + u8::try_from(draws.below(200)).unwrap();
    let says = Says::new(&sound.says.kind, &sound.says.created, &members);
    members.insert(0, made::sealed(&made::key(seed), &says.json()));
    (made::file(&members), exactly(unknown_key(seed)))
}

fn in_its_name(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let seed = 3 + u8::try_from(draws.below(200)).unwrap();
    let json = sound.says.json();
    let sig = made::signature(&made::key(seed), PAYLOAD_TYPE, &json);
    parts[0] = made::envelope(PAYLOAD_TYPE, &json, &[(made::keyid(&made::key(1)), sig)]);
    (made::file(&parts), exactly(does_not_fit()))
}

fn signature_moved(sound: &Sound, other: &Sound, _: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let sig = made::signature(&made::key(1), PAYLOAD_TYPE, &other.says.json());
    let json = sound.says.json();
    parts[0] = made::envelope(PAYLOAD_TYPE, &json, &[(made::keyid(&made::key(1)), sig)]);
    (made::file(&parts), exactly(does_not_fit()))
}

fn unsigned(sound: &Sound, _: &Sound, _: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    parts[0] = made::envelope(PAYLOAD_TYPE, &sound.says.json(), &[]);
    let line = "unsigned: the envelope bears no signature".to_owned();
    (made::file(&parts), exactly(line))
}

fn second_signature(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let json = sound.says.json();
    let signed = |seed| {
        let key = made::key(seed);
        (
            made::keyid(&key),
            made::signature(&key, PAYLOAD_TYPE, &json),
        )
    };
    let mut both = [
        signed(1),
        signed(3 + u8::try_from(draws.below(200)).unwrap()),
    ];
    if draws.below(2) == 0 {
        both.reverse();
    }
    parts[0] = made::envelope(PAYLOAD_TYPE, &json, &both);
    let line = "signatures: the envelope bears 2 and a bundle has one".to_owned();
    (made::file(&parts), exactly(line))
}

fn payload_type(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let json = sound.says.json();
    let other = *draws.of(&[
        "application/json",
        "application/vnd.in-toto+json",
        "text/plain",
        "",
    ]);
    let mut lines = vec![format!(
        "payload type: it is `{other}` and not `{PAYLOAD_TYPE}`"
    )];
    let signed_for = if draws.below(2) == 0 {
        other
    } else {
        lines.push(does_not_fit());
        PAYLOAD_TYPE
    };
    let sig = made::signature(&made::key(1), signed_for, &json);
    parts[0] = made::envelope(other, &json, &[(made::keyid(&made::key(1)), sig)]);
    (made::file(&parts), Words::Exactly(lines))
}

fn appended(sound: &Sound, other: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut file = sound.file();
    let before = file.len();
    match draws.below(4) {
        0 => file.extend_from_slice(&other.file()),
        1 => file.resize(before + 512 * (1 + draws.below(20)), 0),
        2 => file.push(0),
        _ => file.resize(before + 1 + draws.below(2000), 0x41),
    }
    let bytes = file.len() - before;
    let line = format!("trailing bytes: {bytes} stand after the end mark");
    (file, exactly(line))
}

fn another_envelope(sound: &Sound, other: &Sound, _: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    parts[0] = other.parts[0].clone();
    // Bundles of the same estate share some of their members; what one has alone is missing in the other, or is extra.
    let names = |of: &Sound| -> Vec<String> {
        of.parts[1..].iter().map(|part| part.name.clone()).collect()
    };
    let (own, listed) = (names(sound), names(other));
    let extra = own
        .iter()
        .filter(|name| !listed.contains(name))
        .map(|name| format!("member extra: `{name}` is not in the manifest"));
    let missing = listed
        .iter()
        .filter(|name| !own.contains(name))
        .map(|name| format!("member missing: `{name}`"));
    let changed = other.parts[1..].iter().filter_map(|part| {
        let here = sound.parts.iter().find(|it| it.name == part.name)?;
        let what = if here.bytes.len() == part.bytes.len() {
            "digest"
        } else {
            "length"
        };
        (here.bytes != part.bytes).then(|| {
            format!(
                "member changed: the {what} of `{}` is not that of the manifest",
                part.name
            )
        })
    });
    let words = Words::Exactly(extra.chain(missing).chain(changed).collect());
    (made::file(&parts), words)
}

fn odd_header(sound: &Sound, _: &Sound, draws: &mut Draws) -> (Vec<u8>, Words) {
    let mut parts = sound.parts.clone();
    let place = draws.below(parts.len());
    let part = &mut parts[place];
    let (at, text, what): (usize, &[u8], &str) = *draws.of(&[
        (100, &b"0000644\0"[..], "mode"),
        (100, b"0004755\0", "mode"),
        (108, b"0001750\0", "owner"),
        (116, b"0000001\0", "owner"),
        (136, b"14712345670\0", "time"),
        (136, b"00000000001\0", "time"),
        (156, b"2", "type"),
        (156, b"5", "type"),
        (157, b"/etc/passwd", "link"),
        (265, b"root", "owner's name"),
        (297, b"wheel", "owner's name"),
        (329, b"0000000\0", "spelling"),
        (100, b"   600 \0", "spelling"),
        (505, b"hidden", "spelling"),
    ]);
    part.header[at..at + text.len()].copy_from_slice(text);
    part.sum();
    let line = format!(
        "not canonical: the header of `{}` has its own {what}",
        part.name
    );
    (made::file(&parts), exactly(line))
}
