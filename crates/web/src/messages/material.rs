//! Words of: The e-file: catalogue, staging, reading (电子卷).

crate::messages! {}
