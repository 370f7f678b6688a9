//! What is sound: it comes out as it went in, and only for those who trust its key.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use wardround_evidence::{Digest, When};
use wardround_store::{
    Access, BundleBounds, BundleKind, EvidenceStore, Inspected, KeyFault, PublicKey, SecretKey,
    Selection, SharedPages, inspect_bundle, pack_pages, pack_store,
};

use super::made::{self, Part, Says};
use crate::samples::{keep, now, saying, store};

/// A store with some sources, one of which is forgotten.
pub(super) fn filled(sources: usize) -> (TempDir, EvidenceStore) {
    let (folder, store) = store();
    for number in 0..=sources {
        let path = format!("ward-{number}/scan.xml");
        let reading = saying(&path, &format!("says {number}"), When::At(now()));
        keep(&store, &reading, now());
    }
    let last = Selection::Source(format!("ward-{sources}/scan.xml"));
    assert_eq!(
        store.forget(&last, "asked to", now()).unwrap().gone.len(),
        1
    );
    (folder, store)
}

/// What looking at these bytes comes to.
pub(super) fn inspect(folder: &Path, bytes: &[u8], trusted: &[PublicKey]) -> Inspected {
    let path = folder.join("inspected.bundle");
    fs::write(&path, bytes).unwrap();
    inspect_bundle(&path, trusted, BundleBounds::default()).unwrap()
}

/// Why they are refused.
pub(super) fn refusal(folder: &Path, bytes: &[u8], trusted: &[PublicKey]) -> Vec<String> {
    match inspect(folder, bytes, trusted) {
        Inspected::Sound(_) => Vec::new(),
        Inspected::Refused(refused) => {
            assert!(!refused.faults.is_empty(), "a refusal has a reason");
            refused.faults.iter().map(ToString::to_string).collect()
        }
    }
}

fn packed(store: &EvidenceStore, folder: &TempDir) -> PathBuf {
    let path = folder.path().join("store.bundle");
    pack_store(store, now(), &made::secret(&made::key(1)), &path).unwrap();
    path
}

