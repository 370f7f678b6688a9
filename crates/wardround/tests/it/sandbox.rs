//! A folder of exports that goes when the test does, and the program, run as a user runs it.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tempfile::TempDir;

/// Longer than any test's command takes on a slow machine; a command that takes more is called hung.
const LONGEST: Duration = Duration::from_secs(180);

/// A temporary folder: the exports lie in `exports` below it, commands run beside them.
pub(crate) struct Sandbox {
    folder: TempDir,
}

/// What a command said and how it ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) output: String,
    pub(crate) aside: String,
}

impl Sandbox {
    /// With an empty folder of exports.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("exports")).unwrap();
        Self { folder }
    }

    /// With some files below `exports`.
    pub(crate) fn with<Text: AsRef<[u8]>>(files: &[(&str, Text)]) -> Self {
        let sandbox = Self::new();
        for (path, text) in files {
            sandbox.export(path, text.as_ref());
        }
        sandbox
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn exports(&self) -> PathBuf {
        self.path().join("exports")
    }

    /// Writes a file below `exports`.
    pub(crate) fn export(&self, path: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.exports().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// The names of what lies beside the exports.
    pub(crate) fn beside_exports(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name != "exports")
            .collect();
        names.sort();
        names
    }

    /// The program with these arguments, in this folder, at 80 columns.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = wardround();
        command.current_dir(self.path()).args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        finish(self.command(arguments))
    }

    /// Runs a command that must succeed, and returns what it put on standard output.
    pub(crate) fn output(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.aside);
        ran.output
    }

    /// `report exports` with few outbreaks and more arguments, on standard output.
    pub(crate) fn report(&self, arguments: &[&str]) -> String {
        let mut all = vec!["report", "exports", "--replicates", "20", "-o", "-", "-q"];
        all.extend(arguments);
        self.output(&all)
    }

    /// The report's data.
    pub(crate) fn document(&self) -> serde_json::Value {
        serde_json::from_str(&self.report(&["--format", "json"])).unwrap()
    }
}

/// Why the file at `path` was refused.
#[expect(clippy::panic, reason = "it fails the test")]
pub(crate) fn refusal<'a>(document: &'a serde_json::Value, path: &str) -> &'a str {
    let refused = document["refused"].as_array().unwrap();
    let found = refused.iter().find(|file| file["path"] == path);
    found.map_or_else(
        || panic!("{path} is not among {refused:?}"),
        |file| file["reason"].as_str().unwrap(),
    )
}

/// Says something aloud, such as that a test was skipped.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
pub(crate) fn tell(words: &str) {
    eprintln!("{words}");
}

/// The program as it was built for these tests.
pub(crate) fn wardround() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wardround"));
    command
        .env("COLUMNS", "80")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs to the end, or fails where there is none.
#[expect(clippy::panic, reason = "it fails the test")]
pub(crate) fn finish(mut command: Command) -> Ran {
    let mut child = command.spawn().unwrap();
    let (done, results) = mpsc::channel();
    gather(0, child.stdout.take().unwrap(), done.clone());
    gather(1, child.stderr.take().unwrap(), done);
    let mut texts = [String::new(), String::new()];
    for _ in 0..2 {
        match results.recv_timeout(LONGEST) {
            Ok((which, text)) => texts[which] = text,
            Err(_) => stop(&mut child, &command),
        }
    }
    let status = child.wait().unwrap();
    let [output, aside] = texts;
    let code = status.code().unwrap_or_else(|| {
        panic!("{command:?} was ended by {status}: {aside}");
    });
    assert!(!aside.contains("panicked at"), "{command:?}: {aside}");
    Ran {
        code,
        output,
        aside,
    }
}

fn gather(which: usize, mut from: impl Read + Send + 'static, to: mpsc::Sender<(usize, String)>) {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = from.read_to_end(&mut bytes);
        let text = String::from_utf8(bytes).expect("every output is UTF-8");
        let _ = to.send((which, text));
    });
}

#[expect(clippy::panic, reason = "it fails the test")]
fn stop(child: &mut Child, command: &Command) -> ! {
    let _ = child.kill();
    let _ = child.wait();
    panic!("{command:?} hangs");
}

/// The folder of the example estate.
pub(crate) fn northmere() -> PathBuf {
    repository().join("examples/northmere")
}

/// The folder of the whole workspace.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}
