//! What a machine is for, by its configuration and the name of its system.

use wardround_evidence::Role;

/// The words for domain controller in the languages that a European estate meets; others count as servers. Those in Latin
/// letters are cut to what is ASCII, since an accented letter of a code page that is not named may be read as any other.
const DOMAIN_CONTROLLER: [&str; 7] = [
    "domain controller",
    "nencontroller",
    "leur de domaine",
    "controlador de dom",
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

#[cfg(test)]
mod tests {
    use wardround_evidence::Role;

    use super::role;

    #[test]
    fn a_domain_controller_is_known_however_its_accents_are_read() {
        let windows = "Microsoft Windows Server 2019 Standard";
        for words in [
            "Primary Domain Controller",
            "Primärer Domänencontroller",
            "Prim\u{201e}rer Dom\u{201e}nencontroller",
            "Contrôleur de domaine principal",
            "Contr\u{201c}leur de domaine principal",
            "Controlador de domínio primário",
        ] {
            assert_eq!(
                role(Some(words), windows),
                Some(Role::DomainController),
                "{words}"
            );
        }
        assert_eq!(role(Some("Mitgliedsserver"), windows), Some(Role::Server));
    }
}
