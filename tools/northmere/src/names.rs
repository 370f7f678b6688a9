//! Made-up names.

/// Names of the surgeries of Northmere.
pub(crate) const SURGERIES: [&str; 12] = [
    "Beck Lane",
    "Carr Wood",
    "Dale Head",
    "Ellerbank",
    "Ford Row",
    "Gillmoor",
    "Hollin Gate",
    "Ingle Street",
    "Kelder",
    "Langwith",
    "Mill Race",
    "Nether Hall",
];

/// The first letters of a name, upper case: `BECK` of `Beck Lane`.
pub(crate) fn short(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_ascii_alphabetic())
        .take(4)
        .collect::<String>()
        .to_uppercase()
}

/// Makers and models of computers, made up: (maker, model, first three octets of its addresses).
pub(crate) const COMPUTERS: [(&str, &str, [u8; 3]); 4] = [
    ("Corvane", "Desk 5080", [0x00, 0x14, 0x22]),
    ("Corvane", "Slate 14", [0x18, 0x66, 0xda]),
    ("Halberd Systems", "HS-400", [0x3c, 0xd9, 0x2b]),
    ("Nordlicht", "Tower T7", [0x54, 0xee, 0x75]),
];

/// The first three octets of virtual machines' addresses.
pub(crate) const VIRTUAL_MACHINE: [u8; 3] = [0x00, 0x50, 0x56];

/// The first three octets of docking stations' addresses.
pub(crate) const DOCK: [u8; 3] = [0x00, 0xe0, 0x4c];

/// The first three octets of printers', telephones' and medical devices' addresses.
pub(crate) const DEVICE: [u8; 3] = [0x00, 0x17, 0x61];
