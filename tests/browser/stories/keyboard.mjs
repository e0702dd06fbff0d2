// The main story once more, by people who have a keyboard and nothing else; the parties read English.
import { Keyboard } from "../hands.mjs";
import { tell } from "./main.mjs";

export const title = "the same case travels from filing to the archive by keyboard alone, its parties reading English";

export const own = true;

export const story = () => tell({ hands: Keyboard, lang: "en" });
