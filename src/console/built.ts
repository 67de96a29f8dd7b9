/** What is made at build time and served by the Worker: see build/. */

/** A file that browsers fetch. Its name holds a hash of its bytes, so that it may be kept for ever. */
export type Asset = {
  /** Such as `/assets/console-1a2b3c4d.css`. */
  readonly path: string;
  readonly type: string;
  /** The bytes under gzip, in base64. */
  readonly gzip: string;
};

export type Heading = { readonly level: number; readonly id: string; readonly text: string };

/** A page of the documentation; `html` was made of our own Markdown, in which HTML is text. */
export type Document = {
  readonly name: string;
  readonly title: string;
  /** What it is about, in its own first words. */
  readonly summary: string;
  readonly headings: readonly Heading[];
  readonly html: string;
};

/** Figures of bench/RESULTS.md that the site shows, as they stand there. */
export type Figures = {
  /** Dollars for a million of each, on the platform. */
  readonly warmHit: string;
  readonly coldHit: string;
  readonly miss: string;
  /** CPU of a hit against that of a Worker that answers a constant redirect. */
  readonly hitRatio: string;
  /** What a hit adds to that redirect, in ms. */
  readonly hitAddedMs: string;
  /** The first byte of a download that passes through, in ms, and the origin's own. */
  readonly streamMs: string;
  readonly originMs: string;
  /** Of a copy of 100 MiB: speed against nginx on the same machine. */
  readonly nginxShare: string;
  /** The date of the measurement, ISO 8601. */
  readonly date: string;
};

export type Built = {
  /** By their plain names, such as `console.css`. */
  readonly assets: Readonly<Record<string, Asset>>;
  readonly documents: readonly Document[];
  readonly figures: Figures;
};
