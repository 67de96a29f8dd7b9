import type { Told } from "./compare.ts";
import type { OracleFile } from "./files.ts";

/** How ours says the same as nginx, and rightly so. */
export type Manner = {
  readonly name: string;
  /** Of RFC 9110. */
  readonly section: string;
  readonly nginx: string;
  readonly ours: string;
  readonly statuses: readonly string[];
  /** What nginx told, as ours would have; `ours`: what it did tell. */
  readonly inOurWords: (nginx: Told, file: OracleFile, ours: Told) => Told;
};

export const MANNERS: readonly Manner[] = [
  {
    name: "304 describes nothing",
    section: "15.4.5",
    nginx: "tells Last-Modified beside the ETag",
    ours: "a 304 should tell no more of the representation than its ETag, where there is one",
    statuses: ["304"],
    inOurWords: ({ "last-modified": _, ...told }) => told,
  },
  {
    name: "206 tells that there are ranges",
    section: "14.3",
    nginx: "tells Accept-Ranges only where it sends the whole",
    ours: "may tell it in any answer",
    statuses: ["206"],
    inOurWords: (told) => ({ ...told, "accept-ranges": "bytes" }),
  },
  {
    name: "a refusal has no words, but what the client has missed",
    section: "15.5",
    nginx: "sends a page of HTML",
    ours: "may send validators with any answer (8.8), and no explanation to who asked for a part of a file",
    statuses: ["412", "416"],
    inOurWords: (told, { etag, lastModified }) => ({
      ...told,
      etag,
      "last-modified": lastModified,
      "accept-ranges": "bytes",
      "content-length": "0",
      body: "",
    }),
  },
  {
    name: "405 tells what is allowed",
    section: "15.5.6",
    nginx: "sends a page of HTML, and no Allow",
    ours: "must tell the methods that the target has; says the rest in JSON",
    statuses: ["405"],
    inOurWords: (told, _file, { body = "", "content-length": length = "" }) => ({
      ...told,
      allow: "GET, HEAD, OPTIONS",
      "content-length": length,
      body,
    }),
  },
];
