//! XML as it is written here: elements, attributes, text, two spaces a level.

/// A document that grows.
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document in UTF-8.
    pub(super) fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: vec![] }
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text += &"  ".repeat(self.open.len());
        self.text += &format!("<{name}");
        for (name, value) in attributes {
            self.text += &format!(" {name}=\"{}\"", escaped(value));
        }
    }

    /// An element with others in it, which `inside` writes.
    pub(super) fn within(&mut self, name: &'static str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        self.start(name, attributes);
        self.text += ">\n";
        self.open.push(name);
        inside(self);
        self.open.pop();
        self.text += &format!("{}</{name}>\n", "  ".repeat(self.open.len()));
    }

    /// An element with text in it.
    pub(super) fn leaf(&mut self, name: &str, text: &str) {
        self.start(name, &[]);
        self.text += &format!(">{}</{name}>\n", escaped(text));
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.text += "/>\n";
    }

    /// The whole.
    pub(super) fn text(self) -> String {
        self.text
    }
}

/// Text as XML 1.0 holds it: what it has no place for becomes a space.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(char),
            char if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_typed_stays_text() {
        let mut xml = Xml::new();
        xml.within("a", &[("b", "\"<\u{1}")], |xml| xml.leaf("c", "1 < 2 & 3"));
        let body = xml.text();
        assert!(body.ends_with("<a b=\"&quot;&lt; \">\n  <c>1 &lt; 2 &amp; 3</c>\n</a>\n"), "{body}");
    }
}
