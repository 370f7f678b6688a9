//! Embeds the folder of threats whole, so that a new threat needs no line of Rust.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let out = env::var_os("OUT_DIR").map(PathBuf::from);
    let (Some(manifest), Some(out)) = (manifest, out) else {
        return Err(io::Error::other("a build script is started by Cargo"));
    };
    let folder = manifest.join("threats");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names: Vec<PathBuf> = fs::read_dir(&folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    names.retain(|path| path.is_dir());
    names.sort();
    let mut list = String::from("&[\n");
    for threat in names {
        let name = threat.file_name().unwrap_or_default().to_string_lossy();
        let profile = present(&threat, "profile.toml")?;
        let sources = present(&threat, "sources.md")?;
        let row = format!(
            "    Folder {{ name: {name:?}, profile: include_str!({profile:?}), sources: include_str!({sources:?}) }},"
        );
        writeln!(list, "{row}").map_err(io::Error::other)?;
    }
    list.push(']');
    fs::write(out.join("threats.rs"), list)
}

/// The path of a file that every threat's folder holds.
fn present(threat: &Path, file: &str) -> io::Result<PathBuf> {
    let path = threat.join(file);
    println!("cargo::rerun-if-changed={}", path.display());
    if path.is_file() {
        Ok(path)
    } else {
        Err(io::Error::other(format!(
            "{} has no {file}; see docs/adding/a-threat.md",
            threat.display()
        )))
    }
}
