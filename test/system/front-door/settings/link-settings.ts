import { expect, it } from "vitest";
import { linkKeyList, newLinkKeyBody } from "../../../../src/api/schemas/link-keys.ts";
import { linkAnswer } from "../../../../src/api/schemas/links.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { asOther, call, done, refusal } from "./settings-calls.ts";

/** Below it a link is wanted, and below the other none. */
export const SIGNED_PATH = "/signed/";
export const PUBLIC_PATH = "/public/";

/** Link keys, and the links that `POST /links` signs with them. */
export function linkSettings(stack: () => Stack, origin: () => OwnOrigin): void {
  const list = async () => linkKeyList.parse(await done(stack(), "GET", "/link-keys")).link_keys;
  const make = async (path = "/link-keys") => newLinkKeyBody.parse(await done(stack(), "POST", path));
  const away = async () => {
    for (const { kid } of await list()) await done(stack(), "DELETE", `/link-keys/${kid}`);
  };

  it("are shown once, then listed by id, at most two, rotated and ended", async () => {
    const first = await make();
    const second = await make();
    expect(await list()).toEqual([first, second].map(({ kid, created_at }) => ({ kid, created_at })));
    const { text } = await call(stack(), "GET", "/link-keys");
    expect(text).not.toContain("snap_link_");
    expect(refusal(await call(stack(), "POST", "/link-keys"))).toMatchObject({ status: 409, code: "LIMIT_REACHED" });

    const third = await make("/link-keys/rotate");
    expect((await list()).map(({ kid }) => kid)).toEqual([second.kid, third.kid]);
    expect(new Set([first.key, second.key, third.key]).size).toBe(3);
    const ended = { kid: second.kid, status: "deleted" };
    expect(await done(stack(), "DELETE", `/link-keys/${second.kid}`)).toEqual(ended);
    expect(refusal(await call(stack(), "DELETE", `/link-keys/${second.kid}`))).toMatchObject({ status: 404 });
    const others = await call(stack(), "DELETE", `/link-keys/${third.kid}`, undefined, asOther(stack()));
    expect(refusal(others)).toMatchObject({ status: 404 });
    expect((await list()).map(({ kid }) => kid)).toEqual([third.kid]);
    await away();
  });

  it("sign nothing where there is none", async () => {
    const answer = await call(stack(), "POST", "/links", { hash: "any" });
    expect(refusal(answer)).toMatchObject({ status: 409, code: "NO_LINK_KEY" });
  });

  it("sign no URL of an origin that is not allowed", async () => {
    const { key } = await make();
    const answer = await call(stack(), "POST", "/links", { url: "https://evil.example/a" });
    expect(refusal(answer)).toMatchObject({ status: 403, code: "ORIGIN_NOT_ALLOWED" });
    expect(answer.text).not.toContain(key);
    await away();
  });

  it("sign links that open a copy which nothing else does, until they end or their key does", async () => {
    const { kid, key } = await make();
    const url = `${origin().url}${SIGNED_PATH}file`;
    const answer = await call(stack(), "POST", "/links", { url, expires_in: 600 });
    expect([answer.status, answer.text.includes(key)]).toEqual([201, false]);
    const made = linkAnswer.parse(answer.body);
    expect(made).toMatchObject({ kid, link: expect.stringContaining(`${stack().api}/proxy?url=`) });
    expect(Math.abs(Date.parse(made.expires_at) - Date.now() - 600_000)).toBeLessThan(600_000);

    const cacheStatus = async () => (await ask(made.link)).headers.get("cache-status");
    await until("the link is a hit", async () => ((await cacheStatus()) === "snapbyte; hit" ? true : null));
    expect((await askProxy(stack(), url)).location).toBe(url);
    const forged = made.link.replace(/sig=./, (start) => (start.endsWith("A") ? "sig=B" : "sig=A"));
    expect((await ask(forged)).status).toBe(403);

    await done(stack(), "DELETE", `/link-keys/${kid}`);
    await until("the key is gone", async () => ((await ask(made.link)).status === 403 ? true : null));
  });

  it("sign links to every key below a prefix", async () => {
    await make();
    await untilHit(stack(), `${origin().url}${PUBLIC_PATH}report`, { extra: { hash: "reports/7" } });
    const { link } = await done(stack(), "POST", "/links", { scope: "reports/*" });
    const status = async (hash: string) => (await ask(`${link}&hash=${encodeURIComponent(hash)}`)).status;
    await until("the link opens its key", async () => ((await status("reports/7")) === 302 ? true : null));
    expect([await status("reports/8"), await status("others/7")]).toEqual([404, 403]);
    await away();
  });
}
