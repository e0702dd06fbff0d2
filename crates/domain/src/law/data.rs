//! How the files of the law are read: comma-separated tables with `#` comments, and TOML.

use serde::de::DeserializeOwned;

/// A file of the law that does not read (规则数据错误): a fault of the data, not of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFault {
    /// Name of the file under `law/`.
    pub file: &'static str,
    /// What the parser found, for the log.
    pub detail: String,
}

impl std::fmt::Display for DataFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} does not read: {}", self.file, self.detail)
    }
}

impl std::error::Error for DataFault {}

impl DataFault {
    /// The fault of `file` with what is wrong in it.
    pub fn new(file: &'static str, detail: impl ToString) -> Self {
        DataFault { file, detail: detail.to_string() }
    }
}

/// Reads every row of a comma-separated table whose comment lines start with `#`.
///
/// # Errors
/// A [`DataFault`] that names the file and the first bad row.
pub fn rows<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<T>, DataFault> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<Vec<T>, _>>()
        .map_err(|error| DataFault::new(file, error))
}

/// Reads a TOML file into its typed form.
///
/// # Errors
/// A [`DataFault`] that names the file and the place.
pub fn document<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, DataFault> {
    toml::from_str(text).map_err(|error| DataFault::new(file, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comment_lines_are_no_rows() {
        let read: Vec<(String, u8)> = rows("t.csv", "# source\nname,count\na,1\n").expect("the table reads");
        assert_eq!(read, [("a".to_owned(), 1)]);
    }

    #[test]
    fn a_bad_row_names_the_file() {
        let fault = rows::<(String, u8)>("t.csv", "name,count\na,many\n").expect_err("many is no number");
        assert_eq!(fault.file, "t.csv");
    }

    #[test]
    fn a_bad_document_names_the_file() {
        let fault =
            document::<std::collections::BTreeMap<String, u8>>("t.toml", "a = \"x\"").expect_err("x is no number");
        assert!(fault.to_string().starts_with("t.toml does not read"));
    }
}
