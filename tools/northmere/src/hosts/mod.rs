//! The machines: what each really is, and how it became so in the weeks of the evidence.

mod host;
mod making;
mod roles;

pub(crate) use host::{Host, State, address_at, mac_text};
pub(crate) use making::{Machines, machines_of};
pub(crate) use roles::Role;
