// Two changes of one text. In UTF-16 units, as a textarea counts.

/** At one place, some characters give way to others. */
export interface Splice { at: number; cut: number; text: string }

/** The one change that leads from `before` to `after`; never through the middle of a character. */
export function spliced(before: string, after: string): Splice {
  let at = 0;
  while (at < before.length && at < after.length && before[at] === after[at]) at += 1;
  if (at > 0 && isHigh(before.charCodeAt(at - 1))) at -= 1;
  let tail = 0;
  while (tail < before.length - at && tail < after.length - at && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail -= 1;
  return { at, cut: before.length - at - tail, text: after.slice(at, after.length - tail) };
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Whether two changes touch different places. Two additions at one place don't: which comes first is not known. */
export function apart(one: Splice, other: Splice): boolean {
  return one.at + one.cut < other.at || other.at + other.cut < one.at;
}

/** `theirs` with my change of `base` in it: in its place where that is untouched, else my words on a line of their own. */
export function merged(base: string, mine: Splice, theirs: string): string {
  const other = spliced(base, theirs);
  if (!apart(mine, other)) return mine.text.trim() === "" ? theirs : `${theirs.replace(/\n+$/, "")}\n${mine.text.replace(/^\n+/, "")}`;
  const shift = other.at < mine.at ? other.text.length - other.cut : 0;
  const at = mine.at + shift;
  return theirs.slice(0, at) + mine.text + theirs.slice(at + mine.cut);
}
