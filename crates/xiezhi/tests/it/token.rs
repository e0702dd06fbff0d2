//! Keys of the logs, of signatures and of the seal in a token: SoftHSM's, which is one of software.

use std::{fs, process::Command};

use super::{Folder, keys, run, said};

const TOKEN: &str = "xiezhi test";

/// SoftHSM's module: where Debian's package puts it, or where it was unpacked.
fn module() -> String {
    std::env::var("SOFTHSM2_MODULE").unwrap_or_else(|_| "/usr/lib/softhsm/libsofthsm2.so".to_owned())
}

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
    let module = module();
    let settings = format!("[pkcs11]\nmodule = \"{module}\"\ntoken = \"{TOKEN}\"\npin = \"{}\"\n", folder.path("pin"));
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

#[test]
fn the_keys_of_the_seal_are_made_in_the_token_once_and_its_root_vouches_for_itself() {
    let folder = Folder::new("token-seal");
    let env = token(&folder);
    let pin = folder.path("pin");
    let module = module();
    let settings = format!("[pkcs11]\nmodule = \"{module}\"\ntoken = \"{TOKEN}\"\npin = \"{pin}\"\nseals = true\n");
    let config = keys::court(&folder, "127.0.0.1:18478", &settings);
    let roots = ["first", "again"].map(|name| {
        keys::opened_and_closed(&folder, &config, "127.0.0.1:18478", name, &env);
        fs::read_to_string(folder.path("keys/public/root.pem")).expect("it is laid out")
    });
    assert_eq!(roots[0], roots[1], "the root is made once");
    assert_eq!(fs::read_to_string(folder.path("keys/authority.pem")).expect("it is kept"), roots[0]);
    assert!(!fs::exists(folder.path("keys/authority.key")).expect("it is looked for"), "no key of it lies in a file");
    let root = folder.path("keys/authority.pem");
    let checked = Command::new("openssl").args(["verify", "-check_ss_sig", "-CAfile", &root, &root]).output();
    let checked = checked.expect("openssl is here");
    assert!(checked.status.success(), "{}{}", said(&checked.stdout), said(&checked.stderr));

    // Another's root beside this token is no root of it.
    let other = Folder::new("token-seal-other");
    let theirs = keys::court(&other, "127.0.0.1:18479", "");
    keys::opened_and_closed(&other, &theirs, "127.0.0.1:18479", "other", &[]);
    fs::copy(other.path("keys/public/root.pem"), &root).expect("it is put in its place");
    let refused = keys::with(&["audit", "--config", &config], &env);
    assert!(said(&refused.stderr).contains("belongs to another key"), "{}", said(&refused.stderr));
}