#[test]
fn a_store_comes_out_of_a_bundle_as_it_went_in() {
    let (folder, store) = filled(3);
    let path = packed(&store, &folder);
    let trusted = [made::public(&made::key(2)), made::public(&made::key(1))];
    let Inspected::Sound(sound) = inspect_bundle(&path, &trusted, BundleBounds::default()).unwrap()
    else {
        panic!("it is sound");
    };
    assert_eq!(sound.manifest.kind, BundleKind::Store);
    assert_eq!(sound.manifest.members.len(), 4);
    assert_eq!(sound.manifest.created, now());
    assert_eq!(sound.signer, trusted[1].id());
    let into = folder.path().join("unpacked");
    sound.unpack(&into).unwrap();
    let back = EvidenceStore::open(&into, Access::Read).unwrap();
    assert!(back.verify().unwrap().flawed.is_empty());
    let (one, other) = (store.list(None).unwrap(), back.list(None).unwrap());
    assert_eq!(one.tombstones, other.tombstones);
    let readings = |contents: &wardround_store::Contents| {
        let segments = contents.segments.iter();
        segments.map(|it| it.whole().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(readings(&one), readings(&other));
    assert!(sound.unpack(&into).is_err(), "nothing is unpacked over it");
    // The unpacked store gives the same bundle again.
    let again = folder.path().join("again.bundle");
    pack_store(&back, now(), &made::secret(&made::key(1)), &again).unwrap();
    assert_eq!(fs::read(path).unwrap(), fs::read(again).unwrap());
}

#[cfg(unix)]
#[test]
fn a_bundle_and_what_comes_out_of_it_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (folder, store) = filled(1);
    let path = packed(&store, &folder);
    assert_eq!(mode(&path), 0o600);
    let trusted = [made::public(&made::key(1))];
    let Inspected::Sound(sound) = inspect_bundle(&path, &trusted, BundleBounds::default()).unwrap()
    else {
        panic!("it is sound");
    };
    let into = folder.path().join("unpacked");
    sound.unpack(&into).unwrap();
    assert_eq!(mode(&into), 0o700);
    let segments = fs::read_dir(into.join("segments")).unwrap();
    assert!(
        segments
            .map(|it| mode(&it.unwrap().path()))
            .all(|it| it == 0o600)
    );
}

#[test]
fn the_format_is_what_its_description_says() {
    let (folder, store) = filled(3);
    let file = fs::read(packed(&store, &folder)).unwrap();
    let parts = made::parts(&file);
    assert_eq!(made::file(&parts), file, "its members give it back");
    let again: Vec<Part> = parts
        .iter()
        .map(|part| Part::new(&part.name, &part.bytes))
        .collect();
    assert_eq!(again, parts);
    let says = Says::new("store", &now().to_string(), &parts[1..]);
    assert_eq!(made::sealed(&made::key(1), &says.json()), parts[0]);
}

#[test]
fn pages_come_out_as_they_went_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pages.bundle");
    let pages = SharedPages {
        html: "<p>host-1</p>",
        json: "{}",
    };
    let manifest = pack_pages(pages, now(), &made::secret(&made::key(1)), &path).unwrap();
    assert_eq!(manifest.kind, BundleKind::Share);
    let trusted = [made::public(&made::key(1))];
    let Inspected::Sound(sound) = inspect_bundle(&path, &trusted, BundleBounds::default()).unwrap()
    else {
        panic!("it is sound");
    };
    let into = folder.path().join("pages");
    sound.unpack(&into).unwrap();
    let read = |name| fs::read_to_string(into.join(name)).unwrap();
    assert_eq!(
        (read("report.html"), read("report.json")),
        (pages.html.into(), pages.json.into())
    );
    assert_eq!(fs::read_dir(&into).unwrap().count(), 2);
}

#[test]
fn nothing_vouches_for_a_bundle_without_a_trusted_key() {
    let (folder, store) = filled(1);
    let path = packed(&store, &folder);
    let Inspected::Refused(refused) = inspect_bundle(&path, &[], BundleBounds::default()).unwrap()
    else {
        panic!("nobody vouches for it");
    };
    let words: Vec<String> = refused.faults.iter().map(ToString::to_string).collect();
    assert_eq!(words.len(), 1);
    assert!(
        words[0].starts_with("nothing vouches for it")
            && words[0].contains(&made::keyid(&made::key(1)))
    );
    assert_eq!(refused.said.unwrap().members.len(), 2);
}

#[test]
fn what_was_damaged_before_it_was_signed_is_named() {
    let (folder, store) = filled(2);
    let parts = made::parts(&fs::read(packed(&store, &folder)).unwrap());
    let trusted = [made::public(&made::key(1))];
    let resealed = |change: &dyn Fn(&mut Vec<Part>)| {
        let mut members = parts[1..].to_vec();
        change(&mut members);
        members.sort_by(|one, other| one.name.cmp(&other.name));
        let says = Says::new("store", &now().to_string(), &members);
        members.insert(0, made::sealed(&made::key(1), &says.json()));
        refusal(folder.path(), &made::file(&members), &trusted)
    };
    assert_eq!(resealed(&|_| {}), [""; 0]);
    let damaged = resealed(&|members| {
        // In the first name of a table: not every byte of a segment matters to anybody.
        let bytes = &mut members[1].bytes;
        let place = bytes.windows(9).position(|it| it == b"statement");
        bytes[place.unwrap()] ^= 0x40;
    });
    assert_eq!(damaged.len(), 1, "{damaged:?}");
    assert!(damaged[0].starts_with(&format!(
        "damaged before it was signed: `{}`",
        parts[2].name
    )));
    let renamed = resealed(&|members| {
        let name = format!("segments/{}.parquet", Digest::of(b"another"));
        members[1] = Part::new(&name, &members[1].bytes);
    });
    assert!(
        renamed[0].contains("its name is not that of its contents"),
        "{renamed:?}"
    );
    let no_tombstone = resealed(&|members| {
        members[0] = Part::new(&members[0].name, b"reason = 1");
    });
    assert!(no_tombstone[0].contains("no tombstone"), "{no_tombstone:?}");
    let forgotten = resealed(&|members| {
        let digest = Digest::of(b"says 0").to_string();
        let name = format!("forgotten/{digest}.toml");
        let text = format!(
            "digest = \"{digest}\"\nforgotten_at = \"{}\"\nreason = \"x\"\n",
            now()
        );
        members.push(Part::new(&name, text.as_bytes()));
    });
    assert_eq!(forgotten.len(), 1, "{forgotten:?}");
    assert!(forgotten[0].starts_with("forgotten: `segments/"));
}

