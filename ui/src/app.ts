// Every page: partial updates, live hints, drafts, keys. A page works without any of it.
import htmx from "htmx.org";
import { keepDrafts } from "./autosave";
import { keepTyped } from "./kept";
import { listenForKeys } from "./keys";
import { followLive } from "./live";
import { cleanPaste } from "./paste";
import { enhance } from "./small";

declare global {
  interface Window { htmx: typeof htmx }
}
window.htmx = htmx;
keepDrafts();
listenForKeys();
followLive();
cleanPaste();
enhance();
keepTyped();
