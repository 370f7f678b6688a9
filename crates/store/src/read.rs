//! Reading a segment, within bounds: a file may come from anywhere.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use parquet::basic::{LogicalType, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};

use crate::digest::Digester;
use crate::error::Fault;
use crate::shape::{DIGEST, KIND, NOTE, TABLE, TABLES};
use crate::{Column, Limits, Segment, StoreError, Table, Values};

/// Values taken at a time, so that a file that lies about its length makes nobody reserve memory for it.
const AT_ONCE: usize = 1 << 16;

/// Reads a segment of a kind.
///
/// # Errors
/// When the file cannot be read, is too large, is no segment or one of another kind, is cut short or damaged.
pub fn read(path: &Path, kind: &str, limits: &Limits) -> Result<Segment, StoreError> {
    let empty = |notes: &[(String, String)]| {
        Ok(Segment {
            kind: kind.to_owned(),
            notes: notes.to_vec(),
            tables: Vec::new(),
        })
    };
    read_each(path, kind, limits, empty, |segment, table| {
        segment.tables.push(table);
        Ok(())
    })
}

/// Makes a `reader` of a segment's notes and gives it the tables, one after another. Only when that ends well is it sure that
/// notes and tables are what was written.
pub(crate) fn read_each<R>(
    path: &Path,
    kind: &str,
    limits: &Limits,
    reader: impl FnOnce(&[(String, String)]) -> Result<R, Fault>,
    each: impl Fn(&mut R, Table) -> Result<(), Fault>,
) -> Result<R, StoreError> {
    let read = guarded(|| Opened::new(path, kind, limits)?.read(kind, reader, each));
    read.map_err(|fault| StoreError::new(path, fault))
}

/// As [`read_each`], from wherever a segment's bytes are.
pub(crate) fn read_each_of<R>(
    bytes: impl ChunkReader + 'static,
    kind: &str,
    limits: &Limits,
    reader: impl FnOnce(&[(String, String)]) -> Result<R, Fault>,
    each: impl Fn(&mut R, Table) -> Result<(), Fault>,
) -> Result<R, Fault> {
    guarded(|| Opened::of(bytes, kind, limits)?.read(kind, reader, each))
}

/// A segment's notes, without reading the rest: nothing tells yet that they are what was written.
pub(crate) fn read_notes(path: &Path, kind: &str, limits: &Limits) -> Result<Notes, StoreError> {
    let read = guarded(|| Ok(Opened::new(path, kind, limits)?.notes));
    read.map_err(|fault| StoreError::new(path, fault))
}

/// The library promises errors, but a file from anywhere is a good place to find where it does not keep the promise.
fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged("it breaks its reader")))
}

type Notes = Vec<(String, String)>;

/// A file of which the end, with all that it says of itself, was read.
struct Opened<Bytes: ChunkReader> {
    reader: SerializedFileReader<Bytes>,
    notes: Notes,
    outline: String,
    digest: String,
}

impl Opened<File> {
    fn new(path: &Path, kind: &str, limits: &Limits) -> Result<Self, Fault> {
        let about = std::fs::metadata(path).map_err(Fault::System)?;
        if !about.is_file() {
            let words = std::io::Error::other("it is not a regular file");
            return Err(Fault::System(words));
        }
        if about.len() > limits.file_bytes {
            return Err(too_long(about.len(), limits));
        }
        Self::of(File::open(path).map_err(Fault::System)?, kind, limits)
    }
}

fn too_long(found: u64, limits: &Limits) -> Fault {
    Fault::TooLarge {
        found,
        most: limits.file_bytes,
        unit: "bytes",
    }
}