#[test]
fn a_damaged_store_is_not_packed() {
    let (folder, store) = filled(2);
    let segment = store.list(None).unwrap().segments[0].path().to_owned();
    let mut bytes = fs::read(&segment).unwrap();
    bytes.truncate(bytes.len() - 9);
    fs::write(&segment, bytes).unwrap();
    let path = folder.path().join("store.bundle");
    let key = made::secret(&made::key(1));
    let refused = pack_store(&store, now(), &key, &path).unwrap_err();
    assert_eq!(refused.path, segment);
    assert!(!path.exists());
}

#[test]
fn no_name_in_a_manifest_leads_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let trusted = [made::public(&made::key(1))];
    let long = "a".repeat(64);
    for name in [
        "../../etc/passwd".to_owned(),
        "/etc/passwd".to_owned(),
        "segments/../../x.parquet".to_owned(),
        format!("segments/{}.parquet", "A".repeat(64)),
        format!("segments/{long}.toml"),
        format!("segments/./{long}.parquet"),
        "wardround-store".to_owned(),
        "report.html".to_owned(),
    ] {
        let part = Part::new(&name, b"x");
        let says = Says::new("store", &now().to_string(), std::slice::from_ref(&part));
        let file = made::file(&[made::sealed(&made::key(1), &says.json()), part]);
        let words = refusal(folder.path(), &file, &trusted);
        let wanted = format!("a bundle of kind `store` has no place for `{name}`");
        assert!(words.iter().any(|it| it.contains(&wanted)), "{words:?}");
    }
}

#[test]
fn a_bundle_beyond_its_bounds_is_not_read() {
    let (folder, store) = filled(3);
    let path = packed(&store, &folder);
    let trusted = [made::public(&made::key(1))];
    let whole = BundleBounds::default();
    for bounds in [
        BundleBounds {
            bundle_bytes: 4096,
            ..whole
        },
        BundleBounds {
            envelope_bytes: 100,
            ..whole
        },
        BundleBounds {
            members: 3,
            ..whole
        },
        BundleBounds {
            member_bytes: 300,
            ..whole
        },
    ] {
        let Inspected::Refused(refused) = inspect_bundle(&path, &trusted, bounds).unwrap() else {
            panic!("{bounds:?}");
        };
        let words = refused.faults[0].to_string();
        assert!(words.starts_with("too large: "), "{words}");
    }
    // A member that says that it is longer than anything there is.
    let mut part = Part::new(made::ENVELOPE, b"{}");
    part.header[124..136].copy_from_slice(b"77777777777\0");
    part.sum();
    let words = refusal(folder.path(), &made::file(&[part]), &trusted);
    assert!(
        words[0].starts_with("too large: `envelope.dsse.json`"),
        "{words:?}"
    );
}

