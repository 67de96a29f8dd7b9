import { readFile } from "node:fs/promises";
import { beforeAll, expect, it } from "vitest";
import { publish } from "../../stack/objects.ts";
import { requestsFor } from "../../stack/origin-log.ts";
import { proxyUrl } from "../../stack/requests.ts";
import type { Door } from "./door.ts";
import { ledToCopy } from "./led-to-copy.ts";
import { runTool } from "./run-tool.ts";
import { makeVideo, VIDEO_SECONDS } from "./samples.ts";

const LATE = String(VIDEO_SECONDS - 2);

/** ffprobe and ffmpeg: they look at an MP4's end, and jump. */
export function players(door: () => Door, path: (name: string) => string): void {
  const local = path;
  let url = "";
  let bytes = 0;
  beforeAll(async () => {
    await makeVideo(local("video.mp4"));
    const body = await readFile(local("video.mp4"));
    bytes = body.length;
    url = await publish(door().stack, "video.mp4", body, { ContentType: "video/mp4" });
  });

  /** What ffprobe says of a file but its name. */
  async function probe(input: string): Promise<unknown> {
    const shown = "format=format_name,duration,size,bit_rate:stream";
    const { stdout } = await runTool("ffprobe", ["-v", "error", "-of", "json", "-show_entries", shown, input]);
    return JSON.parse(stdout);
  }
  /** SHA-256 of one decoded picture, and of nothing else. */
  async function pictureAt(seconds: string, input: string): Promise<string> {
    const picture = ["-map", "0:v", "-frames:v", "1", "-f", "framehash", "-hash", "sha256", "-"];
    return (await runTool("ffmpeg", ["-v", "error", "-ss", seconds, "-i", input, ...picture])).stdout;
  }
  /** SHA-256 of each stream's bytes as they lie in the file. */
  async function streams(input: string): Promise<string> {
    const copied = ["-map", "0", "-c", "copy", "-f", "streamhash", "-hash", "sha256", "-"];
    return (await runTool("ffmpeg", ["-v", "error", "-i", input, ...copied])).stdout;
  }

  it("ffprobe finds at the origin what is in the file where there is no copy yet", async () => {
    expect(await probe(proxyUrl(door().stack, url))).toEqual(await probe(local("video.mp4")));
    expect((await requestsFor(door().stack, url)).length).toBeGreaterThan(0);
  });

  it("ffprobe finds in the copy what is in the file, without reading all of it", async () => {
    const { result, asked } = await ledToCopy(door(), url, probe);
    expect(result).toEqual(await probe(local("video.mp4")));
    expect(result).toMatchObject({
      streams: [{ codec_name: "h264" }, { codec_name: "aac" }],
      format: { size: String(bytes) },
    });
    expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 206));
    expect(asked.length).toBeGreaterThan(1);
  });

  it("ffmpeg seeks to nearly the end, and sees the picture that is there", async () => {
    const { result, asked } = await ledToCopy(door(), url, (link) => pictureAt(LATE, link));
    expect(result).toMatch(/[0-9a-f]{64}/);
    expect(result).toBe(await pictureAt(LATE, local("video.mp4")));
    expect(result).not.toBe(await pictureAt("1", local("video.mp4")));
    const jumped = asked.some(({ range }) => Number(/^bytes=(\d+)-/.exec(range ?? "")?.[1]) > bytes / 2);
    expect(jumped).toBe(true);
  });

  it("ffmpeg reads every byte of both streams", async () => {
    const { result } = await ledToCopy(door(), url, streams);
    expect(result.match(/[0-9a-f]{64}/g)).toHaveLength(2);
    expect(result).toBe(await streams(local("video.mp4")));
  });
}
