//! How tables stand in one Parquet file: a row has the name of its table and the columns of it; columns of other tables are
//! null, which costs next to nothing. So any reader of Parquet can ask for the rows of one table.

use std::collections::BTreeMap;
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::schema::types::{Type, TypePtr};

use crate::error::Fault;
use crate::{Segment, Table, Values};

/// The column that names a row's table.
pub(crate) const TABLE: &str = "table";
/// Notes of our own: what the file holds, which tables in which order, and the digest of it all.
pub(crate) const KIND: &str = "wardround:kind";
pub(crate) const TABLES: &str = "wardround:tables";
pub(crate) const DIGEST: &str = "wardround:digest";
/// What the user's notes are called in the file.
pub(crate) const NOTE: &str = "note:";

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueKind {
    U32,
    U64,
    F64,
    Text,
    Moment,
}

impl ValueKind {
    pub(crate) const fn of(values: &Values) -> Self {
        match values {
            Values::U32(_) => Self::U32,
            Values::U64(_) => Self::U64,
            Values::F64(_) => Self::F64,
            Values::Text(_) => Self::Text,
            Values::Moment(_) => Self::Moment,
        }
    }

    pub(crate) const fn physical(self) -> Physical {
        match self {
            Self::U32 => Physical::INT32,
            Self::U64 | Self::Moment => Physical::INT64,
            Self::F64 => Physical::DOUBLE,
            Self::Text => Physical::BYTE_ARRAY,
        }
    }

    fn logical(self) -> Option<LogicalType> {
        match self {
            Self::U32 => Some(LogicalType::integer(32, false)),
            Self::U64 => Some(LogicalType::integer(64, false)),
            Self::F64 => None,
            Self::Text => Some(LogicalType::String),
            Self::Moment => Some(LogicalType::timestamp(true, TimeUnit::MICROS)),
        }
    }
}

/// The columns of all tables, each once, in the order in which they first come.
pub(crate) fn columns(segment: &Segment) -> Result<Vec<(String, ValueKind)>, Fault> {
    let mut order = Vec::new();
    let mut kinds: BTreeMap<&str, ValueKind> = BTreeMap::new();
    for (number, table) in segment.tables.iter().enumerate() {
        let twice = segment.tables[..number]
            .iter()
            .any(|other| other.name == table.name);
        if twice || table.name.contains([' ', ',']) || table.columns.is_empty() {
            return Err(Fault::Unwritable(format!("table `{}`", table.name)));
        }
        for column in &table.columns {
            let kind = ValueKind::of(&column.values);
            let known = *kinds.entry(&column.name).or_insert_with(|| {
                order.push((column.name.clone(), kind));
                kind
            });
            let repeated = table.columns.iter().filter(|it| it.name == column.name);
            if known != kind
                || column.name == TABLE
                || column.values.len() != table.rows()
                || repeated.count() > 1
            {
                return Err(Fault::Unwritable(format!("column `{}`", column.name)));
            }
        }
    }
    Ok(order)
}

/// The schema of a file with these columns.
pub(crate) fn schema(columns: &[(String, ValueKind)]) -> parquet::errors::Result<TypePtr> {
    let mut fields = vec![field(TABLE, ValueKind::Text, Repetition::REQUIRED)?];
    for (name, kind) in columns {
        fields.push(field(name, *kind, Repetition::OPTIONAL)?);
    }
    let group = Type::group_type_builder("segment").with_fields(fields);
    Ok(Arc::new(group.build()?))
}

fn field(name: &str, kind: ValueKind, repetition: Repetition) -> parquet::errors::Result<TypePtr> {
    let field = Type::primitive_type_builder(name, kind.physical())
        .with_repetition(repetition)
        .with_logical_type(kind.logical());
    Ok(Arc::new(field.build()?))
}

/// A table in a line's part: `name rows column column`. The tables of a file stand so one after another, with commas between.
pub(crate) fn outline(table: &Table) -> String {
    let columns: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
    format!("{} {} {}", table.name, table.rows(), columns.join(" "))
}
