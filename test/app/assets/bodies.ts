import { createHash } from "node:crypto";
import type { Incoming } from "../../../src/app/assets/incoming.ts";
import { utf8 } from "../world.ts";

export const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
export const etagOf = (text: string) => `"${sha256(text)}"`;
export const patterned = (length: number) => new Uint8Array(Buffer.alloc(length, "a pattern of 23 letters"));

/** A body by itself, of this type. */
export function bodyOf(content: string | Uint8Array<ArrayBuffer>, contentType: string | null = "text/plain"): Incoming {
  const bytes = typeof content === "string" ? utf8(content) : content;
  return { body: new Blob([bytes]).stream(), contentType, length: bytes.length };
}

/** The same of which nobody says how long it is. */
export function endlessOf(content: string | Uint8Array<ArrayBuffer>, contentType = "text/plain"): Incoming {
  return { ...bodyOf(content, contentType), length: null };
}

/** A body of ten bytes that breaks off behind these. */
export function broken(text: string): Incoming {
  const body = new ReadableStream({
    type: "bytes",
    pull(controller) {
      if (text === "") controller.error(new Error("the connection was lost"));
      else controller.enqueue(utf8(text));
      text = "";
    },
  });
  return { ...bodyOf(""), body, length: 10 };
}

/** A form of these fields and files: name, value, and what a file is called. */
export function form(entries: readonly (readonly [string, string | Blob, string?])[]): FormData {
  const data = new FormData();
  for (const [name, value, fileName] of entries) {
    if (typeof value === "string") data.append(name, value);
    else data.append(name, value, fileName);
  }
  return data;
}

/** What a browser sends of a form. */
export function formOf(form: FormData): Incoming {
  const { body, headers } = new Response(form);
  return { body, contentType: headers.get("Content-Type"), length: null };
}

/** The form of one file as browsers send it: without a name, and without bytes, where nobody has chosen one. */
export function chosen(fileName: string, content: string): Incoming {
  const head = `Content-Disposition: form-data; name="file"; filename="${fileName}"`;
  const lines = ["--b", head, "Content-Type: application/octet-stream", "", content, "--b--", ""];
  return endlessOf(lines.join("\r\n"), "multipart/form-data; boundary=b");
}
