//! OFD (版式文档): letters and pictures at the places that the document gives them. Seals, patterns and clipped paths
//! are not drawn.

use std::collections::HashMap;

use roxmltree::Node;

use super::{
    Pictures,
    package::{Package, beside, parse},
};
use crate::sheets::{self, Item, Sheet};
use crate::{Limits, ReadingProblem};

/// Points to a millimetre.
const MM: f32 = 72.0 / 25.4;
/// Pages and items of one document.
const MOST_PAGES: usize = 3_000;
const MOST_ITEMS: usize = 500_000;

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
}

fn child<'a, 'i>(node: &Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|node| is(node, name))
}

fn numbers(text: &str) -> Vec<f32> {
    text.split_ascii_whitespace()
        .filter_map(|number| number.parse().ok())
        .filter(|number: &f32| number.is_finite())
        .collect()
}

fn numbers_of<const N: usize>(node: &Node<'_, '_>, name: &str) -> Option<[f32; N]> {
    numbers(node.attribute(name)?).try_into().ok()
}

/// Reads a document and writes it as PDF.
pub(super) fn to_pdf(bytes: &[u8], limits: &Limits, pictures: &mut Pictures) -> Result<Vec<u8>, ReadingProblem> {
    let mut package = Package::open(bytes, limits)?;
    let root = package.xml("OFD.xml")?;
    let root = parse(&root)?;
    let path = child(&root.root(), "DocRoot").and_then(|node| node.text()).ok_or(ReadingProblem::Damaged)?;
    let path = path.trim().trim_start_matches('/').to_owned();
    let xml = package.xml(&path)?;
    let document = parse(&xml)?;
    let area = child(&document.root(), "PageArea").as_ref().and_then(size).unwrap_or((210.0, 297.0));
    let parts = parts(&mut package, &path, &document.root());
    let base = |node: Node<'_, '_>| Some(beside(&path, node.attribute("BaseLoc")?));
    let pages = document.descendants().filter(|node| is(node, "Page")).filter_map(base);
    let templates = document.descendants().filter(|node| is(node, "TemplatePage"));
    let templates: HashMap<String, String> =
        templates.filter_map(|node| Some((node.attribute("ID")?.to_owned(), base(node)?))).collect();
    let mut drawing = Drawing { package, parts, templates, pictures, taken: HashMap::new(), items: 0 };
    let mut sheets = vec![];
    for page in pages.take(MOST_PAGES + 1) {
        sheets.push(drawing.sheet(&page, area)?);
    }
    match sheets.len() {
        0 => Err(ReadingProblem::Empty),
        count if count > MOST_PAGES => Err(ReadingProblem::TooLarge),
        _ => Ok(sheets::pdf(&sheets, &drawing.pictures.taken)),
    }
}

fn size(area: &Node<'_, '_>) -> Option<(f32, f32)> {
    let [_, _, width, height] = numbers(child(area, "PhysicalBox")?.text()?).try_into().ok()?;
    (width > 1.0 && height > 1.0 && width < 5_000.0 && height < 5_000.0).then_some((width, height))
}

/// Files of pictures, by the ids of the resources.
fn parts(package: &mut Package<'_>, document: &str, root: &Node<'_, '_>) -> HashMap<String, String> {
    let mut parts = HashMap::new();
    let lists = root.descendants().filter(|node| is(node, "PublicRes") || is(node, "DocumentRes"));
    let lists: Vec<String> = lists.filter_map(|node| Some(beside(document, node.text()?.trim()))).collect();
    for list in lists {
        let Ok(xml) = package.xml(&list) else { continue };
        let Ok(resources) = parse(&xml) else { continue };
        let base = resources.root_element().attribute("BaseLoc").unwrap_or("");
        for media in resources.descendants().filter(|node| is(node, "MultiMedia")) {
            let file = child(&media, "MediaFile").and_then(|node| node.text());
            if let (Some(id), Some(file)) = (media.attribute("ID"), file) {
                let below = if base.is_empty() { file.trim().to_owned() } else { format!("{base}/{}", file.trim()) };
                parts.insert(id.to_owned(), beside(&list, &below));
            }
        }
    }
    parts
}

struct Drawing<'b, 'p> {
    package: Package<'b>,
    parts: HashMap<String, String>,
    templates: HashMap<String, String>,
    pictures: &'p mut Pictures,
    taken: HashMap<String, Option<usize>>,
    items: usize,
}

impl Drawing<'_, '_> {
    fn sheet(&mut self, path: &str, area: (f32, f32)) -> Result<Sheet, ReadingProblem> {
        let xml = self.package.xml(path)?;
        let page = parse(&xml)?;
        let (width, height) = child(&page.root(), "Area").as_ref().and_then(size).unwrap_or(area);
        let mut sheet = Sheet { width: width * MM, height: height * MM, items: vec![] };
        let template = child(&page.root(), "Template").and_then(|node| node.attribute("TemplateID"));
        if let Some(path) = template.and_then(|id| self.templates.get(id).cloned()) {
            let xml = self.package.xml(&path)?;
            self.draw(&parse(&xml)?.root(), &mut sheet)?;
        }
        self.draw(&page.root(), &mut sheet)?;
        Ok(sheet)
    }

    fn draw(&mut self, root: &Node<'_, '_>, sheet: &mut Sheet) -> Result<(), ReadingProblem> {
        for node in root.descendants() {
            match node.tag_name().name() {
                "TextObject" => text(&node, sheet),
                "ImageObject" => self.picture(&node, sheet),
                "PathObject" => path(&node, sheet),
                _ => {}
            }
            if self.items + sheet.items.len() > MOST_ITEMS {
                return Err(ReadingProblem::TooLarge);
            }
        }
        self.items += sheet.items.len();
        Ok(())
    }

