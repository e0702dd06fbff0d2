//! Words of: Answers, evidence, opinions (答辩与证据).

crate::messages! {}
