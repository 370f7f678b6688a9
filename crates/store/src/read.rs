//! Reading a segment, within bounds: a file may come from anywhere.

use std::collections::BTreeMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::error::Fault;
use crate::shape::{DIGEST, KIND, NOTE, TABLES};
use crate::{Column, Limits, Segment, StoreError, Table, Values, digest};

/// Values taken at a time, so that a file that lies about its length makes nobody reserve memory for it.
const AT_ONCE: usize = 1 << 16;

/// Reads a segment of a kind.
///
/// # Errors
/// When the file cannot be read, is too large, is no segment or one of another kind, is cut short or damaged.
pub fn read(path: &Path, kind: &str, limits: &Limits) -> Result<Segment, StoreError> {
    // The library promises errors, but a file from anywhere is a good place to find where it does not keep the promise.
    catch_unwind(AssertUnwindSafe(|| take(path, kind, limits)))
        .unwrap_or_else(|_| Err(Fault::Damaged("it breaks its reader".to_owned())))
        .map_err(|fault| StoreError::new(path, fault))
}

fn take(path: &Path, kind: &str, limits: &Limits) -> Result<Segment, Fault> {
    let about = std::fs::metadata(path).map_err(Fault::System)?;
    if !about.is_file() {
        let words = std::io::Error::other("it is not a regular file");
        return Err(Fault::System(words));
    }
    if about.len() > limits.file_bytes {
        return Err(Fault::TooLarge {
            found: about.len(),
            most: limits.file_bytes,
            unit: "bytes",
        });
    }
    let file = File::open(path).map_err(Fault::System)?;
    let reader =
        SerializedFileReader::new(file).map_err(|error| Fault::NotParquet(error.to_string()))?;
    let about = reader.metadata().file_metadata();
    let said: BTreeMap<&str, &str> = about
        .key_value_metadata()
        .into_iter()
        .flatten()
        .filter_map(|pair| Some((pair.key.as_str(), pair.value.as_deref()?)))
        .collect();
    let (Some(found), Some(tables), Some(expected)) =
        (said.get(KIND), said.get(TABLES), said.get(DIGEST))
    else {
        return Err(Fault::Foreign);
    };
    if *found != kind {
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
    let notes = about
        .key_value_metadata()
        .into_iter()
        .flatten()
        .filter_map(|pair| {
            let name = pair.key.strip_prefix(NOTE)?;
            Some((name.to_owned(), pair.value.clone().unwrap_or_default()))
        });
    let segment = Segment {
        kind: kind.to_owned(),
        notes: notes.collect(),
        tables: read_tables(&reader, tables)?,
    };
    if digest::of(&segment).to_string() == **expected {
        Ok(segment)
    } else {
        Err(damaged("its contents are not those of its digest"))
    }
}

fn damaged(words: &str) -> Fault {
    Fault::Damaged(words.to_owned())
}

/// Row groups follow one another in the order of the tables.
fn read_tables(reader: &SerializedFileReader<File>, outline: &str) -> Result<Vec<Table>, Fault> {
    let schema = reader.metadata().file_metadata().schema_descr();
    let columns: Vec<&str> = schema.columns().iter().map(|it| it.name()).collect();
    let mut tables = Vec::new();
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
            let kind = schema.column(place).physical_type();
            let values = match kind {
                parquet::basic::Type::INT32 => Values::U32(Vec::new()),
                parquet::basic::Type::INT64 => Values::U64(Vec::new()),
                parquet::basic::Type::DOUBLE => Values::F64(Vec::new()),
                parquet::basic::Type::BYTE_ARRAY => Values::Text(Vec::new()),
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
        tables.push(table);
    }
    Ok(tables)
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
        _ => Err(damaged("a column holds what wardround never writes")),
    }
}

fn values<T: DataType, V>(
    mut from: ColumnReaderImpl<T>,
    most: usize,
    into: &mut Vec<V>,
    each: impl Fn(T::T) -> Result<V, Fault>,
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
        if records > left || some.len() != records {
            return Err(damaged("its columns are not equally long"));
        }
        left -= records;
        for value in some.drain(..) {
            into.push(each(value)?);
        }
    }
}
