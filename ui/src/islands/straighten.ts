// A photograph before it is sent: turned, straightened by a few degrees, and its edges cut off. All of it by plain
// sliders and buttons, so that a thumb and a keyboard do the same. What is sent is the picture as it is shown; "as it
// is" sends the photograph untouched.

/** The longest side of what is sent: small print stays readable, and a slow line can carry it. */
const LONGEST_PX = 2600;
const QUALITY = 0.88;

type Words = (name: string) => string;
interface Wish { turn: number; skew: number; left: number; right: number; top: number; bottom: number }

/** Asks how a photograph is to be sent; nothing if it is not to be sent at all. */
export async function straighten(file: File, words: Words): Promise<File | undefined> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => undefined);
  if (!picture) return file;
  const dialog = document.createElement("dialog");
  dialog.className = "straighten";
  dialog.setAttribute("aria-label", words("cropTitle"));
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", file.name);
  const wish: Wish = { turn: 0, skew: 0, left: 0, right: 0, top: 0, bottom: 0 };
  const show = (): void => draw(canvas, picture, wish, 900);
  const sliders = document.createElement("div");
  sliders.className = "pair";
  sliders.append(
    slider(words("cropSkew"), -15, 15, (value) => { wish.skew = value; show(); }),
    ...(["left", "right", "top", "bottom"] as const).map((side) => slider(words(`crop${side}`), 0, 45, (value) => { wish[side] = value; show(); })),
  );
  const verbs = document.createElement("div");
  verbs.className = "acts";
  const answer = new Promise<File | undefined>((resolve) => {
    verbs.append(
      verb(words("cropTurn"), "btn", () => { wish.turn = (wish.turn + 90) % 360; show(); }),
      verb(words("cropSend"), "btn primary", () => void finished(canvas, picture, wish, file).then(resolve)),
      verb(words("cropAsIs"), "btn", () => resolve(file)),
      verb(words("cropLeave"), "btn quiet", () => resolve(undefined)),
    );
    dialog.addEventListener("cancel", () => resolve(undefined));
  });
  dialog.append(canvas, sliders, verbs);
  document.body.append(dialog);
  show();
  dialog.showModal();
  try { return await answer; } finally { dialog.remove(); picture.close(); }
}

function slider(label: string, min: number, max: number, change: (value: number) => void): HTMLElement {
  const around = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "range", min: String(min), max: String(max), value: "0", step: "0.5" });
  input.addEventListener("input", () => change(Number(input.value)));
  around.append(label, input);
  return around;
}

function verb(words: string, className: string, press: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className, textContent: words });
  button.addEventListener("click", press);
  return button;
}

/** Draws what is wished, its longer side at most `longest`. */
function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, wish: Wish, longest: number): void {
  const lying = wish.turn % 180 !== 0;
  const [wide, tall] = lying ? [picture.height, picture.width] : [picture.width, picture.height];
  const scale = Math.min(1, longest / Math.max(wide, tall));
  const keep = (from: number, to: number): number => Math.max(0.1, 1 - (from + to) / 100);
  canvas.width = Math.max(1, Math.round(wide * scale * keep(wish.left, wish.right)));
  canvas.height = Math.max(1, Math.round(tall * scale * keep(wish.top, wish.bottom)));
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.translate(wide * scale * (0.5 - wish.left / 100), tall * scale * (0.5 - wish.top / 100));
  pen.rotate(((wish.turn + wish.skew) * Math.PI) / 180);
  pen.scale(scale, scale);
  pen.drawImage(picture, -picture.width / 2, -picture.height / 2);
}

async function finished(canvas: HTMLCanvasElement, picture: ImageBitmap, wish: Wish, file: File): Promise<File> {
  if (Object.values(wish).every((value) => value === 0) && Math.max(picture.width, picture.height) <= LONGEST_PX) return file;
  draw(canvas, picture, wish, LONGEST_PX);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return blob ? new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified }) : file;
}
