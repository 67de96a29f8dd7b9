import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { presign } from "../../stack/objects.ts";
import { ask, manage, proxyUrl } from "../../stack/requests.ts";
import { problemOf } from "./problem.ts";

const BAD_KEYS: Readonly<Record<string, string>> = {
  nothing: "",
  "more than 512 bytes": "k".repeat(513),
  "more than 512 bytes in fewer characters": "ä".repeat(257),
  "a newline": "a\nb",
  "a null": "a\0b",
  "a delete": "a\u007fb",
  "a control character of Latin-1": "a\u0085b",
};

/** What a key may not hold, wherever one is taken. */
export function badKeys(stack: () => Stack): void {
  const INVALID = (field: RegExp) => ({ code: "INVALID_FIELD", message: expect.stringMatching(field) });

  it.each(Object.keys(BAD_KEYS))("is refused when it holds %s", async (name) => {
    const hash = BAD_KEYS[name] ?? "";
    const url = await presign(stack(), "hello.txt");
    const inPath = encodeURIComponent(hash);
    expect(await problemOf(await ask(proxyUrl(stack(), url, { hash })))).toEqual(INVALID(/^hash/));
    expect(await problemOf(await ask(`${stack().api}/proxy?hash=${inPath}`))).toEqual(INVALID(/^hash/));
    expect(await problemOf(await manage(stack(), "/preload", { body: { url, hash } }))).toEqual(INVALID(/^hash/));
    if (hash === "") return;
    expect(await problemOf(await manage(stack(), `/cache/${inPath}`))).toEqual(INVALID(/^key/));
    expect(await problemOf(await manage(stack(), `/cache/${inPath}`, { method: "DELETE" }))).toEqual(INVALID(/^key/));
  });

  it("is refused when it comes twice", async () => {
    const url = `${proxyUrl(stack(), await presign(stack(), "hello.txt"), { hash: "one" })}&hash=two`;
    expect(await problemOf(await ask(url))).toEqual(INVALID(/^hash is given twice/));
  });

  it.each(["%zz", "%ff"])("is refused when it is encoded as no text is: %s", async (text) => {
    expect(await problemOf(await ask(`${stack().api}/proxy?hash=${text}`))).toEqual(INVALID(/^hash/));
    expect(await problemOf(await manage(stack(), `/cache/${text}`))).toEqual(INVALID(/key/));
  });
}