impl<Bytes: ChunkReader + 'static> Opened<Bytes> {
    fn of(bytes: Bytes, kind: &str, limits: &Limits) -> Result<Self, Fault> {
        if bytes.len() > limits.file_bytes {
            return Err(too_long(bytes.len(), limits));
        }
        let reader = SerializedFileReader::new(bytes)
            .map_err(|error| Fault::NotParquet(error.to_string()))?;
        let about = reader.metadata().file_metadata();
        let said: Vec<(&str, &str)> = about
            .key_value_metadata()
            .into_iter()
            .flatten()
            .map(|pair| (pair.key.as_str(), pair.value.as_deref().unwrap_or_default()))
            .collect();
        let ours = |name| {
            let found = said.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let (Some(found), Some(outline), Some(digest)) = (ours(KIND), ours(TABLES), ours(DIGEST))
        else {
            return Err(Fault::Foreign);
        };
        if found != kind {
            return Err(Fault::OtherKind {
                found: found.chars().take(60).collect(),
                wanted: kind.to_owned(),
            });
        }
        let rows = u64::try_from(about.num_rows()).unwrap_or(u64::MAX);
        if rows > limits.rows {
            return Err(Fault::TooLarge {
                found: rows,
                most: limits.rows,
                unit: "rows",
            });
        }
        let notes = said.iter().filter_map(|(name, value)| {
            let name = name.strip_prefix(NOTE)?;
            Some((name.to_owned(), (*value).to_owned()))
        });
        Ok(Self {
            notes: notes.collect(),
            outline,
            digest,
            reader,
        })
    }

    fn read<R>(
        &self,
        kind: &str,
        reader: impl FnOnce(&[(String, String)]) -> Result<R, Fault>,
        each: impl Fn(&mut R, Table) -> Result<(), Fault>,
    ) -> Result<R, Fault> {
        let mut digest = Digester::new(kind);
        let mut reading = reader(&self.notes)?;
        read_tables(&self.reader, &self.outline, &mut |table| {
            digest.table(&table);
            each(&mut reading, table)
        })?;
        if digest.finish(&self.notes).to_string() == self.digest {
            Ok(reading)
        } else {
            Err(damaged("its contents are not those of its digest"))
        }
    }
}

fn damaged(words: &str) -> Fault {
    Fault::Damaged(words.to_owned())
}

/// Row groups follow one another in the order of the tables.
fn read_tables(
    reader: &impl FileReader,
    outline: &str,
    each: &mut dyn FnMut(Table) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let schema = reader.metadata().file_metadata().schema_descr();
    let columns: Vec<&str> = schema.columns().iter().map(|it| it.name()).collect();
    let named = columns.iter().position(|known| *known == TABLE);
    let named = named.ok_or_else(|| damaged("a column is missing"))?;
    let mut group = 0;
    for words in outline.split(',').filter(|words| !words.is_empty()) {
        let mut words = words.split(' ');
        let (Some(name), Some(rows)) = (words.next(), words.next()) else {
            return Err(damaged("its tables are not named"));
        };
        let rows: usize = rows.parse().map_err(|_| damaged("a table has no length"))?;
        let mut table = Table {
            name: name.to_owned(),
            columns: Vec::new(),
        };
        let mut places = Vec::new();
        for name in words {
            let place = columns.iter().position(|known| *known == name);
            let place = place.ok_or_else(|| damaged("a column is missing"))?;
            let column = schema.column(place);
            let values = match (column.physical_type(), column.logical_type_ref()) {
                (Physical::INT32, _) => Values::U32(Vec::new()),
                (Physical::INT64, Some(LogicalType::Timestamp { .. })) => {
                    Values::Moment(Vec::new())
                }
                (Physical::INT64, _) => Values::U64(Vec::new()),
                (Physical::DOUBLE, _) => Values::F64(Vec::new()),
                (Physical::BYTE_ARRAY, _) => Values::Text(Vec::new()),
                _ => return Err(damaged("a column holds what wardround never writes")),
            };
            table.columns.push(Column::new(name, values));
            places.push(place);
        }
        while table.rows() < rows && !places.is_empty() {
            if group >= reader.num_row_groups() {
                return Err(damaged("rows are missing"));
            }
            let before = table.rows();
            let part = reader.get_row_group(group).map_err(unreadable)?;
            let names = part.get_column_reader(named).map_err(unreadable)?;
            check_names(names, &table.name)?;
            for (column, place) in table.columns.iter_mut().zip(&places) {
                let from = part.get_column_reader(*place).map_err(unreadable)?;
                read_column(from, rows - before, &mut column.values)?;
            }
            let even = table
                .columns
                .iter()
                .all(|it| it.values.len() == table.rows());
            if !even || table.rows() == before {
                return Err(damaged("its columns are not equally long"));
            }
            group += 1;
        }
        each(table)?;
    }
    if group == reader.num_row_groups() {
        Ok(())
    } else {
        Err(damaged("it holds rows that nobody put there"))
    }
}

