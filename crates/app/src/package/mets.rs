//! Structure of the package (METS), in the words of E-ARK's common specification (CSIP): where descriptive and
//! preservation metadata are, which files there are, and how they lie. The package itself is a bag; whoever wants an
//! E-ARK package has here what its METS asks for.

use xiezhi_package::{Item, layout};

use super::{Facts, xml::Xml};

const NAMESPACE: &str = "http://www.loc.gov/METS/";
const CSIP: &str = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
const PROFILE: &str = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml";

/// The whole document. Paths are those of the bag.
pub(super) fn write(facts: &Facts, files: &[Item]) -> String {
    let mut xml = Xml::new();
    let id = format!("urn:uuid:{}", facts.case.id);
    let packed_at = facts.packed_at.to_string();
    let root = [
        ("xmlns", NAMESPACE),
        ("xmlns:csip", CSIP),
        ("xmlns:xlink", XLINK),
        ("xmlns:xsi", INSTANCE),
        ("OBJID", id.as_str()),
        ("LABEL", facts.seal.archive_no.as_str()),
        ("TYPE", "Mixed"),
        ("csip:CONTENTINFORMATIONTYPE", "OTHER"),
        ("csip:OTHERCONTENTINFORMATIONTYPE", "court case file"),
        ("PROFILE", PROFILE),
    ];
    xml.within("mets", &root, |xml| {
        let header = [("CREATEDATE", packed_at.as_str()), ("csip:OAISPACKAGETYPE", "AIP")];
        xml.within("metsHdr", &header, |xml| {
            agent(xml, &[("ROLE", "CREATOR"), ("TYPE", "ORGANIZATION")], &facts.court);
            let software = [("ROLE", "CREATOR"), ("TYPE", "OTHER"), ("OTHERTYPE", "SOFTWARE")];
            agent(xml, &software, concat!("xiezhi ", env!("CARGO_PKG_VERSION")));
        });
        xml.within("dmdSec", &[("ID", "dmd-eep"), ("STATUS", "CURRENT")], |xml| {
            reference(xml, "OTHER", Some("DA/T 48"), layout::EEP);
        });
        xml.within("amdSec", &[], |xml| {
            xml.within("digiprovMD", &[("ID", "amd-premis"), ("STATUS", "CURRENT")], |xml| {
                reference(xml, "PREMIS", None, layout::PREMIS);
            });
        });
        file_section(xml, facts, files);
        structure(xml, facts, files);
    });
    xml.text()
}

fn agent(xml: &mut Xml, attributes: &[(&str, &str)], name: &str) {
    xml.within("agent", attributes, |xml| xml.leaf("name", name));
}

fn reference(xml: &mut Xml, kind: &str, other: Option<&str>, path: &str) {
    let mut attributes = vec![
        ("LOCTYPE", "URL"),
        ("xlink:type", "simple"),
        ("xlink:href", path),
        ("MDTYPE", kind),
        ("MIMETYPE", "text/xml"),
    ];
    attributes.extend(other.map(|other| ("OTHERMDTYPE", other)));
    xml.empty("mdRef", &attributes);
}

fn file_id(place: usize) -> String {
    format!("file-{}", place + 1)
}

fn rendition_id(place: usize) -> String {
    format!("rendition-{}", place + 1)
}

fn file_section(xml: &mut Xml, facts: &Facts, files: &[Item]) {
    xml.within("fileSec", &[("ID", "files")], |xml| {
        xml.within("fileGrp", &[("ID", "group-documents"), ("USE", "Representations")], |xml| {
            for (place, item) in files.iter().enumerate() {
                file(xml, &file_id(place), item);
            }
        });
        if !facts.renditions.is_empty() {
            xml.within("fileGrp", &[("ID", "group-renditions"), ("USE", "Representations/derived")], |xml| {
                for (place, page) in facts.renditions.iter().enumerate() {
                    file(xml, &rendition_id(place), page);
                }
            });
        }
    });
}

fn file(xml: &mut Xml, id: &str, file: &Item) {
    let size = file.sums.size_bytes.to_string();
    let attributes =
        [("ID", id), ("SIZE", size.as_str()), ("CHECKSUM", file.sums.sha256.as_str()), ("CHECKSUMTYPE", "SHA-256")];
    xml.within("file", &attributes, |xml| {
        xml.empty("FLocat", &[("LOCTYPE", "URL"), ("xlink:type", "simple"), ("xlink:href", file.path.as_str())]);
    });
}

fn structure(xml: &mut Xml, facts: &Facts, files: &[Item]) {
    xml.within("structMap", &[("TYPE", "PHYSICAL"), ("LABEL", "CSIP")], |xml| {
        xml.within("div", &[("LABEL", facts.seal.archive_no.as_str())], |xml| {
            xml.empty("div", &[("LABEL", "Metadata"), ("DMDID", "dmd-eep"), ("ADMID", "amd-premis")]);
            xml.within("div", &[("LABEL", "Representations")], |xml| {
                for (place, file) in files.iter().enumerate() {
                    let id = file_id(place);
                    let title = facts.documents.iter().find(|paper| paper.path.as_deref() == Some(&file.path));
                    let label = title.map_or(file.path.as_str(), |paper| paper.title.as_str());
                    xml.within("div", &[("LABEL", label)], |xml| xml.empty("fptr", &[("FILEID", id.as_str())]));
                }
            });
            if !facts.renditions.is_empty() {
                xml.within("div", &[("LABEL", "Representations/derived")], |xml| {
                    for place in 0..facts.renditions.len() {
                        xml.empty("fptr", &[("FILEID", rendition_id(place).as_str())]);
                    }
                });
            }
        });
    });
}
