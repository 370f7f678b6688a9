//! Writing a segment, whole or table by table.

use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};

use crate::atomic::write_whole;
use crate::digest::Digester;
use crate::error::Fault;
use crate::shape::{DIGEST, KIND, NOTE, TABLES, ValueKind, columns, outline, schema};
use crate::{Segment, StoreError, Table, Values};

/// Rows that stand together in a file, so that a reader need not hold more at once.
const ROWS_TOGETHER: usize = 1 << 20;

/// Writes a segment where nobody but its owner may read it, and replaces what was there.
///
/// The file is whole under its name or not there at all: it is written and brought to the disk under another one first.
///
/// # Errors
/// When the system refuses, or the tables cannot stand in one file.
pub fn write(path: &Path, segment: &Segment) -> Result<(), StoreError> {
    write_whole(path, |file| put(segment, file)).map_err(|fault| StoreError::new(path, fault))
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

fn put(segment: &Segment, into: impl Write + Send) -> Result<(), Fault> {
    let mut writer = SegmentWriter::new(into, &segment.kind, columns(segment)?)?;
    for table in &segment.tables {
        writer.table(table)?;
    }
    writer.finish(&segment.notes)
}

/// A segment that is being written.
pub(crate) struct SegmentWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    kind: String,
    columns: Vec<(String, ValueKind)>,
    outline: Vec<String>,
    digest: Digester,
}

impl<W: Write + Send> SegmentWriter<W> {
    /// Begins one whose tables have some of these columns.
    pub(crate) fn new(
        into: W,
        kind: &str,
        columns: Vec<(String, ValueKind)>,
    ) -> Result<Self, Fault> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            // The library's own version would make the same contents other bytes.
            .set_created_by("wardround".to_owned())
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .build();
        let schema = schema(&columns).map_err(broken)?;
        Ok(Self {
            file: SerializedFileWriter::new(into, schema, Arc::new(properties)).map_err(broken)?,
            kind: kind.to_owned(),
            columns,
            outline: Vec::new(),
            digest: Digester::new(kind),
        })
    }

    /// How many bytes were written so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.file.bytes_written() as u64
    }

    /// The next table, or the next piece of one.
    pub(crate) fn table(&mut self, table: &Table) -> Result<(), Fault> {
        self.outline.push(outline(table));
        self.digest.table(table);
        for from in (0..table.rows()).step_by(ROWS_TOGETHER) {
            let rows = from..table.rows().min(from + ROWS_TOGETHER);
            self.rows(table, &rows).map_err(broken)?;
        }
        Ok(())
    }

    fn rows(&mut self, table: &Table, rows: &Range<usize>) -> parquet::errors::Result<()> {
        let mut group = self.file.next_row_group()?;
        // The names of the table come first, then its columns in their order.
        let mut columns = self.columns.iter();
        let mut first = true;
        while let Some(mut writer) = group.next_column()? {
            if first {
                let names = vec![ByteArray::from(table.name.as_str()); rows.len()];
                batch::<ByteArrayType>(&mut writer, &names, None)?;
            } else if let Some(column) = columns.next() {
                put_column(&mut writer, table, column, rows.clone())?;
            }
            first = false;
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }

    /// Ends the file with its notes and digest.
    pub(crate) fn finish(mut self, notes: &[(String, String)]) -> Result<(), Fault> {
        let ours = [
            (KIND.to_owned(), self.kind),
            (TABLES.to_owned(), self.outline.join(",")),
            (DIGEST.to_owned(), self.digest.finish(notes).to_string()),
        ];
        let own = notes
            .iter()
            .map(|(name, value)| (format!("{NOTE}{name}"), value.clone()));
        for (name, value) in ours.into_iter().chain(own) {
            self.file
                .append_key_value_metadata(KeyValue::new(name, value));
        }
        self.file.close().map_err(broken)?;
        Ok(())
    }
}

fn broken(error: ParquetError) -> Fault {
    match error {
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(system) => Fault::System(*system),
            Err(other) => Fault::System(std::io::Error::other(other)),
        },
        other => Fault::Unwritable(other.to_string()),
    }
}

fn put_column(
    writer: &mut SerializedColumnWriter<'_>,
    table: &Table,
    (name, kind): &(String, ValueKind),
    rows: Range<usize>,
) -> parquet::errors::Result<()> {
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
        Some(Values::Moment(values)) => {
            let values = &values[rows];
            let levels = values.iter().map(|value| i16::from(value.is_some()));
            let some: Vec<i64> = values.iter().copied().flatten().collect();
            batch::<Int64Type>(writer, &some, Some(&levels.collect()))
        }
        None => {
            let nothing = Some(&vec![0; rows.len()]);
            match kind {
                ValueKind::U32 => batch::<Int32Type>(writer, &[], nothing),
                ValueKind::U64 | ValueKind::Moment => batch::<Int64Type>(writer, &[], nothing),
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
