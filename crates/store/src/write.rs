//! Writing a segment.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};

use crate::error::Fault;
use crate::shape::{DIGEST, KIND, NOTE, TABLES, columns, outline, schema};
use crate::{Segment, StoreError, Table, Values, digest};

/// Rows that stand together in a file, so that a reader need not hold more at once.
const ROWS_TOGETHER: usize = 1 << 20;

/// Writes a segment where nobody but its owner may read it, and replaces what was there.
///
/// The file is whole under its name or not there at all: it is written and brought to the disk under another one first.
///
/// # Errors
/// When the system refuses, or the tables cannot stand in one file.
pub fn write(path: &Path, segment: &Segment) -> Result<(), StoreError> {
    let at = |fault| StoreError::new(path, fault);
    let system = |error| StoreError::new(path, Fault::System(error));
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // Such a file is made with mode 0600.
    let mut file = tempfile::Builder::new()
        .prefix(".wardround-")
        .suffix(".part")
        .tempfile_in(folder)
        .map_err(system)?;
    put(segment, file.as_file_mut()).map_err(at)?;
    file.as_file().sync_all().map_err(system)?;
    file.persist(path).map_err(|error| system(error.error))?;
    // The name is on the disk once its folder is; where folders cannot be opened, as on Windows, the system sees to it.
    if let Ok(folder) = File::open(folder) {
        folder.sync_all().map_err(system)?;
    }
    Ok(())
}

/// The bytes that [`write()`] would write: the same for the same segment.
///
/// # Errors
/// When the tables cannot stand in one file.
pub fn bytes(segment: &Segment) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    put(segment, &mut bytes).map_err(|fault| StoreError::new(Path::new("-"), fault))?;
    Ok(bytes)
}

fn put(segment: &Segment, into: &mut (impl Write + Send)) -> Result<(), Fault> {
    let columns = columns(segment)?;
    let broken = |error: parquet::errors::ParquetError| match error {
        parquet::errors::ParquetError::External(source) => {
            Fault::System(std::io::Error::other(source))
        }
        other => Fault::Unwritable(other.to_string()),
    };
    let mut notes = vec![
        (KIND.to_owned(), segment.kind.clone()),
        (TABLES.to_owned(), outline(segment)),
        (DIGEST.to_owned(), digest::of(segment).to_string()),
    ];
    let own = segment.notes.iter();
    notes.extend(own.map(|(name, value)| (format!("{NOTE}{name}"), value.clone())));
    let notes = notes
        .into_iter()
        .map(|(name, value)| KeyValue::new(name, value))
        .collect();
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        // The library's own version would make the same contents other bytes.
        .set_created_by("wardround".to_owned())
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_key_value_metadata(Some(notes))
        .build();
    let schema = schema(&columns).map_err(broken)?;
    let mut writer =
        SerializedFileWriter::new(into, schema, Arc::new(properties)).map_err(broken)?;
    for table in &segment.tables {
        for from in (0..table.rows()).step_by(ROWS_TOGETHER) {
            let rows = from..table.rows().min(from + ROWS_TOGETHER);
            let mut group = writer.next_row_group().map_err(broken)?;
            let name = ByteArray::from(table.name.as_str());
            let mut number = 0;
            while let Some(mut column) = group.next_column().map_err(broken)? {
                if number == 0 {
                    let names = vec![name.clone(); rows.len()];
                    batch::<ByteArrayType>(&mut column, &names, None)
                } else {
                    put_column(&mut column, table, &columns[number - 1], rows.clone())
                }
                .map_err(broken)?;
                column.close().map_err(broken)?;
                number += 1;
            }
            group.close().map_err(broken)?;
        }
    }
    writer.close().map_err(broken)?;
    Ok(())
}

fn put_column(
    writer: &mut SerializedColumnWriter<'_>,
    table: &Table,
    (name, kind): &(String, crate::shape::ValueKind),
    rows: std::ops::Range<usize>,
) -> parquet::errors::Result<()> {
    use crate::shape::ValueKind;
    let there = vec![1; rows.len()];
    let column = table.columns.iter().find(|column| column.name == *name);
    match column.map(|column| &column.values) {
        Some(Values::U32(values)) => {
            let values: Vec<i32> = values[rows]
                .iter()
                .map(|value| value.cast_signed())
                .collect();
            batch::<Int32Type>(writer, &values, Some(&there))
        }
        Some(Values::U64(values)) => {
            let values: Vec<i64> = values[rows]
                .iter()
                .map(|value| value.cast_signed())
                .collect();
            batch::<Int64Type>(writer, &values, Some(&there))
        }
        Some(Values::F64(values)) => batch::<DoubleType>(writer, &values[rows], Some(&there)),
        Some(Values::Text(values)) => {
            let values = values[rows].iter().map(|value| value.as_str().into());
            batch::<ByteArrayType>(writer, &values.collect::<Vec<_>>(), Some(&there))
        }
        None => {
            let nothing = Some(&vec![0; rows.len()]);
            match kind {
                ValueKind::U32 => batch::<Int32Type>(writer, &[], nothing),
                ValueKind::U64 => batch::<Int64Type>(writer, &[], nothing),
                ValueKind::F64 => batch::<DoubleType>(writer, &[], nothing),
                ValueKind::Text => batch::<ByteArrayType>(writer, &[], nothing),
            }
        }
    }
}

fn batch<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    values: &[T::T],
    levels: Option<&Vec<i16>>,
) -> parquet::errors::Result<()> {
    let levels = levels.map(Vec::as_slice);
    writer.typed::<T>().write_batch(values, levels, None)?;
    Ok(())
}
