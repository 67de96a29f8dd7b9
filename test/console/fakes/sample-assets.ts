import type { Asset, AssetVersion } from "../../../src/console/api/assets.ts";
import type { PrivateLink } from "../../../src/console/api/private-links.ts";

const NAMES = ["handbook.pdf", "logo.svg", "intro.mp4", "Über uns.html", "データ.csv", "تقرير.docx"];
const TYPES = ["application/pdf", "image/svg+xml", "video/mp4", "text/html", null, null];
const AT = Date.parse("2026-11-21T12:00:00Z");
const HOUR = 3_600_000;
const at = (hours: number) => new Date(AT - hours * HOUR).toISOString();
const etag = (n: number) => `"${n.toString(16).padStart(2, "0").repeat(32)}"`;

/** 200 characters that want to be more than a name: written from the right, and with what ends an attribute. */
export const HOSTILE_NAME =
  `\u202egnp.exe\u202c"><script>alert(1)</script><img src=x onerror=alert(2)>'{{7*7}}../../שלום`.padEnd(200, "x");

/** Sixty assets: two pages, public and private ones. `a1` is public, and has versions; `a2` is private, with a hostile name. */
export function sampleAssets(): Asset[] {
  return Array.from({ length: 60 }, (_, n) => sampleAsset(n + 1, n === 1 ? { filename: HOSTILE_NAME } : {}));
}

export function sampleAsset(n: number, more: Partial<Asset> = {}): Asset {
  const isPublic = n % 3 !== 2;
  return {
    ...{ id: `a${n}`, filename: NAMES[(n - 1) % NAMES.length] ?? "", etag: etag(n), size: 1_234_567 * n ** 2 },
    ...{ content_type: TYPES[(n - 1) % TYPES.length] ?? null, is_public: isPublic, versions: n < 3 ? 24 : n % 4 },
    download_url: isPublic ? `https://api.internal/assets/a${n}/download` : null,
    ...{ created_at: at(n * 30), updated_at: at(n * 20) },
    ...more,
  };
}

/** Two pages of versions, the newest of which is what `a1` is now. */
export function sampleVersions(): AssetVersion[] {
  return Array.from({ length: 24 }, (_, place) => ({
    ...{ version_id: `v${24 - place}`, version_number: 24 - place, filename: NAMES[place % 2] ?? "" },
    ...{ etag: etag(place === 0 ? 1 : 100 + place), size: 1_234_567 + place, is_public: place !== 2 },
    ...{ url: `https://api.internal/assets/public/v${24 - place}`, published_at: at(10 + place * 40) },
  }));
}

export function samplePrivateLinks(): PrivateLink[] {
  const link = (id: string, ends: number, most: number | null, downloads: number) => ({
    ...{ token_id: id, expires_at: at(-ends), max_downloads: most, downloads, created_at: at(1) },
  });
  return [link("t1", 2, null, 12), link("t2", 24, 5, 5), link("t3", 700, 1000, 0)];
}
