//! Files from outside are read in a process of their own, and nothing they do reaches the caller.

mod alike;
mod confined;
mod copies;
mod documents;
mod folder;
mod letters;
mod made;
mod reads;
mod received;
mod recognised;
mod scans;
mod words;