/// That all rows of a group are of one table: what other tools ask by. The column has a value in each row.
fn check_names(from: ColumnReader, name: &str) -> Result<(), Fault> {
    let ColumnReader::ByteArrayColumnReader(mut from) = from else {
        return Err(damaged("a column holds what wardround never writes"));
    };
    let mut names = Vec::new();
    loop {
        names.clear();
        let (records, ..) = from
            .read_records(AT_ONCE, None, None, &mut names)
            .map_err(unreadable)?;
        if records == 0 {
            return Ok(());
        }
        if names.len() != records || names.iter().any(|it| it.data() != name.as_bytes()) {
            return Err(damaged("a row says that it is of another table"));
        }
    }
}

fn unreadable(error: ParquetError) -> Fault {
    Fault::Damaged(error.to_string())
}

fn read_column(from: ColumnReader, most: usize, into: &mut Values) -> Result<(), Fault> {
    match (from, into) {
        (ColumnReader::Int32ColumnReader(from), Values::U32(into)) => {
            values(from, most, into, |value| Ok(value.cast_unsigned()))
        }
        (ColumnReader::Int64ColumnReader(from), Values::U64(into)) => {
            values(from, most, into, |value| Ok(value.cast_unsigned()))
        }
        (ColumnReader::DoubleColumnReader(from), Values::F64(into)) => values(from, most, into, Ok),
        (ColumnReader::ByteArrayColumnReader(from), Values::Text(into)) => {
            let text = |value: ByteArray| Ok(value.as_utf8().map_err(unreadable)?.to_owned());
            values(from, most, into, text)
        }
        (ColumnReader::Int64ColumnReader(from), Values::Moment(into)) => {
            rows(from, most, |levels, some| {
                let mut some = some.drain(..);
                let moments = levels.iter().map(|level| match level {
                    0 => None,
                    _ => some.next(),
                });
                into.extend(moments);
                Ok(())
            })
        }
        _ => Err(damaged("a column holds what wardround never writes")),
    }
}

fn values<T: DataType, V>(
    from: ColumnReaderImpl<T>,
    most: usize,
    into: &mut Vec<V>,
    each: impl Fn(T::T) -> Result<V, Fault>,
) -> Result<(), Fault> {
    rows(from, most, |levels, some| {
        if some.len() != levels.len() {
            return Err(damaged("its columns are not equally long"));
        }
        for value in some.drain(..) {
            into.push(each(value)?);
        }
        Ok(())
    })
}

/// Gives the rows of a column to `take`, some at a time: whether there is a value, and those that are there.
fn rows<T: DataType>(
    mut from: ColumnReaderImpl<T>,
    most: usize,
    mut take: impl FnMut(&[i16], &mut Vec<T::T>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut left = most;
    let mut levels = Vec::new();
    let mut some = Vec::new();
    loop {
        levels.clear();
        some.clear();
        let (records, ..) = from
            .read_records(AT_ONCE.min(left + 1), Some(&mut levels), None, &mut some)
            .map_err(unreadable)?;
        if records == 0 {
            return Ok(());
        }
        if records > left || levels.len() != records {
            return Err(damaged("its columns are not equally long"));
        }
        left -= records;
        take(&levels, &mut some)?;
    }
}
