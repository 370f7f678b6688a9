//! Names that become text only through a [`Disclosure`].

use std::fmt;

use crate::Disclosure;
use crate::disclosure::Level;

macro_rules! name_types {
    ($($(#[$doc:meta])* $name:ident, $level:ident, $kind:literal;)*) => {$(
        $(#[$doc])*
        ///
        /// It has no `Display`; [`show`](Self::show) gives its text, or a pseudonym, to one audience.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Keeps `text` as it is.
            #[must_use]
            pub fn new(text: impl Into<Box<str>>) -> Self {
                Self(text.into())
            }

            /// The text, or a pseudonym, for one audience.
            #[must_use]
            pub fn show(&self, disclosure: &Disclosure) -> String {
                disclosure.show(Level::$level, $kind, &self.0)
            }

            /// The bare text, for comparing and parsing; never for output.
            #[must_use]
            pub fn as_key(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}(…)", stringify!($name))
            }
        }
    )*};
}

name_types! {
    /// The name of a machine, with or without its domain, as the source wrote it.
    HostName, Below, "host";
    /// The identifier or name of an organisation.
    OrganisationName, Organisation, "organisation";
    /// The identifier or name of a site.
    SiteName, Below, "site";
    /// The identifier or name of a network.
    NetworkName, Below, "network";
    /// The identifier or name of a service.
    ServiceName, Below, "service";
    /// A file's place below the folder that was read.
    SourcePath, Below, "file";
    /// An identifier that the hardware carries: a BIOS UUID or a serial number.
    HardwareId, Below, "hardware";
    /// An identifier that an agent gave to its installation on a machine.
    AgentId, Below, "agent";
    /// A few words quoted from a source.
    Excerpt, Below, "excerpt";
}

impl HostName {
    /// The first label in lower case: what two sources that differ in domain still share.
    #[must_use]
    pub fn short(&self) -> String {
        self.0.split('.').next().unwrap_or_default().to_lowercase()
    }

    /// The labels after the first, in lower case, where the name has any.
    #[must_use]
    pub fn domain(&self) -> Option<String> {
        self.0
            .split_once('.')
            .map(|(_, domain)| domain.trim_end_matches('.').to_lowercase())
            .filter(|domain| !domain.is_empty())
    }
}
