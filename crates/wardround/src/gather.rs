//! Evidence from wherever it lies.

use wardround_sources::{Keeper, Outcome};
use wardround_store::{Access, EvidenceStore, StoreError};

use crate::kept::{Recalled, StoreKeeper, recall};
use crate::round::{Progress, Settings};
use crate::{ExitCode, Failure, KeptCounts, Origin, can_be_listed, read_folder};

/// What was found.
pub(crate) struct Gathered {
    /// All readings, and what came of no use.
    pub(crate) outcome: Outcome,
    /// How many files of a folder were opened, where there was one.
    pub(crate) files: Option<usize>,
    /// Outputs of ours and stores in the folder, which were passed over.
    pub(crate) own_outputs: usize,
    pub(crate) kept: Option<KeptCounts>,
}

/// Reads what an origin holds.
///
/// # Errors
/// When there is no folder and no store, one of them cannot be read, or not all could be kept.
pub(crate) fn gather(
    origin: &Origin,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Gathered, Failure> {
    let told = |total| progress.file(total);
    let read =
        |folder, keeper: Option<&dyn Keeper>| read_folder(folder, settings.limits, keeper, &told);
    let (folder, store) = match (&origin.folder, &origin.store) {
        (None, None) => {
            let words = "a folder with exports is needed, or a store";
            return Err(Failure::new(ExitCode::Usage, words));
        }
        (Some(folder), None) => {
            let folder = read(folder, None)?;
            return Ok(Gathered {
                outcome: folder.outcome,
                files: Some(folder.files),
                own_outputs: folder.own_outputs + folder.stores.len(),
                kept: None,
            });
        }
        (folder, Some(store)) => (folder.as_deref(), store),
    };
    let access = match folder {
        Some(folder) => {
            can_be_listed(folder)?;
            Access::Write
        }
        None => Access::Read,
    };
    let store = EvidenceStore::open(store, access).map_err(unusable)?;
    let mut gathered = Gathered {
        outcome: Outcome::default(),
        files: None,
        own_outputs: 0,
        kept: None,
    };
    if let Some(folder) = folder {
        let keeper = StoreKeeper::new(&store, settings.read_at);
        let read = read(folder, Some(&keeper))?;
        gathered.kept = Some(keeper.finish()?);
        gathered.outcome = read.outcome;
        gathered.files = Some(read.files);
        gathered.own_outputs = read.own_outputs + read.stores.len();
    }
    let Recalled {
        readings,
        refused,
        secrets,
    } = recall(&store, settings.options.as_of, &told).map_err(unusable)?;
    let outcome = &mut gathered.outcome;
    outcome.readings = readings;
    outcome.refused.extend(refused);
    // The store alone tells the pseudonyms, so that they are the same whether or not a folder was read on the way.
    outcome.secrets = secrets;
    Ok(gathered)
}

/// A store that cannot be used.
pub(crate) fn unusable(error: StoreError) -> Failure {
    Failure::new(ExitCode::InputUnreadable, "the store cannot be used").because(error)
}
