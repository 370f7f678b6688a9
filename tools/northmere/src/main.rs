//! Writes a made-up estate into a folder.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use flate2::{Compression, write::GzEncoder};
use northmere::{Generated, Size, Truth};

/// Makes up hospital estates, with their exports and the truth behind them.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes the exports of an estate; without a size, the committed example.
    Write(WriteArgs),
}

#[derive(Debug, Args)]
struct WriteArgs {
    /// The folder to write into. Files of the same names are replaced, others are left.
    folder: PathBuf,
    /// Machines in all; the estate comes within a few per cent.
    #[arg(long, requires = "organisations")]
    hosts: Option<u32>,
    /// Organisations in all.
    #[arg(long, requires = "hosts")]
    organisations: Option<u32>,
    /// The seed of an estate with a size.
    #[arg(long, default_value_t = 1, requires = "hosts")]
    seed: u64,
    /// Also writes the truth, as compressed CSV, to this file. It may not lie in the folder.
    #[arg(long)]
    truth: Option<PathBuf>,
}

fn main() -> ExitCode {
    let Command::Write(args) = Cli::parse().command;
    match write(&args) {
        Ok(summary) => {
            say(&summary);
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "a command answers on standard output")]
fn say(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "a command complains on standard error")]
fn complain(error: &io::Error) {
    eprintln!("error: {error}");
}

fn write(args: &WriteArgs) -> io::Result<String> {
    fs::create_dir_all(&args.folder)?;
    let mut truth_file = match &args.truth {
        Some(path) => Some(truth_writer(path, &args.folder)?),
        None => None,
    };
    let mut counts = Counts::default();
    match (args.hosts, args.organisations) {
        (Some(hosts), Some(organisations)) => {
            for part in northmere::estate(
                args.seed,
                &Size {
                    hosts,
                    organisations,
                },
            ) {
                counts.take(&part, &args.folder, truth_file.as_mut())?;
            }
        }
        _ => counts.take(&northmere::northmere(), &args.folder, truth_file.as_mut())?,
    }
    if let Some(mut writer) = truth_file {
        writer.flush()?;
        writer
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .finish()?;
    }
    Ok(counts.summary())
}

type TruthWriter = BufWriter<GzEncoder<File>>;

fn truth_writer(path: &Path, folder: &Path) -> io::Result<TruthWriter> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new(".")).canonicalize()?;
    if parent.starts_with(folder.canonicalize()?) {
        return Err(io::Error::other("the truth may not lie among the exports"));
    }
    Ok(BufWriter::new(GzEncoder::new(
        File::create(path)?,
        Compression::default(),
    )))
}

#[derive(Debug, Default)]
struct Counts {
    files: usize,
    bytes: usize,
    records: usize,
    hosts: usize,
    open: usize,
    smb1: usize,
    listening: usize,
    takeable: usize,
    not_updated: usize,
}

impl Counts {
    fn take(
        &mut self,
        part: &Generated,
        folder: &Path,
        truth_file: Option<&mut TruthWriter>,
    ) -> io::Result<()> {
        for file in &part.files {
            let path = folder.join(&file.path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, &file.bytes)?;
        }
        if let Some(writer) = truth_file {
            part.truth.write_csv(writer)?;
        }
        self.files += part.files.len();
        self.bytes += part
            .files
            .iter()
            .map(|file| file.bytes.len())
            .sum::<usize>();
        self.count(&part.truth);
        Ok(())
    }

    fn count(&mut self, truth: &Truth) {
        self.records += truth.records.len();
        for host in truth.present() {
            self.hosts += 1;
            self.open += usize::from(!host.closed_ms17_010);
            self.smb1 += usize::from(host.smb1_on);
            self.listening += usize::from(host.listens_445);
            self.takeable += usize::from(host.open_to_wannacry());
            self.not_updated += usize::from(!host.updated_since_next_worm_fix);
        }
    }

    fn summary(&self) -> String {
        format!(
            "{} files, {} bytes, {} records; {} hosts: {} open to CVE-2017-0144, {} with SMBv1 on, \
             {} listening on 445/tcp, {} all three; {} not updated since the next worm's fix",
            self.files,
            self.bytes,
            self.records,
            self.hosts,
            self.open,
            self.smb1,
            self.listening,
            self.takeable,
            self.not_updated
        )
    }
}
