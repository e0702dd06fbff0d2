//! Uploaded files in, pages out, in a confined process
