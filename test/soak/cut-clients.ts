import { createServer } from "node:http";
import { Upload } from "tus-js-client";
import { close, listen } from "../../src/dev/net/listen.ts";
import { findChromium } from "../browser/chromium.ts";
import { uploadByUppy } from "../browser/upload-by-uppy.ts";
import { done } from "../system/front-door/settings/settings-calls.ts";
import { content } from "../system/front-door/uploads/uploading.ts";
import type { CutClient } from "./cut-upload.ts";

/** tus-js-client in Node. */
export const byTusClient: CutClient = async ({ endpoint, token, bytes, seed, sha256, retryDelays }) => {
  const file = Buffer.from(content(bytes, seed).buffer, 0, bytes);
  return await new Promise<string>((resolve, reject) => {
    const upload = new Upload(file, {
      ...{ endpoint, headers: { Authorization: `Bearer ${token}` }, retryDelays: [...retryDelays] },
      metadata: { filename: "film.mp4", filetype: "video/mp4", sha256 },
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ""),
    });
    upload.start();
  });
};

/** Uppy in a page of Chromium, at an origin of its own. */
export const byUppy: CutClient = async ({ sha256, ...file }, { stack }) => {
  const chromium = await findChromium();
  if ("missing" in chromium) throw new Error(`there is no Chromium: ${chromium.missing}`);
  const pages = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>A page</title>");
  });
  const origin = `http://127.0.0.1:${await listen(pages, 0)}`;
  await done(stack(), "PATCH", "/serving", { cors: { origins: [origin] } });
  const browser = await chromium.launch([]);
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(origin);
    return await uploadByUppy(page, { ...file, meta: { sha256 } });
  } finally {
    await browser.close();
    await Promise.all([chromium.remove(), close(pages)]);
  }
};
