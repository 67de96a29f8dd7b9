import { Buffer } from "node:buffer";
import { createCipheriv } from "node:crypto";
import { gradientPng } from "./gradient-png.ts";

const VIDEO_BYTES = 50_000_000;

export type SampleFile = { readonly key: string; readonly contentType: string; content(): Buffer };

/** What the demo origin holds: small, middling and large, the same bytes on every machine. */
export const SAMPLE_FILES: readonly SampleFile[] = [
  {
    key: "hello.txt",
    contentType: "text/plain; charset=utf-8",
    content: () => Buffer.from("Hello from the demo origin.\n"),
  },
  { key: "pixel.png", contentType: "image/png", content: () => gradientPng(640, 400) },
  { key: "video.bin", contentType: "application/octet-stream", content: () => noise(VIDEO_BYTES) },
];

/** Bytes that no compression makes smaller: the key stream of AES with a fixed key. */
function noise(bytes: number): Buffer {
  return createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(bytes));
}
