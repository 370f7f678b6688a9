//! What `ConvertTo-Json` writes: one object, or an array of them.

use serde_json::Value;

use crate::json_rows::{JsonRow, each_row};
use crate::windows::{Machines, PROPERTIES, PlainText, Properties};
use crate::{ReadError, Sink};

/// How far into the file the first object names its update, at most.
const FIRST_OBJECT_BYTES: usize = 8 << 10;

/// Whether the first object has the properties of an update.
pub(super) fn recognise(text: &str) -> bool {
    let mut end = text.len().min(FIRST_OBJECT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let first = &text[..end];
    first.contains("\"HotFixID\"") && first.contains("\"InstalledOn\"")
}

/// Reads the objects.
pub(super) fn read(
    text: &mut PlainText<'_>,
    machines: &mut Machines,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    each_row(text, &[], sink, &mut |position, object, sink| {
        let properties = properties(object);
        if properties.has_entry() {
            return machines.add(position, properties);
        }
        sink.skip(position, "the object names no update");
        Ok(())
    })
    .map(|_| ())
}

/// Windows PowerShell wraps a date as `{"value": "/Date(…)/", "DateTime": …}`.
fn properties(object: &JsonRow) -> Properties {
    let mut properties = Properties::default();
    for name in PROPERTIES {
        let value = match object.get(name) {
            Some(Value::Object(wrapped)) => wrapped.get("value").and_then(Value::as_str),
            other => other.and_then(Value::as_str),
        };
        properties.set(name, value.unwrap_or_default());
    }
    properties
}
