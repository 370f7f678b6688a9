//! Who is in the estate: organisations, their networks and addresses, and which kind of exports
//! each of them has.

use crate::names;

/// How large an estate to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// Machines in all; the estate comes within a few per cent.
    pub hosts: u32,
    /// Organisations in all, at least 1: about 3 in 100 are hospitals, 1 in 100 a community
    /// trust, 2 in 100 providers, the rest surgeries.
    pub organisations: u32,
}

/// What an organisation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Acute,
    Community,
    Surgery,
    Provider,
}

impl Kind {
    /// The word of the description tables.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Acute => "acute",
            Self::Community => "mental_health",
            Self::Surgery => "surgery",
            Self::Provider => "provider",
        }
    }
}

/// In which form an organisation holds its Microsoft Defender exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DefenderStyle {
    /// Advanced-hunting tables, exported from the portal as CSV.
    PortalCsv,
    /// Answers of the advanced-hunting API.
    HuntingJson,
    /// Pages of the machines and vulnerabilities API.
    ApiPages,
    /// None.
    Absent,
}

/// A network of an organisation.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: NetworkKind,
    /// The first address.
    pub(crate) base: u32,
    pub(crate) prefix: u8,
    /// How many machines to put there.
    pub(crate) hosts: u32,
}

/// What a network is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NetworkKind {
    User,
    Server,
    Imaging,
    Laboratory,
    Wards,
    Guest,
    Management,
}

impl NetworkKind {
    /// The word of the description tables.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Server => "server",
            Self::Imaging | Self::Laboratory | Self::Wards => "clinical",
            Self::Guest => "guest",
            Self::Management => "management",
        }
    }
}

impl Network {
    /// `10.16.0.0/23`.
    pub(crate) fn cidr(&self) -> String {
        format!("{}/{}", dotted(self.base), self.prefix)
    }

    /// The address at a place in the network; place 0 is the tenth address.
    pub(crate) fn address(&self, place: u32) -> String {
        dotted(self.base + 10 + place)
    }

    /// How many addresses the network has.
    pub(crate) fn addresses(&self) -> u32 {
        1 << (32 - self.prefix)
    }
}

/// An organisation.
#[derive(Debug, Clone)]
pub(crate) struct Organisation {
    /// Its place in the plan.
    pub(crate) number: u32,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// The place in the plan of the organisation that patches its machines.
    pub(crate) administrator: u32,
    /// The identifier of that organisation.
    pub(crate) administrator_id: String,
    pub(crate) domain: String,
    /// A short form for machine names, upper case.
    pub(crate) short: String,
    pub(crate) networks: Vec<Network>,
    pub(crate) defender: DefenderStyle,
    /// Whether the dangerous core lies here: old systems are many and unfixed.
    pub(crate) neglected: bool,
    /// The number of its first machine.
    pub(crate) first_host: u32,
    /// Room for its machines' numbers, retired ones included.
    pub(crate) host_numbers: u32,
}

/// `10.16.0.1` from its number.
pub(crate) fn dotted(address: u32) -> String {
    let [a, b, c, d] = address.to_be_bytes();
    format!("{a}.{b}.{c}.{d}")
}

/// Hands out address blocks of 10.0.0.0/8 and machine numbers, in order.
struct Layout {
    next_address: u32,
    next_host: u32,
    organisations: Vec<Organisation>,
}

/// What to lay out for one organisation.
struct Wanted {
    id: String,
    name: String,
    kind: Kind,
    administrator: Option<u32>,
    domain: String,
    short: String,
    hosts: u32,
    defender: DefenderStyle,
    neglected: bool,
}

impl Layout {
    fn new() -> Self {
        Self {
            next_address: u32::from_be_bytes([10, 16, 0, 0]),
            next_host: 1,
            organisations: vec![],
        }
    }

