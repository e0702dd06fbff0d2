// Pictures of films: a frame that this browser shows, small enough to be sent. Where it cannot show the film there is none.

/** The frame that becomes the picture: not the first, which is often black. */
export const FRAME_SECONDS = 1;
const WIDTH_PX = 960;
const QUALITY = 0.8;
/** Longer than this a film is not waited for. */
const PATIENCE_MS = 8_000;

/** The frame that a film shows now. */
export function frameOf(film: HTMLVideoElement): Promise<Blob | null> {
  if (film.videoWidth === 0) return Promise.resolve(null);
  const canvas = document.createElement("canvas");
  canvas.width = Math.min(film.videoWidth, WIDTH_PX);
  canvas.height = Math.max(Math.round((canvas.width * film.videoHeight) / film.videoWidth), 1);
  canvas.getContext("2d")?.drawImage(film, 0, 0, canvas.width, canvas.height);
  return new Promise((resume) => canvas.toBlob(resume, "image/jpeg", QUALITY));
}

/** A frame of a film that is about to be sent. */
export async function pictureOf(file: File): Promise<Blob | null> {
  const film = document.createElement("video");
  Object.assign(film, { muted: true, playsInline: true, preload: "auto" });
  const url = URL.createObjectURL(file);
  const told = (sign: string): Promise<boolean> => new Promise((resume) => {
    film.addEventListener(sign, () => resume(true), { once: true });
    film.addEventListener("error", () => resume(false), { once: true });
    window.setTimeout(() => resume(false), PATIENCE_MS);
  });
  try {
    const loaded = told("loadeddata");
    film.src = url;
    if (!(await loaded)) return null;
    const sought = told("seeked");
    film.currentTime = Number.isFinite(film.duration) ? Math.min(FRAME_SECONDS, film.duration / 2) : 0;
    return (await sought) ? await frameOf(film) : null;
  } catch {
    return null;
  } finally {
    film.removeAttribute("src");
    URL.revokeObjectURL(url);
  }
}
