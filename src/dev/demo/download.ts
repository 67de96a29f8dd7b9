import { createHash } from "node:crypto";

export type Download = {
  /** Of the cache's own answer. */
  readonly status: number;
  readonly cacheStatus: string;
  /** Where that answer sent the client; `null`: nowhere. */
  readonly location: URL | null;
  /** Of the body, wherever it came from. */
  readonly bodyStatus: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly milliseconds: number;
};

/** Downloads through the cache as a client that follows redirects does, and takes down each step. */
export async function download(url: string): Promise<Download> {
  const start = performance.now();
  const first = await fetch(url, { redirect: "manual" });
  const target = first.headers.get("location");
  if (target) await first.body?.cancel();
  const last = target ? await fetch(new URL(target, url)) : first;
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of last.body ?? []) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return {
    status: first.status,
    cacheStatus: first.headers.get("cache-status") ?? "",
    location: target ? new URL(target, url) : null,
    bodyStatus: last.status,
    bytes,
    sha256: hash.digest("hex"),
    milliseconds: Math.round(performance.now() - start),
  };
}
