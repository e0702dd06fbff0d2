// The two pairs of hands a reader may have: a mouse, or a keyboard and nothing else. Both do the same few
// things to a control; what differs is how they get there.

/** What kind of control it is, and what it stands at. */
const look = (control) =>
  control.evaluate((node) => ({
    tag: node.tagName,
    type: (node.type ?? "").toLowerCase(),
    checked: Boolean(node.checked),
    value: node.value ?? "",
  }));

/** The folded part a control lies in, if it is folded. */
const folded = (control) => control.locator("xpath=ancestor::details[not(@open)]/summary");

class Hands {
  constructor(page) {
    this.page = page;
    this.presses = 0;
  }

  /** Opens what a control is folded into, the outermost first. */
  async unfold(control) {
    for (let left = await folded(control).count(); left > 0; left -= 1) await this.press(folded(control).first());
  }

  /** Sets a control to a value: text, a choice, a tick, a file. */
  async set(control, value) {
    await this.unfold(control);
    const { tag, type, checked, value: now } = await look(control);
    if (type === "file") return this.upload(control, value);
    if (type === "checkbox") return checked === Boolean(value) ? undefined : this.tick(control);
    if (type === "radio") return checked ? undefined : this.pick(control);
    if (tag === "SELECT") return now === value ? undefined : this.choose(control, value);
    return this.type(control, value, type);
  }
}

/** Points and clicks. `presses` counts the clicks. */
export class Mouse extends Hands {
  async press(control) {
    this.presses += 1;
    await control.click();
  }

  async type(control, value) {
    await control.fill(value);
  }

  async tick(control) {
    await this.press(control);
  }

  async pick(control) {
    await this.press(control);
  }

  async choose(control, value) {
    this.presses += 1;
    await control.selectOption(value);
  }

  async upload(control, files) {
    await control.setInputFiles(files);
  }
}

const FURTHEST = 400;

/** Tab, arrows, Space, Enter and typing; never a pointer, never a value set from outside. `presses` counts the keys. */
export class Keyboard extends Hands {
  async key(name) {
    this.presses += 1;
    await this.page.keyboard.press(name);
  }

  /** Walks by Tab, forwards or backwards, until the focus is on the control. */
  async reach(control) {
    for (let steps = 0; steps < FURTHEST; steps += 1) {
      const way = await control.evaluate((node) => {
        const here = node.ownerDocument.activeElement;
        if (here === node) return "here";
        return here && node.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING ? "back" : "on";
      });
      if (way === "here") return;
      await this.key(way === "on" ? "Tab" : "Shift+Tab");
    }
    throw new Error(`the keyboard does not reach ${await control.evaluate((node) => node.outerHTML.slice(0, 200))}`);
  }

  async press(control) {
    await this.reach(control);
    await this.key("Enter");
  }

  async type(control, value, type) {
    if (type === "date") return this.day(control, value);
    await this.reach(control);
    await this.key("ControlOrMeta+a");
    if (value === "") return this.key("Delete");
    await this.page.keyboard.type(value);
  }

  /** A day is typed part by part, in whatever order this browser asks for year, month and day. */
  async day(control, value) {
    const [year, month, day] = value.split("-");
    for (const parts of [[year, month, day], [month, day, year], [day, month, year]]) {
      await this.reach(control);
      for (let back = 0; back < 4; back += 1) await this.key("ArrowLeft");
      for (const part of parts) {
        await this.page.keyboard.type(part);
        if (part === year) await this.key("ArrowRight");
      }
      if ((await control.inputValue()) === value) return;
    }
    throw new Error(`the day ${value} can't be typed: it reads ${await control.inputValue()}`);
  }

  async tick(control) {
    await this.reach(control);
    await this.key("Space");
  }

  /** Among radio buttons Tab reaches one, and the arrows the others. */
  async pick(control) {
    const name = await control.getAttribute("name");
    const ours = control.locator("xpath=ancestor::form").locator(`input[type="radio"][name="${name}"]`);
    const chosen = await ours.evaluateAll((radios) => radios.findIndex((radio) => radio.checked));
    await this.reach(ours.nth(Math.max(0, chosen)));
    for (let steps = await ours.count(); steps > 0 && !(await here(control)); steps -= 1) await this.key("ArrowDown");
    if (!(await control.isChecked())) await this.key("Space");
  }

  async choose(control, value) {
    await this.reach(control);
    const [now, wanted] = await control.evaluate((node, to) => [node.selectedIndex, [...node.options].findIndex((option) => option.value === to)], value);
    if (wanted < 0) throw new Error(`nothing to choose is called ${value}`);
    for (let left = wanted - now; left !== 0; left -= Math.sign(left)) await this.key(left > 0 ? "ArrowDown" : "ArrowUp");
  }

  async upload(control, files) {
    // A page that has just come may not open the chooser at the first press; one presses again.
    for (let tries = 0; tries < 3; tries += 1) {
      await this.reach(control);
      const chooser = this.page.waitForEvent("filechooser", { timeout: 4000 }).catch(() => undefined);
      await this.key(tries % 2 ? "Space" : "Enter");
      const opened = await chooser;
      if (opened) return opened.setFiles(files);
    }
    throw new Error("the keyboard opens no file chooser");
  }
}

const here = (control) => control.evaluate((node) => node.ownerDocument.activeElement === node);