    fn add(&mut self, wanted: Wanted) -> u32 {
        let number = self.organisations.len() as u32;
        let mut networks = networks_of(&wanted);
        // The organisation's networks start on a boundary of their whole size, so that its
        // addresses look like one block on a map.
        let total: u32 = networks.iter().map(Network::addresses).sum();
        self.align(total.next_power_of_two());
        for network in &mut networks {
            self.align(network.addresses());
            network.base = self.next_address;
            self.next_address += network.addresses();
        }
        let host_numbers = wanted.hosts + wanted.hosts / 20 + 8;
        let administrator = wanted.administrator.unwrap_or(number);
        let administrator_id = match self.organisations.get(administrator as usize) {
            Some(other) => other.id.clone(),
            None => wanted.id.clone(),
        };
        self.organisations.push(Organisation {
            number,
            administrator,
            administrator_id,
            id: wanted.id,
            name: wanted.name,
            kind: wanted.kind,
            domain: wanted.domain,
            short: wanted.short,
            networks,
            defender: wanted.defender,
            neglected: wanted.neglected,
            first_host: self.next_host,
            host_numbers,
        });
        self.next_host += host_numbers;
        number
    }

    fn align(&mut self, size: u32) {
        self.next_address = self.next_address.next_multiple_of(size);
    }
}

/// The shares of an organisation's machines by kind of network, in thousandths.
fn shares(kind: Kind) -> &'static [(NetworkKind, u32)] {
    match kind {
        Kind::Acute => &[
            (NetworkKind::User, 530),
            (NetworkKind::Server, 95),
            (NetworkKind::Imaging, 95),
            (NetworkKind::Laboratory, 120),
            (NetworkKind::Wards, 70),
            (NetworkKind::Guest, 50),
            (NetworkKind::Management, 40),
        ],
        Kind::Community => &[
            (NetworkKind::User, 820),
            (NetworkKind::Server, 90),
            (NetworkKind::Guest, 60),
            (NetworkKind::Management, 30),
        ],
        Kind::Provider => &[
            (NetworkKind::User, 600),
            (NetworkKind::Server, 300),
            (NetworkKind::Management, 100),
        ],
        Kind::Surgery => &[(NetworkKind::User, 1000)],
    }
}

fn networks_of(wanted: &Wanted) -> Vec<Network> {
    let mut networks = Vec::new();
    for &(kind, share) in shares(wanted.kind) {
        let hosts = (wanted.hosts * share + 500) / 1000;
        let (label, name, prefix, most) = match kind {
            NetworkKind::User if wanted.kind == Kind::Surgery => ("lan", "Practice LAN", 24, 200),
            NetworkKind::User => ("user", "Users", 23, 390),
            NetworkKind::Server => ("servers", "Servers", 24, 180),
            NetworkKind::Imaging => ("imaging", "Imaging", 24, 160),
            NetworkKind::Laboratory => ("laboratory", "Laboratory", 24, 160),
            NetworkKind::Wards => ("wards", "Ward devices", 24, 160),
            NetworkKind::Guest => ("guest", "Guests", 23, 390),
            NetworkKind::Management => ("management", "Management", 24, 180),
        };
        let count = hosts.div_ceil(most).max(1);
        for index in 0..count {
            let suffix = if count > 1 {
                format!("-{}", index + 1)
            } else {
                String::new()
            };
            networks.push(Network {
                id: format!("{}-{label}{suffix}", wanted.id),
                name: if count > 1 {
                    format!("{name} {}", index + 1)
                } else {
                    name.to_owned()
                },
                kind,
                base: 0,
                prefix,
                hosts: hosts / count + u32::from(index < hosts % count),
            });
        }
    }
    networks
}

