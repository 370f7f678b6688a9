//! What a segment holds.

/// One file's contents.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// What it is, with the version of its shape: a reader asks for it by this.
    pub kind: String,
    /// Names and values about all of it.
    pub notes: Vec<(String, String)>,
    /// Its tables.
    pub tables: Vec<Table>,
}

/// Rows with the same columns; in a segment that was written piece by piece, one piece of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its name; pieces of one table share it.
    pub name: String,
    /// Its columns, all equally long.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name. Columns of several tables that share a name share a kind of value.
    pub name: String,
    /// Its values.
    pub values: Values,
}

/// Values of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Whole numbers to 2³² − 1.
    U32(Vec<u32>),
    /// Whole numbers to 2⁶⁴ − 1.
    U64(Vec<u64>),
    /// Numbers, to the bit.
    F64(Vec<f64>),
    /// Words.
    Text(Vec<String>),
    /// Microseconds since the start of 1970, or no moment at all.
    Moment(Vec<Option<i64>>),
}

impl Values {
    /// How many.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::U32(values) => values.len(),
            Self::U64(values) => values.len(),
            Self::F64(values) => values.len(),
            Self::Text(values) => values.len(),
            Self::Moment(values) => values.len(),
        }
    }

    /// Adds values of the same kind.
    fn append(&mut self, more: Self) {
        match (self, more) {
            (Self::U32(own), Self::U32(mut more)) => own.append(&mut more),
            (Self::U64(own), Self::U64(mut more)) => own.append(&mut more),
            (Self::F64(own), Self::F64(mut more)) => own.append(&mut more),
            (Self::Text(own), Self::Text(mut more)) => own.append(&mut more),
            (Self::Moment(own), Self::Moment(mut more)) => own.append(&mut more),
            (own, more) => debug_assert!(false, "{own:?} and {more:?}"),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(name: &str, values: Values) -> Self {
        Self {
            name: name.to_owned(),
            values,
        }
    }
}

impl Table {
    /// A table with these columns.
    #[must_use]
    pub fn new<const N: usize>(name: &str, names: [&str; N], values: [Values; N]) -> Self {
        let columns = names.into_iter().zip(values);
        Self {
            name: name.to_owned(),
            columns: columns
                .map(|(name, values)| Column::new(name, values))
                .collect(),
        }
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    /// Adds the rows of a table with the same columns. Columns of another kind have no rows for it.
    pub(crate) fn append(&mut self, other: Self) {
        debug_assert_eq!(self.name, other.name);
        for (own, more) in self.columns.iter_mut().zip(other.columns) {
            own.values.append(more.values);
        }
    }

    /// Its columns' values, in the order of `names`; `None` unless it has exactly those columns.
    #[must_use]
    pub fn into_columns<const N: usize>(self, names: [&str; N]) -> Option<[Values; N]> {
        let fits = self.columns.len() == N
            && self
                .columns
                .iter()
                .zip(names)
                .all(|(column, name)| column.name == name);
        let values: Vec<Values> = self
            .columns
            .into_iter()
            .map(|column| column.values)
            .collect();
        if fits { values.try_into().ok() } else { None }
    }
}