#[test]
fn a_strangers_words_are_cut_short() {
    let folder = tempfile::tempdir().unwrap();
    let trusted = [made::public(&made::key(1))];
    let long = "x".repeat(100_000);
    let says = Says::new("store", &now().to_string(), &[Part::new("segments/x", b"")]);
    let mut named = says.clone();
    named.lines[0].0.clone_from(&long);
    let named = made::sealed(&made::key(1), &named.json());
    let json = says.json();
    let signature = [(long.clone(), long.clone())];
    let typed = made::envelope(&long, &json, &signature);
    let field = made::sealed(&made::key(1), &json.replacen("schema", &long, 1));
    for envelope in [named, typed, field] {
        for words in refusal(folder.path(), &made::file(&[envelope]), &trusted) {
            assert!(words.len() < 400, "{words}");
        }
    }
}

#[test]
fn faults_beyond_the_bound_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let says = Says::new("store", &now().to_string(), &[]);
    let mut parts = vec![made::sealed(&made::key(1), &says.json())];
    parts.extend((0..40).map(|number| Part::new(&format!("extra-{number}"), b"")));
    let path = folder.path().join("extra.bundle");
    fs::write(&path, made::file(&parts)).unwrap();
    let bounds = BundleBounds {
        faults: 10,
        ..BundleBounds::default()
    };
    let trusted = [made::public(&made::key(1))];
    let Inspected::Refused(refused) = inspect_bundle(&path, &trusted, bounds).unwrap() else {
        panic!("it is not sound");
    };
    assert_eq!((refused.faults.len(), refused.unlisted), (10, 30));
}

#[test]
fn keys_are_what_they_are_taken_for() {
    let key = SecretKey::generate().unwrap();
    let other = SecretKey::generate().unwrap();
    assert_ne!(key.public().unwrap().id(), other.public().unwrap().id());
    let secret = key.to_pem().unwrap();
    let secret = std::str::from_utf8(secret.as_ref()).unwrap();
    let back = SecretKey::from_pem(secret).unwrap();
    assert_eq!(back.public().unwrap(), key.public().unwrap());
    let public = key.public().unwrap().to_pem().unwrap();
    assert_eq!(PublicKey::from_pem(&public).unwrap(), key.public().unwrap());
    assert_eq!(
        PublicKey::from_pem(secret).unwrap_err(),
        KeyFault::SecretForPublic
    );
    assert_eq!(
        SecretKey::from_pem(&public).unwrap_err(),
        KeyFault::NoSecretKey
    );
    assert_eq!(PublicKey::from_pem("").unwrap_err(), KeyFault::NoPublicKey);
    // The neutral point, for which a signature of nothing fits every message.
    let weak = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n-----END PUBLIC KEY-----\n";
    assert_eq!(PublicKey::from_pem(weak).unwrap_err(), KeyFault::Weak);
    assert_eq!(format!("{key:?}"), "SecretKey");
    let known = made::key(1);
    assert_eq!(made::public(&known).id().to_string(), made::keyid(&known));
}

#[test]
fn a_store_is_packed_while_another_process_forgets() {
    const SOURCES: usize = 60;
    let (folder, store) = filled(SOURCES);
    let place = store.folder().to_owned();
    let trusted = [made::public(&made::key(1))];
    let forgetting = std::thread::spawn(move || {
        for number in 0..SOURCES {
            let one = Selection::Source(format!("ward-{number}/scan.xml"));
            store.forget(&one, "asked to", now()).unwrap();
        }
    });
    let (mut packed, mut turns) = (0, 0);
    while !forgetting.is_finished() || packed == 0 {
        turns += 1;
        let reader = EvidenceStore::open(&place, Access::Read).unwrap();
        let path = folder.path().join("store.bundle");
        match pack_store(&reader, now(), &made::secret(&made::key(1)), &path) {
            Ok(_) => {
                let inspected = inspect_bundle(&path, &trusted, BundleBounds::default()).unwrap();
                assert!(matches!(inspected, Inspected::Sound(_)), "{inspected:?}");
                packed += 1;
            }
            Err(error) => {
                let words = error.to_string();
                assert!(words.contains("another process changes it"), "{words}");
            }
        }
    }
    forgetting.join().unwrap();
    assert!(packed > 0, "of {turns}");
}
