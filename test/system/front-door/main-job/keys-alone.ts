import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask, askProxy } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";

/** `/proxy?hash=K`: the copy, for those who may have it without the origin's word. */
export function keysAlone(stack: () => Stack, open: () => OwnOrigin): void {
  const askKey = async (hash: string, apiKey?: string) => {
    const headers: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    return await ask(`${stack().api}/proxy?hash=${encodeURIComponent(hash)}`, { headers });
  };
  const untilFound = async (hash: string, apiKey?: string) =>
    await until(`${hash} is found`, async () => {
      const response = await askKey(hash, apiKey);
      return response.status === 302 ? response : null;
    });
  /** 503 says that nobody could tell in time. */
  const refusal = async (hash: string, apiKey?: string) =>
    await until(`${hash} is answered`, async () => {
      const response = await askKey(hash, apiKey);
      if (response.status === 503) return null;
      const { error } = (await response.json()) as { error: { code: string } };
      return { status: response.status, code: error.code };
    });
  const NOT_FOUND = { status: 404, code: "NOT_FOUND" };

  it("leads anybody to the copy of a public object that the tenant named", async () => {
    await preload(stack(), { url: `${open().url}/by-key.txt`, hash: "public key/ä" });
    await untilReady(stack(), "public key/ä");
    const found = await untilFound("public key/ä");
    expect(found.headers.get("cache-status")).toBe("snapbyte; hit");
    expect(await (await ask(found.headers.get("location") ?? "")).text()).toBe("public /by-key.txt");
  });

  it("leads anybody to the copy of a public object, whoever named it first", async () => {
    const url = `${open().url}/by-stranger.txt`;
    await askProxy(stack(), url, { extra: { hash: "stranger" } });
    await untilReady(stack(), "stranger");
    const found = await untilFound("stranger");
    expect(await (await ask(found.headers.get("location") ?? "")).text()).toBe("public /by-stranger.txt");
  });

  it("asks for the API key where the origin is probed", async () => {
    const url = await publish(stack(), "by-key.txt", "by key");
    await preload(stack(), { url, hash: "probed" });
    await untilReady(stack(), "probed");
    const found = await untilFound("probed", stack().apiKey);
    expect(await (await ask(found.headers.get("location") ?? "")).text()).toBe("by key");
    expect(await refusal("probed")).toEqual(NOT_FOUND);
    expect(await refusal("probed", stack().presigned.apiKey)).toEqual(NOT_FOUND);
  });

  it("says of what is not there the same as of what is not allowed", async () => {
    expect(await refusal("never heard of")).toEqual(NOT_FOUND);
    expect(await refusal("never heard of", stack().apiKey)).toEqual(NOT_FOUND);
  });
}
