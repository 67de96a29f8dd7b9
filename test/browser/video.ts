import { readFile } from "node:fs/promises";
import { beforeAll, expect, it } from "vitest";
import { ledToCopy } from "../system/delivery/clients/led-to-copy.ts";
import { makeVideo, VIDEO_SECONDS } from "../system/delivery/clients/samples.ts";
import { publish } from "../system/stack/objects.ts";
import { proxyUrl, untilHit } from "../system/stack/requests.ts";
import { asLocalFile, type Played, playAndSeek } from "./player.ts";
import { allowPages, type Site } from "./site.ts";

/** Seconds: far behind what a player loads ahead, and near the end. */
const LATE = VIDEO_SECONDS - 1.5;
const SHA256 = /^[0-9a-f]{64}$/;

/** An MP4 in a page's `<video>`. Its index is at its end, and a seek leaps over most of it. */
export function video({ stack, door, pages, open }: Site, path: (name: string) => string): void {
  let url = "";
  let bytes = 0;
  beforeAll(async () => {
    await makeVideo(path("video.mp4"));
    const body = await readFile(path("video.mp4"));
    bytes = body.length;
    pages().put("video.mp4", body);
    url = await publish(stack(), "video.mp4", body, { ContentType: "video/mp4" });
  });

  async function play(src: string, crossOrigin: boolean): Promise<Played> {
    return await (await open(pages().url)).evaluate(playAndSeek, { src, late: LATE, crossOrigin });
  }
  /** What the same steps show of the file itself. */
  async function playLocally(): Promise<Played> {
    const page = await open(pages().url);
    const src = await page.evaluate(asLocalFile, "/video.mp4");
    return await page.evaluate(playAndSeek, { src, late: LATE, crossOrigin: false });
  }
  function expectPlayed({ error, duration, times: [begun = 0, sought, end] }: Played): void {
    expect(error).toBe(null);
    expect(duration).toBeCloseTo(VIDEO_SECONDS, 0);
    expect(begun).toBeGreaterThan(0);
    expect(sought).toBe(LATE);
    expect(end).toBe(duration);
  }

  it("plays from the origin where there is no copy yet", async () => {
    expectPlayed(await play(proxyUrl(door().stack, url), false));
  });

  it("plays from the copy, seeks by ranges, and ends where it ends", async () => {
    const { result, asked } = await ledToCopy(door(), url, (link) => play(link, false));
    expectPlayed(result);
    expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 206));
    const starts = asked.map(({ range }) => Number(/^bytes=(\d+)-/.exec(range ?? "")?.[1]));
    expect(starts[0]).toBe(0);
    expect(Math.max(...starts)).toBeGreaterThan(bytes / 2);
  });

  it("shows its pixels to no script of a page that was not allowed to read it", async () => {
    await allowPages(stack(), []);
    const { result } = await ledToCopy(door(), url, (link) => play(link, false));
    expect(result.pixels).toBe("SecurityError");
    const { location } = await untilHit(door().stack, url);
    expect(await play(location, true)).toMatchObject({ error: "MediaError 4" });
  });

  it("shows a page that may read it the very pixels of the file", async () => {
    await allowPages(stack(), [pages().url]);
    const { result } = await ledToCopy(door(), url, (link) => play(link, true));
    expectPlayed(result);
    expect(result.pixels).toMatch(SHA256);
    expect(result.pixels).toBe((await playLocally()).pixels);
  });

  it("can be read by a page that had played it without asking for that", async () => {
    await allowPages(stack(), [pages().url]);
    const { result } = await ledToCopy(door(), url, async (link) => {
      const page = await open(pages().url);
      const wish = { src: link, late: LATE };
      const first = await page.evaluate(playAndSeek, { ...wish, crossOrigin: false });
      return [first, await page.evaluate(playAndSeek, { ...wish, crossOrigin: true })];
    });
    expect(result.map(({ pixels }) => pixels)).toEqual(["SecurityError", expect.stringMatching(SHA256)]);
  });
}
