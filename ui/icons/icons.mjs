// Writes crates/web/src/frame/icons.rs from @tabler/icons (MIT). Run `npm ci && npm run icons` in this folder after changing the list.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
/** Our word → the package's name. */
const icons = {
  Workbench: "layout-dashboard", Cases: "folder", Hearing: "calendar-event", Panel: "users-group", Writing: "writing", Send: "send",
  Stamp: "rubber-stamp", Paper: "file-text", Money: "cash", Chart: "chart-bar", Fold: "layout-sidebar-left-collapse", Unfold: "layout-sidebar-left-expand",
  Menu: "menu-2", Close: "x", Search: "search", Bell: "bell", Help: "help", Language: "language", LargeType: "text-size", ReadAloud: "volume",
  Done: "circle-check", Waiting: "hourglass", Clock: "clock", Overdue: "alert-triangle", Stopped: "player-pause", Alert: "alert-circle", Open: "circle-dashed",
  Proven: "rosette-discount-check", Recorded: "circle-check", Check: "check", Plus: "plus", Pencil: "pencil", Trash: "trash", More: "dots", Filter: "filter",
  Back: "arrow-left", Next: "chevron-right", Previous: "chevron-left", Down: "chevron-down", Up: "chevron-up", Sort: "selector",
  Phone: "phone", Mail: "mail", Mobile: "device-mobile", Door: "map-pin", Notice: "speakerphone", Person: "user", People: "users", Helper: "user-heart", Scale: "scale", Gavel: "gavel", Court: "building-bank",
  Upload: "upload", Download: "download", Print: "printer", Camera: "camera", Picture: "photo", Calendar: "calendar", Calculator: "calculator", Percent: "percentage",
  Signature: "signature", Refresh: "refresh", Rotate: "rotate-clockwise", Cloud: "cloud-check", Shield: "shield-check", ShieldBroken: "shield-x", Lock: "lock", Eye: "eye", Archive: "archive", Book: "book-2", Talk: "message", List: "clipboard-list",
  Tree: "list-tree", Split: "arrows-split", Return: "arrow-back-up", Link: "link", Star: "star", Key: "key", Settings: "settings", Logout: "logout", Device: "device-desktop", Microphone: "microphone", Video: "video", FileNew: "file-plus", FileCheck: "file-certificate", History: "history", Id: "id", Coin: "coin", Database: "database", Loading: "loader-2", Moon: "moon", Grip: "grip-vertical",
};

function outline(name) {
  const svg = readFileSync(join(root, "node_modules/@tabler/icons/icons/outline", `${name}.svg`), "utf8");
  const paths = [...svg.matchAll(/<path d="([^"]+)"/g)].map(([, d]) => d.replace(/^m/, "M").replace(/\s+/g, " ").trim());
  if (paths.length === 0 || /<(circle|rect|line|polyline|ellipse)\b/.test(svg)) throw new Error(`${name} is not made of paths alone`);
  return paths.join("");
}

const version = JSON.parse(readFileSync(join(root, "node_modules/@tabler/icons/package.json"), "utf8")).version;
const lines = Object.entries(icons);
const rust = `//! Path data of the icons. Written by \`npm run icons\` in ui/icons from @tabler/icons ${version}; do not edit by hand.
//!
//! Tabler Icons, MIT License, Copyright (c) 2020-2026 Paweł Kuna. The permission notice stands in \`NOTICE\`.

/// An icon of the house, named after what it means here rather than after what it draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Icon {
${lines.map(([word, name]) => `    /// \`${name}\`\n    ${word},`).join("\n")}
}

impl Icon {
    /// Every icon, for the gallery.
    pub const ALL: &'static [Icon] = &[
${lines.map(([word]) => `        Icon::${word},`).join("\n")}
    ];

    /// The outline, drawn on a field of 24 by 24.
    pub(super) const fn outline(self) -> &'static str {
        match self {
${lines.map(([word, name]) => `            Icon::${word} => "${outline(name)}",`).join("\n")}
        }
    }
}
`;
writeFileSync(join(root, "../../crates/web/src/frame/icons.rs"), rust);
console.log(`${lines.length} icons`);
