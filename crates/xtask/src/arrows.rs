//! Arrows between crates: those of the design and no others.

use std::{collections::BTreeSet, path::Path};

/// Who may depend on whom. Nothing points at the binary.
const ARROWS: &[(&str, &[&str])] = &[
    ("xiezhi-domain", &[]),
    ("xiezhi-ledger", &[]),
    ("xiezhi-witness", &["xiezhi-ledger"]),
    ("xiezhi-package", &["xiezhi-ledger"]),
    ("xiezhi-store", &[]),
    ("xiezhi-store-sql", &["xiezhi-store"]),
    ("xiezhi-store-blob", &["xiezhi-store"]),
    ("xiezhi-documents", &["xiezhi-domain"]),
    ("xiezhi-typeset", &["xiezhi-documents"]),
    ("xiezhi-signing", &[]),
    ("xiezhi-reading", &[]),
    ("xiezhi-connect", &[]),
    (
        "xiezhi-app",
        &[
            "xiezhi-connect",
            "xiezhi-documents",
            "xiezhi-domain",
            "xiezhi-ledger",
            "xiezhi-package",
            "xiezhi-signing",
            "xiezhi-store",
        ],
    ),
    ("xiezhi-web", &["xiezhi-app", "xiezhi-documents", "xiezhi-domain"]),
    ("xtask", &[]),
];

/// Arrows that the design does not have.
pub fn faults(root: &Path) -> anyhow::Result<Vec<String>> {
    let metadata = cargo_metadata::MetadataCommand::new().current_dir(root).no_deps().exec()?;
    let ours: BTreeSet<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let mut faults = vec![];
    for package in &metadata.packages {
        let name = package.name.to_string();
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            if name != "xiezhi" {
                faults.push(format!("{name} is not in the list of arrows (crates/xtask/src/arrows.rs)"));
            }
            continue;
        };
        let normal =
            package.dependencies.iter().filter(|dependency| dependency.kind == cargo_metadata::DependencyKind::Normal);
        for dependency in normal.filter(|dependency| ours.contains(&dependency.name)) {
            if !allowed.contains(&dependency.name.as_str()) {
                faults.push(format!("{name} points at {}: the design has no such arrow", dependency.name));
            }
        }
    }
    Ok(faults)
}
