//! The signature fields of a file: found for verifying, added without disturbing what is there.

use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId};

/// A signed field.
pub(crate) struct Signed<'a> {
    pub(crate) name: String,
    pub(crate) dictionary: &'a Dictionary,
}

/// Every signed field of a file, in the order of its form.
pub(crate) fn signed_fields(document: &Document) -> Vec<Signed<'_>> {
    let mut found = Vec::new();
    for field in field_list(document) {
        collect(document, field, "", 0, &mut found);
    }
    found
}

/// Forms nest a few levels; a loop in a hostile file must end.
const DEEPEST: usize = 16;

fn collect<'a>(document: &'a Document, field: &'a Object, parent: &str, depth: usize, found: &mut Vec<Signed<'a>>) {
    let Some(dictionary) = dictionary(document, field).filter(|_| depth < DEEPEST) else {
        return;
    };
    let own = dictionary.get(b"T").ok().and_then(crate::pdf_text::read_text).unwrap_or_default();
    let name = [parent, own.as_str()].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(".");
    let value = dictionary.get(b"V").ok().and_then(|value| self::dictionary(document, value));
    if let Some(value) = value.filter(|value| value.has(b"ByteRange")) {
        found.push(Signed { name: name.clone(), dictionary: value });
    }
    for kid in dictionary.get(b"Kids").ok().and_then(|kids| array(document, kids)).into_iter().flatten() {
        collect(document, kid, &name, depth + 1, found);
    }
}

/// The list of fields in the form, empty if there is no form.
fn field_list(document: &Document) -> &[Object] {
    let form = document.catalog().ok().and_then(|catalog| catalog.get(b"AcroForm").ok());
    let form = form.and_then(|form| dictionary(document, form));
    form.and_then(|form| form.get(b"Fields").ok()).and_then(|list| array(document, list)).unwrap_or(&[])
}

/// Adds a field to the form. The form is merged with what is there, never replaced.
pub(crate) fn add_to_form(file: &mut IncrementalDocument, field: ObjectId) -> lopdf::Result<()> {
    let previous = file.get_prev_documents();
    let root = previous.trailer.get(b"Root")?.as_reference()?;
    let mut catalog = previous.catalog()?.clone();
    let held = catalog.get(b"AcroForm").ok().cloned();
    let mut form = held.as_ref().and_then(|form| dictionary(previous, form)).cloned().unwrap_or_default();
    let mut fields = field_list(previous).to_vec();
    fields.push(Object::Reference(field));
    form.set("Fields", fields);
    // 1: there are signatures; 2: append only.
    form.set("SigFlags", 3);
    match held {
        Some(Object::Reference(id)) => file.new_document.set_object(id, form),
        _ => {
            catalog.set("AcroForm", form);
            file.new_document.set_object(root, catalog);
        }
    }
    Ok(())
}

/// Adds an annotation to a page, behind those it has.
pub(crate) fn add_to_page(file: &mut IncrementalDocument, page: ObjectId, annotation: ObjectId) -> lopdf::Result<()> {
    let previous = file.get_prev_documents();
    let mut dictionary = previous.get_dictionary(page)?.clone();
    let held = dictionary.get(b"Annots").ok();
    let mut list = held.and_then(|held| array(previous, held)).unwrap_or(&[]).to_vec();
    list.push(Object::Reference(annotation));
    dictionary.set("Annots", list);
    file.new_document.set_object(page, dictionary);
    Ok(())
}

/// A name no field has yet.
pub(crate) fn free_name(document: &Document) -> String {
    let list = field_list(document);
    let taken: Vec<String> = list
        .iter()
        .filter_map(|field| dictionary(document, field)?.get(b"T").ok().and_then(crate::pdf_text::read_text))
        .collect();
    let name = |number: usize| format!("Signature{number}");
    (list.len() + 1..).map(name).find(|name| !taken.contains(name)).expect("numbers do not end")
}

pub(crate) fn dictionary<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    document.dereference(object).ok()?.1.as_dict().ok()
}

pub(crate) fn array<'a>(document: &'a Document, object: &'a Object) -> Option<&'a [Object]> {
    Some(document.dereference(object).ok()?.1.as_array().ok()?.as_slice())
}
