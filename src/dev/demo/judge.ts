import type { DevFile } from "../state/dev-file.ts";
import type { Download } from "./download.ts";
import type { Observed } from "./observe.ts";

/** What is not as the cache promises, in words; empty when all is. */
export function judge(stack: Pick<DevFile, "api" | "origin" | "samples">, seen: Observed): string[] {
  const { first, stored, second, asked } = seen;
  const dear = asked.filter((request) => request.method === "GET" && request.range !== "bytes=0-0");
  const isTheFile = ({ bytes, sha256 }: Download) =>
    stack.samples.some((sample) => sample.bytes === bytes && sample.sha256 === sha256);
  const promises: [boolean, string][] = [
    [
      first.status === 302 && first.location?.origin === stack.origin,
      "the first answer did not redirect to the origin",
    ],
    [first.bodyStatus === 200 && isTheFile(first), "the first download is not the origin's file"],
    [stored, "the copy was not stored"],
    [second.status === 302 && isOurs(second, stack.api), "the second answer did not redirect to our copy"],
    [second.bodyStatus === 200 && second.sha256 === first.sha256, "the second download is not the same file"],
    [dear.length === 0, `the second download made the origin send the file ${dear.length} times`],
  ];
  return promises.filter(([kept]) => !kept).map(([, complaint]) => complaint);
}

function isOurs({ location }: Download, api: string): boolean {
  return location?.origin === api && location.pathname.startsWith("/f/");
}
