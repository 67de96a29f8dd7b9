import { expect, it } from "vitest";
import { linkKeyList } from "../../../../src/api/schemas/link-keys.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask } from "../../stack/requests.ts";
import { problemOf } from "../bad-input/problem.ts";
import { call, done, refusal } from "../settings/settings-calls.ts";
import { follow, type LinkKey, newLinkKey, signed } from "./signer.ts";

/** A tenant goes over from one key to another without a link that breaks on the way. */
export function twoKeys(stack: () => Stack, origin: () => OwnOrigin, first: () => LinkKey): void {
  const url = () => `${origin().url}/two-keys.txt`;
  const isGood = async (key: LinkKey) => (await follow(await signed(stack(), key, { url: url() }))).status === 302;
  const list = async () => linkKeyList.parse(await done(stack(), "GET", "/link-keys")).link_keys;

  it("has two that count, then rotates the older one out, then ends one", async () => {
    const second = await newLinkKey(stack());
    expect((await list()).map(({ kid }) => kid)).toEqual([first().kid, second.kid]);
    expect([await isGood(first()), await isGood(second)]).toEqual([true, true]);
    expect(refusal(await call(stack(), "POST", "/link-keys"))).toMatchObject({ status: 409, code: "LIMIT_REACHED" });

    const third = await newLinkKey(stack(), "/link-keys/rotate");
    expect((await list()).map(({ kid }) => kid)).toEqual([second.kid, third.kid]);
    const ended = await signed(stack(), first(), { url: url() });
    expect(await problemOf(await ask(ended))).toMatchObject({ code: "LINK_KEY_UNKNOWN" });
    expect([await isGood(second), await isGood(third)]).toEqual([true, true]);

    const deleted = await done(stack(), "DELETE", `/link-keys/${second.kid}`);
    expect(deleted).toEqual({ kid: second.kid, status: "deleted" });
    expect([await isGood(third), (await list()).length]).toEqual([true, 1]);
    const gone = await signed(stack(), second, { url: url() });
    expect(await problemOf(await ask(gone))).toMatchObject({ code: "LINK_KEY_UNKNOWN" });
  });

  it("shows a key once, and never in a list", async () => {
    const made = await newLinkKey(stack());
    const { text } = await call(stack(), "GET", "/link-keys");
    expect(text).toContain(made.kid);
    expect(text).not.toContain(made.key);
    expect(text).not.toContain("snap_link_");
  });

  it("counts for no other tenant", async () => {
    const made = await newLinkKey(stack(), "/link-keys/rotate");
    const site = stack().presigned.tenant;
    const link = await signed({ ...stack(), tenant: site }, made, { url: url() });
    expect(await problemOf(await ask(link))).toMatchObject({ code: "LINK_KEY_UNKNOWN" });
  });
}