    fn picture(&mut self, node: &Node<'_, '_>, sheet: &mut Sheet) {
        let (Some(id), Some([x, y, w, h])) = (node.attribute("ResourceID"), numbers_of(node, "Boundary")) else {
            return;
        };
        let picture = match self.taken.get(id) {
            Some(taken) => *taken,
            None => {
                let bytes = self.parts.get(id).cloned().and_then(|part| self.package.part(&part).ok());
                let taken = bytes.and_then(|bytes| self.pictures.take(bytes));
                self.taken.insert(id.to_owned(), taken);
                taken
            }
        };
        if let Some(picture) = picture {
            sheet.items.push(Item::Picture { picture, x: x * MM, y: y * MM, w: w * MM, h: h * MM });
        }
    }
}

/// A transformation of places within an object; most have none.
fn transformed(node: &Node<'_, '_>, (x, y): (f32, f32)) -> (f32, f32) {
    match numbers_of(node, "CTM") {
        Some([a, b, c, d, e, f]) => (a * x + c * y + e, b * x + d * y + f),
        None => (x, y),
    }
}

/// Letters stand where their line begins and as far apart as it says.
fn text(node: &Node<'_, '_>, sheet: &mut Sheet) {
    let Some([left, top, ..]) = numbers_of::<4>(node, "Boundary") else { return };
    let size = node.attribute("Size").and_then(|size| size.parse().ok()).unwrap_or(3.5_f32);
    let scale = numbers_of(node, "CTM").map_or(1.0, |[a, b, c, d, ..]: [f32; 6]| (a * d - b * c).abs().sqrt());
    let (mut x, mut y) = (0.0, 0.0);
    for code in node.children().filter(|node| is(node, "TextCode")) {
        let told = |name: &str| code.attribute(name).and_then(|value| value.parse::<f32>().ok());
        (x, y) = (told("X").unwrap_or(x), told("Y").unwrap_or(y));
        let (right, down) = (steps(code.attribute("DeltaX")), steps(code.attribute("DeltaY")));
        for (at, letter) in code.text().unwrap_or_default().chars().filter(|letter| !letter.is_control()).enumerate() {
            let (px, py) = transformed(node, (x, y));
            sheet.items.push(Item::Text {
                x: (left + px) * MM,
                y: (top + py) * MM,
                size: size * scale * MM,
                text: letter.to_string(),
            });
            let own = if down.is_empty() { size * sheets::advance(letter) } else { 0.0 };
            x += right.get(at).or(right.last()).copied().unwrap_or(own);
            y += down.get(at).or(down.last()).copied().unwrap_or(0.0);
        }
    }
}

/// Steps between letters; `g 3 4.5` is three of 4.5.
fn steps(told: Option<&str>) -> Vec<f32> {
    let mut words = told.unwrap_or_default().split_ascii_whitespace();
    let mut steps = vec![];
    while let Some(word) = words.next() {
        match word {
            "g" => {
                let count: usize = words.next().and_then(|count| count.parse().ok()).unwrap_or(0);
                let step = words.next().and_then(|step| step.parse().ok()).unwrap_or(0.0);
                steps.extend(std::iter::repeat_n(step, count.min(10_000)));
            }
            word => steps.extend(word.parse::<f32>().ok()),
        }
    }
    steps
}

/// Straight lines of a path.
fn path(node: &Node<'_, '_>, sheet: &mut Sheet) {
    let Some([left, top, ..]) = numbers_of::<4>(node, "Boundary") else { return };
    let Some(drawn) = child(node, "AbbreviatedData").and_then(|node| node.text()) else { return };
    let place = |x: f32, y: f32| {
        let (x, y) = transformed(node, (x, y));
        ((left + x) * MM, (top + y) * MM)
    };
    let (mut start, mut at) = ((0.0, 0.0), (0.0, 0.0));
    let mut words = drawn.split_ascii_whitespace().peekable();
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|number| number.parse::<f32>().ok());
        match word {
            "S" | "M" => {
                let (Some(x), Some(y)) = (number(), number()) else { return };
                (start, at) = (place(x, y), place(x, y));
            }
            "L" => {
                let (Some(x), Some(y)) = (number(), number()) else { return };
                let to = place(x, y);
                sheet.items.push(Item::Rule { from: at, to });
                at = to;
            }
            "C" => sheet.items.push(Item::Rule { from: at, to: start }),
            // Curves end where they end; how they bend is not drawn.
            "B" | "Q" | "A" => {
                let count = match word {
                    "Q" => 4,
                    "B" => 6,
                    _ => 7,
                };
                let numbers: Vec<f32> = (0..count).map_while(|_| number()).collect();
                let [.., x, y] = numbers[..] else { return };
                at = place(x, y);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_told_one_by_one_or_in_groups() {
        assert_eq!(steps(Some("1 g 3 2.5 4")), [1.0, 2.5, 2.5, 2.5, 4.0]);
        assert!(steps(None).is_empty() && steps(Some("g x y")).len() <= 1);
    }

    #[test]
    fn letters_stand_where_the_object_says() {
        let xml = r#"<TextObject Boundary="10 20 50 5" Size="4"><TextCode X="1" Y="4" DeltaX="4 5">借条子</TextCode></TextObject>"#;
        let document = parse(xml).expect("it is XML");
        let mut sheet = Sheet::default();
        text(&document.root_element(), &mut sheet);
        let places: Vec<f32> =
            sheet.items.iter().map(|item| if let Item::Text { x, .. } = item { x / MM } else { 0.0 }).collect();
        assert!(places.iter().zip([11.0, 15.0, 20.0]).all(|(found, told)| (found - told).abs() < 0.01), "{places:?}");
    }
}
