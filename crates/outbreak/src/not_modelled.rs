//! What the model leaves out. The list is part of every page.

/// A sentence for each thing that is not modelled.
pub const NOT_MODELLED: &[&str] = &[
    "Harm to patients: no statement is made on deaths or clinical harm, and losses of activity and money are not priced here.",
    "People who respond, unless the scenario says so: nobody isolates, patches, rebuilds or switches anything off during the outbreak.",
    "Endpoint protection: an agent that would stop the worm is not counted on, even where one reports.",
    "Host firewalls: a firewall on the machine counts only where a scan saw the port closed.",
    "Who may log on where: where a threat uses stolen passwords or contacts, these are drawn, for no export that is read shows them.",
    "Machines that are switched off, unless the scenario says so, or carried from network to network.",
    "IPv6: the worms probe addresses of IPv4; a machine that is known by an IPv6 address alone is placed in a network of its organisation by draw.",
    "Address translation: every machine is taken to have the address that it was seen at.",
    "Pressure from outside, unless the scenario says so: after the first infection nothing more comes in from the internet.",
    "Machines in no source at all; an estimate of their number stands beside the counts.",
];
