//! Who asks, where proxies stand before the court: each adds the address it was asked from to the end of a list
//! (X-Forwarded-For), and only what our own proxies added is believed.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

const FORWARDED: &str = "x-forwarded-for";

/// The address that asks: the one that is connected, or, where that is a proxy of the court, the last of its list that
/// is none. Nothing where no connection is known, as in tests.
pub fn asking(extensions: &Extensions, headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let connected = extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip().to_canonical();
    let listed = headers.get_all(FORWARDED).iter().rev().filter_map(|list| list.to_str().ok());
    let listed = listed.flat_map(|list| list.rsplit(',')).map(|one| address(one.trim()));
    let mut asks = connected;
    for before in listed {
        // What a stranger wrote into the list is not read at all.
        let (true, Some(before)) = (proxies.contains(&asks), before) else { break };
        asks = before;
    }
    Some(asks)
}

/// An address, with or without its port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = || text.trim_matches(['[', ']']).parse().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|known| known.ip());
    bare().or_else(with_port).map(|known: IpAddr| known.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn asked(connected: &str, lists: &[&'static str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(connected.parse().expect("an address"), 40_000)));
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(FORWARDED, HeaderValue::from_static(list));
        }
        let proxies = ["127.0.0.1", "10.0.0.2"].map(|proxy| proxy.parse().expect("an address"));
        asking(&extensions, &headers, &proxies).expect("somebody is connected").to_string()
    }

    #[test]
    fn whoever_comes_through_a_proxy_of_the_court_is_known_by_what_the_proxy_tells() {
        assert_eq!(asked("127.0.0.1", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(asked("::ffff:127.0.0.1", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(asked("127.0.0.1", &["203.0.113.7, 10.0.0.2"]), "203.0.113.7");
        assert_eq!(asked("127.0.0.1", &["203.0.113.7", "10.0.0.2"]), "203.0.113.7");
        assert_eq!(asked("127.0.0.1", &["[2001:db8::1]:443"]), "2001:db8::1");
        assert_eq!(asked("127.0.0.1", &["192.0.2.9:4711"]), "192.0.2.9");
    }

    #[test]
    fn what_a_stranger_writes_into_the_list_is_not_believed() {
        assert_eq!(asked("198.51.100.4", &["203.0.113.7"]), "198.51.100.4");
        assert_eq!(asked("127.0.0.1", &["192.0.2.1, 198.51.100.4"]), "198.51.100.4");
        assert_eq!(asked("127.0.0.1", &["10.0.0.2, 198.51.100.4, 10.0.0.2"]), "198.51.100.4");
        assert_eq!(asked("127.0.0.1", &["nobody"]), "127.0.0.1");
        assert_eq!(asked("127.0.0.1", &[]), "127.0.0.1");
    }
}
