//! A writer's own paragraphs (个人段落库), kept by cause: what one writes again and again in 本院认为. Working data of
//! one person; the click that drafts a document never uses them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xiezhi_domain::ids::{CommandId, PersonId};

use crate::{App, AppError};

const KIND: &str = "snippet";
/// As good as for ever: a career.
const KEEP_DAYS: i64 = 40 * 365;
/// Paragraphs of one person, letters of one, and of its name.
const MOST: usize = 500;
const MOST_LETTERS: usize = 20_000;
const MOST_NAME_LETTERS: usize = 100;

/// A paragraph of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Snippet {
    /// The act that kept it.
    pub id: CommandId,
    /// The cause it is for, by name; empty for any.
    pub cause: String,
    /// What its owner calls it.
    pub name: String,
    /// The words.
    pub text: String,
    /// When it was kept.
    #[schema(value_type = String)]
    pub at: Timestamp,
}

impl App {
    /// A person's own paragraphs, by cause and name; with a cause, those for it and those for any.
    pub async fn snippets(&self, person: PersonId, cause: Option<&str>) -> Result<Vec<Snippet>, AppError> {
        let owner = person.to_string();
        let items = self.ports().store.working_of(KIND, Some(&owner), self.now_us()).await?;
        let all = items.iter().filter_map(|item| serde_json::from_slice::<Snippet>(&item.value).ok());
        let fits = |snippet: &Snippet| cause.is_none_or(|cause| snippet.cause.is_empty() || snippet.cause == cause);
        let mut found: Vec<Snippet> = all.filter(fits).collect();
        found.sort_by(|one, other| (&one.cause, &one.name, one.at).cmp(&(&other.cause, &other.name, other.at)));
        Ok(found)
    }

    /// Keeps a paragraph. The same act again keeps the same one.
    ///
    /// # Errors
    /// [`AppError::Invalid`] where it is empty, too long, or one too many.
    pub async fn keep_snippet(
        &self,
        person: PersonId,
        id: CommandId,
        cause: &str,
        name: &str,
        text: &str,
    ) -> Result<Snippet, AppError> {
        let (cause, name, text) = (cause.trim(), name.trim(), text.replace("\r\n", "\n").trim().to_owned());
        let fault = |field: &str, code: &str| Err(AppError::Invalid(vec![(field.to_owned(), code.to_owned())]));
        let letters = |text: &str| text.chars().count();
        if text.is_empty() {
            return fault("text", "snippet.empty");
        }
        if letters(&text) > MOST_LETTERS {
            return fault("text", "snippet.too_long");
        }
        if letters(name) > MOST_NAME_LETTERS || letters(cause) > MOST_NAME_LETTERS {
            return fault("name", "snippet.name_too_long");
        }
        let known = self.snippets(person, None).await?;
        if let Some(same) = known.iter().find(|known| known.id == id) {
            return Ok(same.clone());
        }
        if known.len() >= MOST {
            return fault("text", "snippet.too_many");
        }
        let first = || text.chars().take(20).collect();
        let name = if name.is_empty() { first() } else { name.to_owned() };
        let snippet = Snippet { id, cause: cause.to_owned(), name, text, at: self.ports().clock.now() };
        self.keep_note(KIND, &id.to_string(), person, &snippet, KEEP_DAYS).await?;
        Ok(snippet)
    }

    /// Throws a paragraph of one's own away; throwing away what is not there succeeds.
    pub async fn drop_snippet(&self, person: PersonId, id: CommandId) -> Result<(), AppError> {
        let id = id.to_string();
        if self.note_of::<Snippet>(KIND, &id, person).await?.is_some() {
            self.ports().store.change_working(vec![self.note_ending(KIND, &id)]).await?;
        }
        Ok(())
    }
}