/// The committed example: a made-up health region of about 3,000 machines.
pub(crate) fn northmere_plan() -> Vec<Organisation> {
    let mut layout = Layout::new();
    let body =
        |id: &str, name: &str, kind, domain: &str, short: &str, hosts, defender, neglected| {
            Wanted {
                id: id.to_owned(),
                name: name.to_owned(),
                kind,
                administrator: None,
                domain: format!("{domain}.northmere.example"),
                short: short.to_owned(),
                hosts,
                defender,
                neglected,
            }
        };
    layout.add(body(
        "hospital-a",
        "Northmere Infirmary",
        Kind::Acute,
        "infirmary",
        "NRI",
        1_250,
        DefenderStyle::PortalCsv,
        true,
    ));
    layout.add(body(
        "hospital-b",
        "Alderwick General Hospital",
        Kind::Acute,
        "alderwick",
        "AGH",
        800,
        DefenderStyle::HuntingJson,
        false,
    ));
    layout.add(body(
        "community-trust",
        "Northmere Community and Mental Health Trust",
        Kind::Community,
        "community",
        "NCT",
        480,
        DefenderStyle::ApiPages,
        false,
    ));
    let provider = layout.add(body(
        "provider",
        "Fellside Surgery Computing",
        Kind::Provider,
        "fellside",
        "FSC",
        60,
        DefenderStyle::Absent,
        false,
    ));
    for (index, name) in names::SURGERIES.iter().enumerate() {
        let number = index + 1;
        let domain = name.to_lowercase().replace(' ', "");
        layout.add(Wanted {
            id: format!("surgery-{number:02}"),
            name: format!("{name} Surgery"),
            kind: Kind::Surgery,
            administrator: Some(provider),
            domain: format!("{domain}.gp.northmere.example"),
            short: names::short(name),
            hosts: 25 + (index as u32 * 7) % 16,
            defender: DefenderStyle::Absent,
            neglected: matches!(number, 3 | 8 | 11),
        });
    }
    layout.organisations
}

/// An estate of any size.
pub(crate) fn plan_of(size: &Size) -> Vec<Organisation> {
    let total = size.organisations.max(1);
    let acute = (total * 3 / 100).max(1);
    let community = if total >= 3 { (total / 100).max(1) } else { 0 };
    let providers = if total >= 5 {
        (total * 2 / 100).max(1)
    } else {
        0
    };
    let surgeries = total.saturating_sub(acute + community + providers);
    let per_surgery = (size.hosts / 6 / surgeries.max(1)).clamp(4, 32);
    let per_provider = (size.hosts / 100 / providers.max(1)).clamp(4, 60);
    let rest = size
        .hosts
        .saturating_sub(surgeries * per_surgery + providers * per_provider);
    let per_trust = (rest / (acute + community).max(1)).max(10);
    let styles = [
        DefenderStyle::PortalCsv,
        DefenderStyle::HuntingJson,
        DefenderStyle::ApiPages,
    ];

    let mut layout = Layout::new();
    let body = |id: String, kind, hosts, administrator, defender, number: u32| Wanted {
        name: format!("Made-up organisation {id}"),
        domain: format!("{id}.estate.example"),
        short: format!("{}{number}", &id[..1].to_uppercase()),
        id,
        kind,
        administrator,
        hosts,
        defender,
        neglected: number.is_multiple_of(3),
    };
    for n in 0..acute {
        let style = styles[(n % 3) as usize];
        layout.add(body(
            format!("hospital-{:04}", n + 1),
            Kind::Acute,
            per_trust,
            None,
            style,
            n,
        ));
    }
    for n in 0..community {
        let style = DefenderStyle::ApiPages;
        layout.add(body(
            format!("trust-{:04}", n + 1),
            Kind::Community,
            per_trust,
            None,
            style,
            n,
        ));
    }
    let first_provider = layout.organisations.len() as u32;
    let absent = DefenderStyle::Absent;
    for n in 0..providers {
        let id = format!("provider-{:04}", n + 1);
        layout.add(body(id, Kind::Provider, per_provider, None, absent, n));
    }
    for n in 0..surgeries {
        let administrator = (providers > 0).then(|| first_provider + n % providers);
        let id = format!("surgery-{:05}", n + 1);
        layout.add(body(
            id,
            Kind::Surgery,
            per_surgery,
            administrator,
            absent,
            n,
        ));
    }
    layout.organisations
}
