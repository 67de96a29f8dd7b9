import type { Answer } from "./exchange.ts";

/** An answer as far as it is compared: what it says, not how it says it. */
export type Told = Readonly<Record<string, string>>;

const FIELDS = ["accept-ranges", "allow", "content-length", "content-range", "etag", "last-modified"];

/** Status, fields and bytes; of several parts each with its own range, whatever delimits them and however long. */
export function told({ status, headers, body }: Answer): Told {
  const [, boundary] = /^multipart\/byteranges; *boundary="?([^"]+)"?$/.exec(headers["content-type"] ?? "") ?? [];
  const fields = FIELDS.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]]));
  const all: Record<string, string> = { status: String(status), ...Object.fromEntries(fields) };
  if (boundary === undefined || body.length === 0) return { ...all, body: body.toString("latin1") };
  const length = all["content-length"] === String(body.length) ? "right" : "wrong";
  return { ...all, "content-length": length, body: partsOf(body.toString("latin1"), boundary).join("\n") };
}

/** Each part as its type, its range and its bytes, in their order (RFC 9110 section 14.6). */
function partsOf(body: string, boundary: string): string[] {
  const [preamble = "", ...parts] = `\r\n${body}`.split(`\r\n--${boundary}`);
  const end = parts.pop();
  if (!/^(?:\r\n)*$/.test(preamble) || !/^--(?:\r\n)?$/.test(end ?? "")) throw new Error("no multipart body");
  return parts.map((part) => {
    const [, head = "", bytes = ""] = /^\r\n(.*?)\r\n\r\n(.*)$/s.exec(part) ?? [];
    const field = (name: string) => new RegExp(`^${name}: *(.*?) *$`, "im").exec(head)?.[1] ?? "none";
    return `${field("content-type")} ${field("content-range")} ${bytes}`;
  });
}

/** The names of what two answers tell differently. */
export function differences(one: Told, other: Told): readonly string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => one[name] !== other[name]);
}

/** For people: bodies by their length and their beginning. */
export function describeTold({ body = "", ...fields }: Told): string {
  return JSON.stringify({ ...fields, body: `${body.length} bytes: ${body.slice(0, 60)}` });
}
