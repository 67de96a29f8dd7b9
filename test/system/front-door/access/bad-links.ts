import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import { ask, untilHit } from "../../stack/requests.ts";

/** A token that we did not make, byte for byte, opens nothing. */
export function badLinks(stack: () => Stack): void {
  const refused = async (url: string) => {
    const response = await ask(url);
    const { error } = (await response.json()) as { error: { code: string } };
    return { status: response.status, code: error.code };
  };
  const INVALID = { status: 403, code: "TOKEN_INVALID" };

  it("is refused wherever its token was changed", async () => {
    const url = await publish(stack(), "linked.txt", "linked");
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    const { location } = await untilHit(stack(), url);
    const [, token = ""] = /\/f\/([^/]+)\//.exec(location) ?? [];
    expect(await (await ask(location)).text()).toBe("linked");

    const step = Math.ceil(token.length / 40);
    const places = Array.from({ length: 40 }, (_, index) => index * step).filter((at) => at < token.length);
    const changed = places.map((at) => token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1));
    const others = [token.slice(0, -1), token.slice(1), `${token}A`, `${token}${token}`, token.toLowerCase()];
    for (const bad of [...changed, ...others]) {
      expect(await refused(location.replace(token, bad))).toEqual(INVALID);
    }
  });

  it.each(["x", "A".repeat(200), "..%2f..%2fsecret", "%00", "AQE", "e30", "eyJhbGciOiJub25lIn0.e30."])(
    "is refused: %s",
    async (token) => {
      expect(await refused(`${stack().api}/f/${token}/file.txt`)).toEqual(INVALID);
    },
  );
}
