//! Words of: Service: the clerk's table, tasks, the party's page (送达).

crate::messages! {}
