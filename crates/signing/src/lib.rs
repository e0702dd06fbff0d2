//! Signatures and seals in PDF: PAdES, CMS, certificates
