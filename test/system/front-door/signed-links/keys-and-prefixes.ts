import { beforeAll, expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, preload, untilReady } from "../../stack/entries.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { problemOf } from "../bad-input/problem.ts";
import { follow, type LinkKey, signed, signedByUs } from "./signer.ts";

/** Links to a key alone, and one link for all keys that begin alike. */
export function keysAndPrefixes(stack: () => Stack, origin: () => OwnOrigin, key: () => LinkKey): void {
  beforeAll(async () => {
    for (const hash of ["reports/a.pdf", "reports/b.pdf", "private/a.pdf"]) {
      await preload(stack(), { url: `${origin().url}/${hash}`, hash });
      await untilReady(stack(), hash);
    }
  });
  /** 503 says that nobody could tell in time. */
  const bodyBehind = async (link: string) => {
    const answer = await until("the link is answered", async () => {
      const where = await follow(link);
      return where.status === 503 || where.location.startsWith(origin().url) ? null : where;
    });
    expect([answer.status, answer.cacheStatus]).toEqual([302, "snapbyte; hit"]);
    return await (await ask(answer.location)).text();
  };
  const prefixLink = (more = {}) => signed(stack(), key(), { scope: "reports/*", ...more });

  it("leads to the copy of a key without a URL, and needs no API key", async () => {
    const body = "signed /reports/a.pdf";
    expect(await bodyBehind(await signed(stack(), key(), { hash: "reports/a.pdf" }))).toBe(body);
    expect(await bodyBehind(await signedByUs(stack(), { hash: "reports/a.pdf" }))).toBe(body);
    const unsigned = await ask(`${stack().api}/proxy?hash=reports%2Fa.pdf`);
    expect(await problemOf(unsigned)).toMatchObject({ code: "NOT_FOUND" });
  });

  it("is not found when there is no copy", async () => {
    const link = await signed(stack(), key(), { hash: "reports/never.pdf" });
    // A busy machine's ledger may be late, and then nobody can say.
    const problem = await until("the ledger has answered in time", async () => {
      const said = await problemOf(await ask(link));
      return said.code === "UNAVAILABLE" ? null : said;
    });
    expect(problem).toMatchObject({ code: "NOT_FOUND" });
  });

  it("with a prefix is good for every key that begins so", async () => {
    for (const link of [await prefixLink(), await signedByUs(stack(), { scope: "reports/*" })]) {
      for (const name of ["a", "b"]) {
        expect(await bodyBehind(`${link}&hash=reports%2F${name}.pdf`)).toBe(`signed /reports/${name}.pdf`);
      }
    }
  });

  it.each(["private/a.pdf", "report", "Reports/a.pdf", "/reports/a.pdf", "reports"])(
    "with a prefix is good for no other key: %s",
    async (hash) => {
      const link = `${await prefixLink()}&hash=${encodeURIComponent(hash)}`;
      expect(await problemOf(await ask(link))).toMatchObject({ code: "LINK_SIGNATURE_INVALID" });
    },
  );

  it("with a prefix is not good without a key, or for a prefix that was changed", async () => {
    const link = await prefixLink();
    const url = encodeURIComponent(`${origin().url}/reports/a.pdf`);
    expect(await problemOf(await ask(link))).toMatchObject({ code: "MISSING_FIELD" });
    expect(await problemOf(await ask(`${link}&url=${url}`))).toMatchObject({ code: "MISSING_FIELD" });
    for (const scope of ["*", "r*", "reports/a*", "private/*"]) {
      const changed = link.replace(/scope=[^&]*/, `scope=${encodeURIComponent(scope)}`);
      const { code } = await problemOf(
        await ask(`${changed}&hash=${encodeURIComponent(`${scope.slice(0, -1)}a.pdf`)}`),
      );
      expect(["LINK_SIGNATURE_INVALID", "INVALID_FIELD"]).toContain(code);
    }
    const asWhole = link.replace(/scope=[^&]*&/, "hash=reports%2F%2A&");
    expect(await problemOf(await ask(asWhole))).toMatchObject({ code: "LINK_SIGNATURE_INVALID" });
  });

  it("with a prefix opens what its key is bound to, and binds it to nothing else", async () => {
    const of = (path: string) => encodeURIComponent(`${origin().url}${path}`);
    const link = await prefixLink();
    expect(await bodyBehind(`${link}&hash=reports%2Fa.pdf&url=${of("/reports/a.pdf")}`)).toBe("signed /reports/a.pdf");

    const before = await findEntry(stack(), "reports/a.pdf");
    const elsewhere = await follow(`${link}&hash=reports%2Fa.pdf&url=${of("/private/a.pdf")}`);
    expect(elsewhere).toMatchObject({ status: 302, location: `${origin().url}/private/a.pdf` });
    await preload(stack(), { url: `${origin().url}/after-prefix.txt`, hash: "after-prefix" });
    await untilReady(stack(), "after-prefix");
    expect((await findEntry(stack(), "reports/a.pdf"))?.generation).toBe(before?.generation);
  });
}
