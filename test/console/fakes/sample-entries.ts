import { ENTRY_STATES, type Entry } from "../../../src/console/api/entries.ts";

const NAMES = ["film.mp4", "poster.jpg", "catalogue-2026.pdf", "installer.dmg", "podcast-118.mp3", "archive.tar.zst"];
const TYPES = ["video/mp4", "image/jpeg", "application/pdf", "application/octet-stream", "audio/mpeg", null];
const AT = Date.parse("2026-11-21T12:00:00Z");

/** What nobody may get into a page as anything but text. */
export const HOSTILE_KEY = `"><script>alert(1)</script><img src=x onerror=alert(2)>'/../%2e%2e/ü{{7*7}}`;

/** Sixty files: two pages, of every state, one with a hostile name, one that is being made, one that has failed. */
export function sampleEntries(): Entry[] {
  const plain = Array.from({ length: 57 }, (_, n) => sampleEntry(n));
  const filling = sampleEntry(57, {
    ...{ key: "big/backup.img", status: "filling", size: null, stored_at: null },
    progress: { bytes: 400e6, total_bytes: 1e9, parts: 6, total_parts: 15, attempts: 1 },
  });
  const failed = sampleEntry(58, {
    ...{ key: "s3:aws/media/gone.mov", status: "failed", size: null },
    error: { code: "ORIGIN_STATUS", message: "The origin answered 404." },
  });
  return [
    filling,
    failed,
    sampleEntry(59, { key: HOSTILE_KEY, source_url: `https://x.example/${HOSTILE_KEY}` }),
    ...plain,
  ];
}

export function sampleEntry(n: number, more: Partial<Entry> = {}): Entry {
  const name = NAMES[n % NAMES.length] ?? "";
  const at = new Date(AT - n * 3_000_000).toISOString();
  return {
    key: `s3:aws/media/2026/${String(n).padStart(2, "0")}/${name}`,
    status: n % 11 === 10 ? (ENTRY_STATES[2 + (n % 3)] ?? "ready") : "ready",
    size: 1_234_567 * (n + 1) ** 2,
    content_type: TYPES[n % TYPES.length] ?? null,
    ...{ etag: `"e${n}"`, sha256: "ab".repeat(32), source_url: `https://media.s3.amazonaws.com/2026/${n}/${name}` },
    ...{ created_at: at, updated_at: at, stored_at: at, fresh_until: null, expires_at: null, refresh_wanted: false },
    ...{ tags: n % 4 === 0 ? ["media", "spring-sale"] : [], hits: (n * 7919) % 12_000, error: null, progress: null },
    ...more,
  };
}
