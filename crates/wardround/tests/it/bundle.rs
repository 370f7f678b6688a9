//! Bundles as their users make and check them.

use std::fs;

use crate::disclosure::{absent, forms};
use crate::exports::ward;
use crate::planted;
use crate::sandbox::{Ran, Sandbox};

/// A sandbox with a store of a ward, two pairs of keys, and a bundle that the first signed.
fn packed() -> Sandbox {
    let sandbox = Sandbox::with(&ward());
    sandbox.output(&["store", "add", "ward.store", "exports"]);
    for name in ["north", "south"] {
        sandbox.output(&["bundle", "key", "-o", name]);
    }
    pack(&sandbox, "ward.store", &[]);
    sandbox
}

fn pack(sandbox: &Sandbox, store: &str, more: &[&str]) -> String {
    let mut arguments = vec!["bundle", store, "--key", "north.key", "-o", "ward.bundle"];
    arguments.extend(more);
    sandbox.output(&arguments)
}

fn verify(sandbox: &Sandbox, more: &[&str]) -> Ran {
    let mut arguments = vec!["verify", "ward.bundle"];
    arguments.extend(more);
    sandbox.run(&arguments)
}

#[test]
fn a_bundle_is_verified_by_whoever_trusts_its_key() {
    let sandbox = packed();
    let sound = sandbox.output(&[
        "verify",
        "ward.bundle",
        "--trusted",
        "south.pub",
        "--trusted",
        "north.pub",
    ]);
    assert!(sound.contains("Every byte is what the key"), "{sound}");
    assert!(sound.contains("(north.pub) signed"), "{sound}");
    let unknown = verify(&sandbox, &["--trusted", "south.pub"]);
    assert_eq!((unknown.code, unknown.output.as_str()), (3, ""));
    assert!(unknown.aside.contains("unknown key: "), "{}", unknown.aside);
    let nobody = verify(&sandbox, &[]);
    assert_eq!((nobody.code, nobody.output.as_str()), (3, ""));
    assert!(
        nobody
            .aside
            .starts_with("error: nothing vouches for `ward.bundle`")
    );
    assert!(nobody.aside.contains("It says of itself: A store with"));
}

#[test]
fn every_fault_of_a_bundle_is_named() {
    let sandbox = packed();
    let path = sandbox.path().join("ward.bundle");
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 1024 - 600;
    bytes[last] ^= 1;
    bytes.extend_from_slice(b"more");
    fs::write(&path, bytes).unwrap();
    let ran = verify(
        &sandbox,
        &["--trusted", "south.pub", "--into", "back.store"],
    );
    assert_eq!(ran.code, 3);
    for words in [
        "unknown key: ",
        "member changed: the digest of `segments/",
        "trailing bytes: 4 stand",
    ] {
        assert!(ran.aside.contains(words), "{words}: {}", ran.aside);
    }
    assert!(!sandbox.path().join("back.store").exists());
}

#[test]
fn a_store_is_unpacked_only_from_a_bundle_that_is_sound() {
    let sandbox = packed();
    let unpack = ["--trusted", "north.pub", "--into", "back.store"];
    assert_eq!(verify(&sandbox, &["--into", "back.store"]).code, 2);
    let ran = verify(&sandbox, &unpack);
    assert_eq!(ran.code, 0, "{}", ran.aside);
    sandbox.output(&["store", "verify", "back.store"]);
    let status = |store| sandbox.output(&["store", "status", store, "--format", "json"]);
    assert_eq!(status("ward.store"), status("back.store"));
    let again = verify(&sandbox, &unpack);
    assert_eq!(again.code, 3);
    assert!(
        again.aside.contains("it is there already"),
        "{}",
        again.aside
    );
}

#[test]
fn the_same_store_key_and_moment_give_the_same_bytes() {
    let sandbox = packed();
    let moment = ["--created", "2026-01-01T00:00:00Z"];
    pack(&sandbox, "ward.store", &moment);
    let first = fs::read(sandbox.path().join("ward.bundle")).unwrap();
    pack(&sandbox, "ward.store", &moment);
    assert!(first == fs::read(sandbox.path().join("ward.bundle")).unwrap());
}

#[test]
fn no_key_is_written_over() {
    let sandbox = packed();
    let before = sandbox.read("north.key");
    let ran = sandbox.run(&["bundle", "key", "-o", "north"]);
    assert_eq!(ran.code, 3);
    assert_eq!(sandbox.read("north.key"), before);
    fs::remove_file(sandbox.path().join("north.pub")).unwrap();
    assert_eq!(sandbox.run(&["bundle", "key", "-o", "north"]).code, 3);
    assert_eq!(sandbox.read("north.key"), before);
    assert!(!sandbox.path().join("north.pub").exists());
}

