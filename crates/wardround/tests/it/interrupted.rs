//! Whatever may interrupt work on a store: the process is killed, the disk is full, the folder turns read-only.
//!
//! `WARDROUND_KILLS` says how many stores each test makes; each is interrupted up to three times.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use wardround_evidence::Digest;
use wardround_sources::{Limits, read};
use wardround_store::{Access, EvidenceStore, ReadAs};

use crate::exports::{nmap, nmap_host, systeminfo};
use crate::sandbox::{tell, wardround};
use crate::store::files;

/// How often a store is interrupted before it may finish.
const TIMES: u32 = 3;

fn stores() -> u32 {
    std::env::var("WARDROUND_KILLS").map_or(4, |count| count.parse().unwrap())
}

/// Moments of the time that a command takes, from numbers that look random and are the same every time.
struct Moments {
    number: u64,
    takes: Duration,
}

impl Moments {
    fn new(seed: u64, takes: Duration) -> Self {
        let number = seed;
        Self { number, takes }
    }

    fn next(&mut self) -> Duration {
        self.number = self
            .number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let part = (self.number >> 11) as f64 / (1u64 << 53) as f64;
        self.takes.mul_f64(part)
    }

    /// How long a command takes depends on what else the machine does, so it is learnt on the way.
    fn learn(&mut self, at_work: bool) {
        let factor = if at_work { 1.1 } else { 0.7 };
        self.takes = self.takes.mul_f64(factor);
    }
}

/// What was done to how many.
#[derive(Default)]
struct Tally {
    tried: u32,
    at_work: u32,
    inside_a_segment: u32,
}

impl Tally {
    fn tell(&self, what: &str) {
        tell(&format!(
            "{what}: of {} kills {} met the process at work, {} of them while it wrote a segment",
            self.tried, self.at_work, self.inside_a_segment
        ));
        assert!(self.at_work * 2 > self.tried, "{}", self.at_work);
    }
}

/// A folder with a dozen small exports and a scan that takes most of the time to read.
struct Exports(TempDir);

impl Exports {
    fn new() -> Self {
        let exports = Self(tempfile::tempdir().unwrap());
        let hosts: String = (0..HOSTS)
            .map(|n| {
                nmap_host(
                    &format!("10.9.{}.{}", n / 250, n % 250 + 1),
                    &format!("pc-{n}"),
                )
            })
            .collect();
        fs::write(exports.0.path().join("large.xml"), nmap(&hosts)).unwrap();
        for n in 0..12 {
            let text = systeminfo(
                &format!("DESK-{n}"),
                &format!("10.8.0.{}", n + 1),
                &["KB4012212"],
            );
            fs::write(exports.0.path().join(format!("desk-{n}.txt")), text).unwrap();
        }
        exports
    }

    fn command(&self, store: &Path) -> Command {
        on_store("add", store, &[self.0.path().to_str().unwrap()])
    }
}

/// Enough that most kills meet it.
const HOSTS: usize = 500;

