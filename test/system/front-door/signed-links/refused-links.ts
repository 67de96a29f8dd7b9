import { beforeAll, expect, it } from "vitest";
import type { ErrorCode } from "../../../../src/core/errors.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { problemOf } from "../bad-input/problem.ts";
import { type LinkKey, type LinkTerms, signed } from "./signer.ts";

const HOUR_S = 3_600;
const AN_HOUR_AGO = () => Date.now() / 1000 - HOUR_S;
const FOR_ONE = { ip: "203.0.113.7" };

/** Each way in which a link does not hold has a code of its own, and none of them leads anywhere. */
const REFUSED: readonly [what: string, code: ErrorCode, terms: () => LinkTerms, spoil: (link: string) => string][] = [
  ["a false signature", "LINK_SIGNATURE_INVALID", () => ({}), (link) => replaceIn(link, "sig", "A".repeat(43))],
  ["a signature that is none", "LINK_SIGNATURE_INVALID", () => ({}), (link) => replaceIn(link, "sig", "bad")],
  ["an empty signature", "LINK_SIGNATURE_INVALID", () => ({}), (link) => replaceIn(link, "sig", "")],
  ["a key that nobody has", "LINK_KEY_UNKNOWN", () => ({}), (link) => replaceIn(link, "kid", "nobodys1")],
  ["an end that has passed", "LINK_EXPIRED", () => ({ now: AN_HOUR_AGO(), expiresIn: HOUR_S - 1 }), same],
  [
    "a beginning to come",
    "LINK_NOT_YET_VALID",
    () => ({ notBefore: AN_HOUR_AGO() + 2 * HOUR_S, expiresIn: 2 * HOUR_S }),
    same,
  ],
  ["another address", "LINK_ADDRESS_REFUSED", () => FOR_ONE, same],
  ["another network", "LINK_ADDRESS_REFUSED", () => ({ ip: "2001:db8:1:2::/64" }), same],
  ["no end", "MISSING_FIELD", () => ({}), (link) => link.replace(/&exp=[^&]*/, "")],
  ["no key id", "MISSING_FIELD", () => ({}), (link) => link.replace(/&kid=[^&]*/, "")],
  ["no signature beside the rest of one", "MISSING_FIELD", () => ({}), (link) => link.replace(/&sig=[^&]*/, "")],
  ["an end in milliseconds", "INVALID_FIELD", () => ({}), (link) => link.replace(/&exp=\d+/, "$&000")],
  ["an end that is no number", "INVALID_FIELD", () => ({}), (link) => replaceIn(link, "exp", "tomorrow")],
  ["an end that is spelled in another way", "INVALID_FIELD", () => ({}), (link) => link.replace("&exp=", "&exp=0")],
];

/** What a link holds, each changed or taken away: a signature for one link is none for another. */
const TAMPERED: Readonly<Record<string, (link: string) => string>> = {
  "another url": (link) => link.replace("wanted.txt", "other.txt"),
  "a url that is longer by one character": (link) => link.replace("wanted.txt", "wanted.txt%20"),
  "no url": (link) => link.replace(/url=[^&]*&/, ""),
  "another hash": (link) => replaceIn(link, "hash", "other"),
  "no hash": (link) => link.replace(/&hash=[^&]*/, ""),
  "another end": (link) => link.replace(/&exp=\d+/, (exp) => `${exp.slice(0, -1)}${(Number(exp.at(-1)) + 1) % 10}`),
  "no beginning": (link) => link.replace(/&nbf=[^&]*/, ""),
  "an earlier beginning": (link) => replaceIn(link, "nbf", "0"),
  "another address": (link) => replaceIn(link, "ip", "203.0.113.8"),
  "a wider network": (link) => replaceIn(link, "ip", "0.0.0.0/0"),
  "no address": (link) => link.replace(/&ip=[^&]*/, ""),
  "a scope": (link) => `${link}&scope=wan*`,
};

export function refusedLinks(stack: () => Stack, origin: () => OwnOrigin, key: () => LinkKey): void {
  let wanted = "";
  beforeAll(async () => {
    wanted = `${origin().url}/wanted.txt`;
    await preload(stack(), { url: wanted, hash: "wanted" });
    await untilReady(stack(), "wanted");
  });
  const from = (address: string) => ({ headers: { "CF-Connecting-IP": address } });

  it.each(REFUSED)("is refused for %s with %s, under signed and under probe", async (_, code, terms, spoil) => {
    const probed = await publish(stack(), "signed-and-probed.txt", "probed");
    for (const what of [{ url: wanted }, { url: wanted, hash: "wanted" }, { hash: "wanted" }, { url: probed }]) {
      const link = spoil(await signed(stack(), key(), { ...what, ...terms() }));
      expect(await problemOf(await ask(link, from("198.51.100.1")))).toMatchObject({ code });
      const headed = await ask(link, { ...from("198.51.100.1"), method: "HEAD" });
      expect([headed.headers.get("location"), await headed.text()]).toEqual([null, ""]);
    }
  });

  it.each(Object.keys(TAMPERED))("is refused with %s", async (name) => {
    const terms = { url: wanted, hash: "wanted", notBefore: AN_HOUR_AGO(), ...FOR_ONE };
    const link = await signed(stack(), key(), terms);
    const tampered = TAMPERED[name]?.(link) ?? "";
    expect(tampered).not.toBe(link);
    expect(await problemOf(await ask(tampered, from(FOR_ONE.ip)))).toMatchObject({ code: "LINK_SIGNATURE_INVALID" });
  });

  it("is refused for another tenant's name", async () => {
    const link = replaceIn(await signed(stack(), key(), { url: wanted }), "site", stack().presigned.tenant);
    expect(await problemOf(await ask(link))).toMatchObject({ code: "LINK_KEY_UNKNOWN" });
  });

  it("is good for the address that it names, and so is the link to the copy for no other", async () => {
    for (const [ip, inside, outside] of [
      ["203.0.113.7", "203.0.113.7", "203.0.113.8"],
      ["203.0.113.0/24", "203.0.113.200", "203.0.114.1"],
      ["2001:db8:1:2::/64", "2001:db8:1:2:3::4", "2001:db8:1:3::1"],
    ] as const) {
      const link = await signed(stack(), key(), { url: wanted, hash: "wanted", ip });
      const copy = await copyBehind(link, from(inside), wanted);
      expect(await (await ask(copy, from(inside))).text()).toBe("signed /wanted.txt");
      expect(await problemOf(await ask(copy, from(outside)))).toMatchObject({ code: "LINK_ADDRESS_REFUSED" });
      expect(await problemOf(await ask(link, from(outside)))).toMatchObject({ code: "LINK_ADDRESS_REFUSED" });
    }
  });
}

/** Where a link leads, once that is not the origin: on a busy machine a look-up may be late. */
async function copyBehind(link: string, init: RequestInit, url: string): Promise<string> {
  return await until("the link leads to the copy", async () => {
    const { headers } = await ask(link, init);
    return headers.get("location") === url ? null : (headers.get("location") ?? "");
  });
}

function same(link: string): string {
  return link;
}

function replaceIn(link: string, name: string, value: string): string {
  return link.replace(new RegExp(`([?&]${name}=)[^&]*`), (_, start) => start + encodeURIComponent(value));
}