#[test]
fn no_bundle_is_written_over_the_key_that_signs_it() {
    let sandbox = packed();
    let before = sandbox.read("north.key");
    let output = ["-o", "./north.key"];
    let mut arguments = vec!["bundle", "ward.store", "--key", "north.key"];
    arguments.extend(output);
    assert_eq!(sandbox.run(&arguments).code, 2);
    assert_eq!(sandbox.read("north.key"), before);
}

#[cfg(unix)]
#[test]
fn a_key_that_others_may_read_signs_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = packed();
    let key = sandbox.path().join("north.key");
    let mode = fs::metadata(&key).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    let ran = sandbox.run(&[
        "bundle",
        "ward.store",
        "--key",
        "north.key",
        "-o",
        "x.bundle",
    ]);
    assert_eq!(ran.code, 3);
    assert!(ran.aside.contains("others than its owner"), "{}", ran.aside);
    assert!(!sandbox.path().join("x.bundle").exists());
}

#[test]
fn a_private_key_is_not_taken_for_one_to_trust() {
    let ran = verify(&packed(), &["--trusted", "north.key"]);
    assert_eq!(ran.code, 3);
    assert!(ran.aside.contains("it is a private key"), "{}", ran.aside);
}

#[test]
fn a_bundle_among_exports_is_passed_over() {
    let sandbox = packed();
    let bundle = sandbox.path().join("ward.bundle");
    fs::copy(bundle, sandbox.exports().join("ward.bundle")).unwrap();
    assert_eq!(
        sandbox.document()["unrecognised"].as_array().unwrap().len(),
        0
    );
}

/// What a page to share holds as it lies in its bundle: its bytes as text, in lower case.
fn shared(sandbox: &Sandbox) -> String {
    sandbox.output(&["store", "add", "ward.store", "exports"]);
    sandbox.output(&["bundle", "key", "-o", "north"]);
    pack(
        sandbox,
        "ward.store",
        &["--for", "share", "--replicates", "20"],
    );
    let bytes = fs::read(sandbox.path().join("ward.bundle")).unwrap();
    String::from_utf8(bytes).unwrap().to_lowercase()
}

/// What keys the pseudonyms, as it stands in the notes of a store's segments.
fn secrets(sandbox: &Sandbox) -> Vec<String> {
    let entries = fs::read_dir(sandbox.path().join("ward.store/segments")).unwrap();
    let secret = |path| {
        let bytes = fs::read(path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (_, rest) = text.split_once("note:secret").unwrap();
        let digits = rest.chars().skip_while(|c| !c.is_ascii_hexdigit());
        digits.take(64).collect::<String>()
    };
    entries.map(|it| secret(it.unwrap().path())).collect()
}

#[test]
fn no_planted_name_is_in_a_bundle_to_share() {
    let sandbox = planted::estate();
    let text = shared(&sandbox);
    absent(&text, planted::STEM, "share");
    absent(&text, planted::ORGANISATION, "share");
    for planted in planted::ADDRESSES.iter().chain(&planted::IDENTIFIERS) {
        for form in forms(planted) {
            absent(&text, &form, "share");
        }
    }
    assert!(text.contains("organisation-"), "pseudonyms stand for them");
}

#[test]
fn what_keys_the_pseudonyms_is_in_no_bundle_to_share() {
    let sandbox = planted::estate();
    let text = shared(&sandbox);
    let secrets = secrets(&sandbox);
    let digits =
        |secret: &String| secret.len() == 64 && secret.chars().all(|c| c.is_ascii_hexdigit());
    assert!(secrets.len() > 5 && secrets.iter().all(digits));
    for secret in secrets {
        absent(&text, &secret, "share");
    }
    absent(&text, "segments/", "share");
    absent(&text, "par1", "share");
}

#[test]
fn a_page_to_share_is_verified_and_unpacked_like_a_store() {
    let sandbox = Sandbox::with(&ward());
    shared(&sandbox);
    let ran = verify(&sandbox, &["--trusted", "north.pub", "--into", "pages"]);
    assert_eq!(ran.code, 0, "{}", ran.aside);
    assert!(ran.output.starts_with("A page to share and its data"));
    assert!(
        sandbox
            .read("pages/report.html")
            .starts_with("<!DOCTYPE html>")
    );
    let data: serde_json::Value = serde_json::from_str(&sandbox.read("pages/report.json")).unwrap();
    assert_eq!(data["made"]["audience"], "share");
}
