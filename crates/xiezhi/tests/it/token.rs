//! Keys of the logs in a token: SoftHSM's, which is one of software.

use std::{fs, process::Command};

use super::{Folder, keys, run, said};

const TOKEN: &str = "xiezhi test";

/// A token of its own for this test. The program finds it by the variable that SoftHSM reads.
fn token(folder: &Folder) -> Vec<(&'static str, String)> {
    fs::create_dir_all(folder.path("tokens")).expect("a folder can be made");
    let conf = folder.write("softhsm2.conf", &format!("directories.tokendir = {}\n", folder.path("tokens")));
    let made = Command::new("softhsm2-util")
        .args(["--init-token", "--free", "--label", TOKEN, "--so-pin", "5678", "--pin", "1234"])
        .env("SOFTHSM2_CONF", &conf)
        .output()
        .expect("SoftHSM is here: apt-get install softhsm2");
    assert!(made.status.success(), "{}{}", said(&made.stdout), said(&made.stderr));
    folder.write("pin", "1234\n");
    vec![("SOFTHSM2_CONF", conf)]
}

#[test]
fn a_token_makes_the_keys_of_the_logs_and_signs_with_them_ever_after() {
    let folder = Folder::new("token");
    let env = token(&folder);
    let settings = format!(
        "[pkcs11]\nmodule = \"/usr/lib/softhsm/libsofthsm2.so\"\ntoken = \"{TOKEN}\"\npin = \"{}\"\n",
        folder.path("pin")
    );
    let config = keys::court(&folder, "127.0.0.1:18477", &settings);
    for name in ["first", "again"] {
        keys::opened_and_closed(&folder, &config, "127.0.0.1:18477", name, &env);
    }
    let policies =
        ["first", "again"].map(|name| fs::read_to_string(folder.path(&format!("{name}.policy"))).expect("laid"));
    assert_eq!(policies[0], policies[1], "the token keeps its keys");
    assert!(keys::holds(&folder, "first", "again"));

    // The seed in the folder of keys signs nothing here.
    let without = fs::read_to_string(&config).expect("it was written").replace(&settings, "");
    let without = folder.write("without.toml", &without);
    let audited = run(&["audit", "--config", &without]);
    assert!(!audited.status.success(), "what the token signed is not by that key");

    let wrong = folder.write("wrong.toml", &fs::read_to_string(&config).expect("read").replace(TOKEN, "another"));
    let refused = keys::with(&["audit", "--config", &wrong], &env);
    assert!(said(&refused.stderr).contains("no token is called another"), "{}", said(&refused.stderr));
    folder.write("pin", "9999\n");
    let refused = keys::with(&["audit", "--config", &config], &env);
    assert!(said(&refused.stderr).contains("refuses the PIN"), "{}", said(&refused.stderr));
}
