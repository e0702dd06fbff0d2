//! Preservation metadata (PREMIS 3.0): files as objects, acts as events, whoever acted as agents.

use xiezhi_package::{Item, layout};

use super::{Facts, facts, people, xml::Xml};

const NAMESPACE: &str = "http://www.loc.gov/premis/v3";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
const SCHEMA: &str = "http://www.loc.gov/premis/v3 http://www.loc.gov/standards/premis/premis.xsd";

/// The whole document.
pub(super) fn write(facts: &Facts, files: &[Item]) -> String {
    let mut xml = Xml::new();
    let root = [("xmlns", NAMESPACE), ("xmlns:xsi", INSTANCE), ("xsi:schemaLocation", SCHEMA), ("version", "3.0")];
    xml.within("premis", &root, |xml| {
        files.iter().chain(&facts.renditions).for_each(|file| object(xml, facts, file));
        facts.events.iter().for_each(|row| event(xml, facts, row));
        facts.people.iter().for_each(|person| agent(xml, &person.id.to_string(), &person.name, "person"));
        for label in ["clock", "system"] {
            agent(xml, label, label, "software");
        }
    });
    xml.text()
}

fn identifier(xml: &mut Xml, [outer, kind, value]: [&'static str; 3], [of, it]: [&str; 2]) {
    xml.within(outer, &[], |xml| {
        xml.leaf(kind, of);
        xml.leaf(value, it);
    });
}

fn object(xml: &mut Xml, facts: &Facts, file: &Item) {
    let paper = facts.documents.iter().find(|paper| paper.path.as_deref() == Some(&file.path));
    let original = facts.documents.iter().find(|paper| paper.renditions.contains(&file.path));
    xml.within("object", &[("xsi:type", "file")], |xml| {
        let names = ["objectIdentifier", "objectIdentifierType", "objectIdentifierValue"];
        identifier(xml, names, ["path", &file.path]);
        if let Some(paper) = paper {
            let id = format!("{}/{}", paper.material, paper.version);
            identifier(xml, names, ["material", &id]);
        }
        xml.within("objectCharacteristics", &[], |xml| {
            for (algorithm, digest) in [("SHA-256", &file.sums.sha256), ("SHA-512", &file.sums.sha512)] {
                xml.within("fixity", &[], |xml| {
                    xml.leaf("messageDigestAlgorithm", algorithm);
                    xml.leaf("messageDigest", digest);
                });
            }
            xml.leaf("size", &file.sums.size_bytes.to_string());
            xml.within("format", &[], |xml| {
                xml.within("formatDesignation", &[], |xml| {
                    let media = if original.is_some() { "image/jpeg" } else { "application/octet-stream" };
                    xml.leaf("formatName", paper.map_or(media, |paper| paper.media.as_str()));
                });
            });
        });
        if let Some(paper) = paper {
            xml.leaf("originalName", &paper.title);
        }
        if let Some(path) = original.and_then(|paper| paper.path.as_deref()) {
            xml.within("relationship", &[], |xml| {
                xml.leaf("relationshipType", "derivation");
                xml.leaf("relationshipSubType", "is derived from");
                let names = ["relatedObjectIdentifier", "relatedObjectIdentifierType", "relatedObjectIdentifierValue"];
                identifier(xml, names, ["path", path]);
            });
        }
    });
}

fn event(xml: &mut Xml, facts: &Facts, row: &layout::EventRow) {
    xml.within("event", &[], |xml| {
        let names = ["eventIdentifier", "eventIdentifierType", "eventIdentifierValue"];
        identifier(xml, names, ["UUID", &row.id.to_string()]);
        xml.leaf("eventType", &row.name);
        let at = facts::moment_of(row).map(|moment| moment.at.to_string());
        xml.leaf("eventDateTime", &at.unwrap_or_default());
        xml.within("eventDetailInformation", &[], |xml| {
            let detail = format!("revision {} of the case, entry {} of {}", row.rev, row.position, facts.seal.log);
            xml.leaf("eventDetail", &detail);
        });
        let agent = people::actor(&row.actor).map_or_else(|| row.actor.clone(), |id| id.to_string());
        let names = ["linkingAgentIdentifier", "linkingAgentIdentifierType", "linkingAgentIdentifierValue"];
        identifier(xml, names, ["local", &agent]);
        let mut named = std::collections::BTreeMap::new();
        layout::named_files(&row.body_value(), &mut named);
        let papers = facts.documents.iter().filter(|paper| named.contains_key(&paper.sha256));
        for path in papers.filter_map(|paper| paper.path.as_deref()) {
            let names = ["linkingObjectIdentifier", "linkingObjectIdentifierType", "linkingObjectIdentifierValue"];
            identifier(xml, names, ["path", path]);
        }
    });
}

fn agent(xml: &mut Xml, id: &str, name: &str, kind: &str) {
    xml.within("agent", &[], |xml| {
        identifier(xml, ["agentIdentifier", "agentIdentifierType", "agentIdentifierValue"], ["local", id]);
        xml.leaf("agentName", name);
        xml.leaf("agentType", kind);
    });
}
