/** What a page plays: `late` is where it seeks to, in seconds. */
export type Wish = { readonly src: string; readonly late: number; readonly crossOrigin: boolean };

/** What came of it. */
export type Played = {
  readonly error: string | null;
  /** Seconds. */
  readonly duration: number;
  /** Where it stood after it had played from the beginning, after the seek, and at its end; in seconds. */
  readonly times: readonly number[];
  /** SHA-256 of the pixels after the seek, or the name of what kept the script from reading them. */
  readonly pixels: string;
};

/** Runs in a page: plays from the beginning, seeks, and plays to the end. It knows nothing but its argument. */
export async function playAndSeek({ src, late, crossOrigin }: Wish): Promise<Played> {
  const video = document.createElement("video");
  if (crossOrigin) video.crossOrigin = "anonymous";
  const happened = async (name: string, since: () => boolean = () => true) => {
    await new Promise<void>((resolve, reject) => {
      video.addEventListener(name, () => since() && resolve());
      video.addEventListener("error", () => reject(new Error(`MediaError ${video.error?.code}`)), { once: true });
    });
  };
  const times: number[] = [];
  try {
    document.body.append(video);
    const starts = happened("timeupdate", () => video.currentTime > 0);
    video.src = src;
    await Promise.all([starts, video.play()]);
    video.pause();
    times.push(video.currentTime);

    const sought = happened("seeked");
    video.currentTime = late;
    await sought;
    times.push(video.currentTime);
    const pixels = await readPixels();

    const ended = happened("ended");
    await Promise.all([ended, video.play()]);
    times.push(video.currentTime);
    return { error: null, duration: video.duration, times, pixels };
  } catch (error) {
    return { error: String(video.error ? `MediaError ${video.error.code}` : error), duration: 0, times, pixels: "" };
  } finally {
    video.remove();
  }

  async function readPixels(): Promise<string> {
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const context = canvas.getContext("2d");
    context?.drawImage(video, 0, 0);
    try {
      const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", pixels));
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    } catch (error) {
      return (error as Error).name;
    }
  }
}

/** Runs in a page: the same for a file of the page's own site. */
export async function asLocalFile(address: string): Promise<string> {
  return URL.createObjectURL(await (await fetch(address)).blob());
}
