import { createCipheriv, createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { runTool } from "./run-tool.ts";

/** Seconds. */
export const VIDEO_SECONDS = 40;

/** Gives the tests of this file a directory for what clients download. */
export function withDownloads(): (name: string) => string {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "snapbyte-downloads-"));
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });
  return (name) => join(directory, name);
}

/** Bytes that no compression makes smaller, and others for each name: the key stream of AES. */
export function noise(name: string, bytes: number): Buffer {
  const key = createHash("md5").update(name).digest();
  return createCipheriv("aes-128-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(bytes));
}

/**
 * Writes an MP4 of H.264 and AAC, of some 20 MB, a key frame in each second. Its index comes last, as most tools leave it:
 * a player must look at the end before it can show the beginning.
 */
export async function makeVideo(file: string): Promise<void> {
  const picture = `testsrc2=size=640x360:rate=25:duration=${VIDEO_SECONDS},noise=alls=30:allf=t`;
  await runTool("ffmpeg", [
    ...["-v", "error", "-y", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", `sine=duration=${VIDEO_SECONDS}`],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25"],
    ...["-b:v", "4M", "-minrate", "4M", "-maxrate", "4M", "-bufsize", "4M", "-c:a", "aac", file],
  ]);
}
