// <xz-outcome>: a form filled at somebody's door. It notes the device's time and place, and when there is no signal
// it is kept on the device, files and all, and sent by itself later. The form carries a command identifier, so sending
// it twice does nothing. Without a script it is a plain form.

interface Waiting { id?: number; owner: string; action: string; fields: [string, string | File][]; refused?: string }

const STORE = "outcomes";

function open(): Promise<IDBDatabase> {
  return new Promise((found, failed) => {
    const asked = indexedDB.open("xiezhi-outcomes", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
    asked.onsuccess = () => found(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const base = await open();
  return new Promise((found, failed) => {
    const across = base.transaction(STORE, mode);
    const asked = work(across.objectStore(STORE));
    // Kept only once the transaction is over: the device may be switched off the moment after.
    across.oncomplete = () => { base.close(); found(asked.result); };
    across.onerror = () => { base.close(); failed(across.error); };
  });
}

async function send(action: string, fields: [string, string | File][], plain: boolean): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const body = plain ? new URLSearchParams([...form].filter((it): it is [string, string] => typeof it[1] === "string")) : form;
  return fetch(action, { method: "POST", body, headers: { Accept: "application/json" } });
}

const kept = (): Promise<Waiting[]> => within("readonly", (store) => store.getAll() as IDBRequest<Waiting[]>);

async function forget(id: number | undefined): Promise<void> {
  if (id !== undefined) await within("readwrite", (store) => store.delete(id) as IDBRequest<undefined>);
}

/** Sends what this person left here; tells how many the court took. What it refuses stays, with the reason. */
async function sendKept(owner: string): Promise<{ sent: number; refused: number }> {
  const told = { sent: 0, refused: 0 };
  for (const waiting of (await kept()).filter((it) => it.owner === owner && it.refused === undefined)) {
    const answer = await send(waiting.action, waiting.fields, !waiting.action.endsWith("/receipt"));
    if (answer.status >= 500 || answer.status === 401 || answer.status === 429) return told;
    if (answer.ok) {
      told.sent += 1;
      await forget(waiting.id);
    } else {
      told.refused += 1;
      const refused = ((await answer.json().catch(() => ({}))) as { detail?: string }).detail ?? "";
      await within("readwrite", (store) => store.put({ ...waiting, refused }));
    }
  }
  return told;
}

/** What the court refused comes back into its form, so that nothing typed at the door is lost. */
async function restore(form: HTMLFormElement, owner: string): Promise<string | undefined> {
  const back = (await kept()).find((it) => it.owner === owner && it.action === form.action && it.refused !== undefined);
  if (!back) return undefined;
  const files = new DataTransfer();
  for (const [name, value] of back.fields) {
    if (typeof value !== "string") { files.items.add(value); continue; }
    for (const field of form.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
      else if (name !== "command") field.value = value;
    }
  }
  const place = form.querySelector<HTMLInputElement>('input[type="file"]');
  if (place && files.files.length > 0) place.files = files.files;
  await forget(back.id);
  return back.refused;
}

class Outcome extends HTMLElement {
  #watching = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || this.#watching) return;
    this.#watching = true;
    form.addEventListener("submit", (event) => { event.preventDefault(); void this.#submit(form); });
    form.addEventListener("focusin", () => this.#place(form), { once: true });
    window.addEventListener("online", () => void this.#again());
    void this.#again();
  }

  #say(name: "kept" | "sent" | "refused" | "placed"): void {
    const place = this.querySelector("[data-says]");
    if (place) place.textContent = this.dataset[name] ?? "";
  }

  #set(form: HTMLFormElement, name: string, value: string): void {
    const field = form.querySelector<HTMLInputElement>(`input[name="${name}"][data-noted]`);
    if (field) field.value = value;
  }

  /** Asked once, when the form is first touched; whoever does not allow it fills it in all the same. */
  #place(form: HTMLFormElement): void {
    navigator.geolocation?.getCurrentPosition(({ coords }) => {
      this.#set(form, "noted_latitude", String(coords.latitude));
      this.#set(form, "noted_longitude", String(coords.longitude));
      this.#set(form, "noted_accuracy", String(coords.accuracy));
      this.#say("placed");
    }, () => undefined, { enableHighAccuracy: true, timeout: 20_000 });
  }

  async #submit(form: HTMLFormElement): Promise<void> {
    this.#set(form, "noted_at", new Date().toISOString());
    if (navigator.onLine) {
      try {
        await fetch("/assets/", { method: "HEAD", cache: "no-store" });
        form.submit();
        return;
      } catch { /* There is a network and no way through: as if there were none. */ }
    }
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string" || value.size > 0);
    await within("readwrite", (store) => store.add({ owner: this.dataset.owner ?? "", action: form.action, fields } satisfies Waiting));
    this.#say("kept");
  }

  async #again(): Promise<void> {
    const form = this.querySelector("form");
    const owner = this.dataset.owner ?? "";
    if (!form || !owner) return;
    try {
      const { sent, refused } = await sendKept(owner);
      if (refused > 0) this.#say("refused");
      else if (sent > 0) this.#say("sent");
    } catch { /* No signal yet: it stays. */ }
    const why = await restore(form, owner);
    const place = this.querySelector("[data-says]");
    if (why !== undefined && place) place.textContent = `${this.dataset.refused ?? ""} ${why}`;
  }
}

customElements.define("xz-outcome", Outcome);
