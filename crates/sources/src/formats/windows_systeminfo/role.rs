//! What a machine is for, by its configuration and the name of its system.

use wardround_evidence::Role;

/// The words for domain controller in the languages that a European estate meets; others count as servers.
const DOMAIN_CONTROLLER: [&str; 8] = [
    "domain controller",
    "domänencontroller",
    "contrôleur de domaine",
    "controlador de dominio",
    "controlador de domínio",
    "controller di dominio",
    "domeincontroller",
    "контроллер домена",
];

/// The role, where the configuration says it in words that we know or the system's name tells servers apart: every
/// Windows for servers is called Server, in every language.
pub(super) fn role(configuration: Option<&str>, system: &str) -> Option<Role> {
    let configuration = configuration.unwrap_or_default().to_lowercase();
    if DOMAIN_CONTROLLER
        .iter()
        .any(|words| configuration.contains(words))
    {
        return Some(Role::DomainController);
    }
    if configuration.ends_with(" workstation") || configuration.starts_with("workstation ") {
        return Some(Role::Workstation);
    }
    if configuration.ends_with(" server") || system.contains("Server") {
        return Some(Role::Server);
    }
    system.contains("Windows").then_some(Role::Workstation)
}

/// Whether the machine is known to belong to no domain, so that its domain field names a workgroup.
pub(super) fn is_standalone(configuration: Option<&str>) -> bool {
    configuration.is_some_and(|words| words.to_lowercase().starts_with("standalone"))
}