fn on_store(what: &str, store: &Path, more: &[&str]) -> Command {
    let mut command = wardround();
    command
        .args(["store", what])
        .arg(store)
        .args(more)
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

fn succeed(mut command: Command) -> Duration {
    let started = Instant::now();
    let done = command.output().unwrap();
    assert!(done.status.success(), "{done:?}");
    started.elapsed()
}

/// The shortest time that a command takes: kills that come later than it ends say nothing. `fresh` makes the command ready to
/// do all of its work.
fn shortest(mut fresh: impl FnMut() -> Command) -> Duration {
    let times = (0..3).map(|_| succeed(fresh()));
    times.min().unwrap()
}

/// Starts a command and kills it at some moment of the time that it takes.
fn kill(mut command: Command, store: &Path, moments: &mut Moments, tally: &mut Tally) {
    let mut child = command.spawn().unwrap();
    std::thread::sleep(moments.next());
    let at_work = child.try_wait().unwrap().is_none();
    moments.learn(at_work);
    child.kill().unwrap();
    child.wait().unwrap();
    let unfinished = EvidenceStore::open(store, Access::Read)
        .and_then(|store| store.verify())
        .is_ok_and(|verified| verified.unfinished > 0);
    tally.tried += 1;
    tally.at_work += u32::from(at_work);
    tally.inside_a_segment += u32::from(at_work && unfinished);
}

/// That a store opens and holds whole segments only; how many. None where not even its mark stands yet.
fn whole_segments(store: &Path) -> Option<usize> {
    let opened = EvidenceStore::open(store, Access::Read).ok()?;
    let verified = opened.verify().unwrap();
    assert!(verified.flawed.is_empty(), "{:?}", verified.flawed);
    let listed = opened.list(None).unwrap();
    assert_eq!(listed.segments.len(), verified.sound);
    Some(verified.sound)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn a_process_killed_while_reading_leaves_whole_segments_only() {
    let exports = Exports::new();
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    let usual = shortest(|| {
        let _ = fs::remove_dir_all(&whole);
        exports.command(&whole)
    });
    let expected = files(&whole);
    let mut moments = Moments::new(20_170_512, usual);
    let mut tally = Tally::default();
    for trial in 0..stores() {
        let store = folder.path().join(format!("trial-{trial}"));
        let mut before = 0;
        for _ in 0..TIMES {
            kill(exports.command(&store), &store, &mut moments, &mut tally);
            let now = whole_segments(&store).unwrap_or(0);
            assert!(now >= before, "what was kept stays");
            before = now;
        }
        succeed(exports.command(&store));
        assert_eq!(files(&store), expected, "nothing is missing or doubled");
        fs::remove_dir_all(store).unwrap();
    }
    tally.tell("reading");
}

#[test]
fn a_process_killed_while_forgetting_leaves_nothing_that_half_speaks() {
    let exports = Exports::new();
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    succeed(exports.command(&whole));
    let sources = whole_segments(&whole).unwrap();
    let all = ["--before", "2030-01-01T00:00:00Z", "--reason", "left"];
    let gone = folder.path().join("gone");
    let usual = shortest(|| {
        let _ = fs::remove_dir_all(&gone);
        copy(&whole, &gone);
        on_store("forget", &gone, &all)
    });
    let expected = files(&gone);
    let mut moments = Moments::new(20_170_627, usual);
    let mut tally = Tally::default();
    for trial in 0..stores() {
        let store = folder.path().join(format!("trial-{trial}"));
        copy(&whole, &store);
        for _ in 0..TIMES {
            kill(
                on_store("forget", &store, &all),
                &store,
                &mut moments,
                &mut tally,
            );
            let speaking = whole_segments(&store).unwrap();
            let opened = EvidenceStore::open(&store, Access::Read).unwrap();
            let tombstones = opened.list(None).unwrap().tombstones.len();
            assert_eq!(
                speaking + tombstones,
                sources,
                "each speaks or is forgotten"
            );
        }
        // What was interrupted is completed by the next command; when all was gone before, there is nothing to forget.
        let again = on_store("forget", &store, &all).output().unwrap();
        assert!(matches!(again.status.code(), Some(0 | 3)), "{again:?}");
        assert_eq!(files(&store), expected);
        succeed(exports.command(&store));
        assert_eq!(files(&store), expected, "what is forgotten stays so");
        fs::remove_dir_all(store).unwrap();
    }
    tally.tell("forgetting");
}

/// Keeps the exports as an older version of wardround would have, and after each of them an edited one at its path: read
/// again, every source comes back and is understood anew, so that every segment is written again.
fn older(exports: &Exports, store: &Path) {
    let store = EvidenceStore::open(store, Access::Write).unwrap();
    let how = ReadAs {
        at: "2025-06-24T09:00:00Z".parse().unwrap(),
        edition: 0,
        secret: [7; 32],
    };
    for entry in fs::read_dir(exports.0.path()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let mut file = fs::File::open(entry.path()).unwrap();
        let outcome = read(&name, &mut file, Limits::default());
        for mut reading in outcome.readings {
            store.draft().unwrap().keep(&reading, how).unwrap();
            reading.source.digest = Digest::of(format!("edited {name}").as_bytes());
            reading.statements.truncate(1);
            store.draft().unwrap().keep(&reading, how).unwrap();
        }
    }
}

#[test]
fn a_process_killed_while_it_reads_anew_keeps_one_of_two_readings() {
    let exports = Exports::new();
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old");
    older(&exports, &old);
    let sources = whole_segments(&old).unwrap();
    let new = folder.path().join("new");
    let usual = shortest(|| {
        let _ = fs::remove_dir_all(&new);
        copy(&old, &new);
        exports.command(&new)
    });
    let expected = files(&new);
    assert_eq!(expected, files(&old), "each has its name still");
    let mut moments = Moments::new(20_170_101, usual);
    let mut tally = Tally::default();
    for trial in 0..stores() {
        let store = folder.path().join(format!("trial-{trial}"));
        copy(&old, &store);
        for _ in 0..TIMES {
            kill(exports.command(&store), &store, &mut moments, &mut tally);
            assert_eq!(whole_segments(&store), Some(sources));
        }
        succeed(exports.command(&store));
        assert_eq!(files(&store), expected);
        let opened = EvidenceStore::open(&store, Access::Read).unwrap();
        let segments = opened.list(None).unwrap().segments;
        let mut current = segments.iter().filter(|listed| listed.current);
        assert!(current.all(|it| it.notes.edition == 1 && it.notes.came_back.len() == 1));
        fs::remove_dir_all(store).unwrap();
    }
    tally.tell("reading anew");
}

/// Whoever may do everything may write to a read-only folder; so the program is run as nobody.
struct Nobody(Option<u32>);

impl Nobody {
    fn new(store_parent: &Path) -> Self {
        use std::os::unix::fs::{MetadataExt as _, chown};
        let root = fs::metadata(store_parent).unwrap().uid() == 0;
        let nobody = root.then_some(65_534);
        if nobody.is_some() {
            chown(store_parent, nobody, nobody).unwrap();
        }
        Self(nobody)
    }

    fn run(&self, mut command: Command) -> Command {
        use std::os::unix::process::CommandExt as _;
        if let Some(nobody) = self.0 {
            command.uid(nobody).gid(nobody);
        }
        command
    }
}

fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_folder_that_turns_read_only_while_reading_keeps_what_was_whole() {
    let exports = Exports::new();
    set_mode(exports.0.path(), 0o755);
    let folder = tempfile::tempdir().unwrap();
    let nobody = Nobody::new(folder.path());
    let whole = folder.path().join("whole");
    let first = nobody.run(exports.command(&whole)).output();
    let Ok(first) = first else {
        return tell("skipped: the program cannot be run as nobody here");
    };
    assert!(first.status.success(), "{first:?}");
    let expected = files(&whole);
    let usual = shortest(|| {
        fs::remove_dir_all(&whole).unwrap();
        nobody.run(exports.command(&whole))
    });
    let mut moments = Moments::new(20_180_525, usual);
    let (mut refused, mut tried) = (0, 0);
    for trial in 0..stores() {
        let store = folder.path().join(format!("trial-{trial}"));
        // A store is begun, so that there is a folder to turn.
        succeed(nobody.run(exports_of_one(&exports, folder.path(), &store)));
        for _ in 0..TIMES {
            let mut command = nobody.run(exports.command(&store));
            let child = command.spawn().unwrap();
            std::thread::sleep(moments.next());
            set_mode(&store.join("segments"), 0o500);
            let done = child.wait_with_output().unwrap();
            let words = String::from_utf8_lossy(&done.stderr).into_owned();
            tried += 1;
            moments.learn(done.status.code() != Some(0));
            match done.status.code() {
                Some(0) => {}
                Some(3) => {
                    assert!(words.contains("Permission denied"), "{words}");
                    refused += 1;
                }
                other => unreachable!("{other:?}: {words}"),
            }
            whole_segments(&store).unwrap();
            set_mode(&store.join("segments"), 0o700);
        }
        succeed(nobody.run(exports.command(&store)));
        assert_eq!(files(&store), expected);
        assert_eq!(whole_segments(&store), Some(expected.len()));
        fs::remove_dir_all(store).unwrap();
    }
    tell(&format!(
        "{refused} of {tried} met a folder that turned read-only while reading"
    ));
    assert!(refused > 0);
}

/// Reads one of the exports, at its own path.
fn exports_of_one(exports: &Exports, folder: &Path, store: &Path) -> Command {
    let one: PathBuf = folder.join("one");
    fs::create_dir_all(&one).unwrap();
    fs::copy(exports.0.path().join("desk-0.txt"), one.join("desk-0.txt")).unwrap();
    set_mode(&one, 0o755);
    on_store("add", store, &[one.to_str().unwrap()])
}

/// A small file system in memory, for whoever may mount one.
#[cfg(target_os = "linux")]
struct SmallDisk(TempDir);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let disk = Self(folder);
        disk.mount(&format!("size={size}")).then_some(disk)
    }

    fn mount(&self, options: &str) -> bool {
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", options, "tmpfs"]);
        let ended = command.arg(self.0.path()).stderr(Stdio::null()).status();
        ended.is_ok_and(|status| status.success())
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

/// Runs a command that ends with 3, and returns what it says.
#[cfg(target_os = "linux")]
fn refusal(mut command: Command) -> String {
    let done = command.output().unwrap();
    let words = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(3), "{words}");
    words
}

#[cfg(target_os = "linux")]
fn add_hospital(store: &Path) -> Command {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/northmere");
    let hospital = examples.join("hospital-b");
    on_store("add", store, &[hospital.to_str().unwrap()])
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_read_only_one_keep_what_was_whole() {
    let Some(disk) = SmallDisk::new("1m") else {
        return tell("skipped: no small file system may be mounted here");
    };
    let store = disk.0.path().join("kept");
    let words = refusal(add_hospital(&store));
    assert!(words.contains("No space left"), "{words}");
    let opened = EvidenceStore::open(&store, Access::Read).unwrap();
    let verified = opened.verify().unwrap();
    assert!(
        verified.flawed.is_empty() && verified.sound > 0,
        "{verified:?}"
    );
    assert_eq!(verified.unfinished, 0, "what could not be finished is gone");
    let before = files(&store);

    assert!(disk.mount("remount,ro"));
    let words = refusal(add_hospital(&store));
    assert!(words.contains("Read-only"), "{words}");
    assert_eq!(files(&store), before);
    // A store on a read-only disk can be read.
    succeed(on_store("verify", &store, &[]));

    assert!(disk.mount("remount,rw,size=64m"));
    succeed(add_hospital(&store));
    let whole = tempfile::tempdir().unwrap();
    let whole = whole.path().join("kept");
    succeed(add_hospital(&whole));
    assert_eq!(files(&store), files(&whole));
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_is_new_a_full_disk_is_no_trouble() {
    let Some(disk) = SmallDisk::new("16m") else {
        return tell("skipped: no small file system may be mounted here");
    };
    let store = disk.0.path().join("kept");
    succeed(add_hospital(&store));
    let before = files(&store);
    // All that is left is taken.
    let taken = fs::write(disk.0.path().join("taken"), vec![1; 32 << 20]);
    assert!(taken.is_err());
    succeed(add_hospital(&store));
    assert_eq!(files(&store), before);
}
