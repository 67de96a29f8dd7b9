import type { Variant } from "../measure/variant.ts";
import type { Server } from "../server/start-server.ts";
import type { Next } from "./targets.ts";

type Reference = "bare" | "bare-kv" | "bare-fetch" | "bare-miss";

/** A constant redirect: all that others add is theirs. */
export function bare(server: Server): Variant {
  return reference(server, "bare", () => "/");
}

/** The same behind one read of KV, each of another key. */
export function bareKv(server: Server): Variant {
  return reference(server, "bare-kv", () => `/?entry:tenant-public/${nextId()}`);
}

/** The same behind one byte of an origin. */
export function bareFetch(server: Server): Variant {
  return reference(server, "bare-fetch", () => "/?https://media.example.com/films/2026/film.mp4");
}

/** A miss without anything of ours: what those who stand in for the platform cost by themselves. */
export function bareMiss(server: Server): Variant {
  return reference(server, "bare-miss", () => `/?${nextId()}`);
}

function reference({ pid, port }: Server, name: Reference, path: () => string): Variant {
  const expected = { port: port(name), host: "bare.invalid", status: 302, headers: {} };
  const next: Next = () => ({ ...expected, path: path() });
  return { name, base: "bare", pid, next };
}

let ids = 0;

/** As long as an entry's, and never the same. */
function nextId(): string {
  ids += 1;
  return ids.toString(36).padStart(43, "x");
}
