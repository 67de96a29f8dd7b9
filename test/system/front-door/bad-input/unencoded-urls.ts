import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { presign } from "../../stack/objects.ts";
import { ask } from "../../stack/requests.ts";
import { problemOf } from "./problem.ts";

/** The commonest mistake: its parameters arrive beside `url`. The answer shows how it is done, and no signature. */
export function unencodedUrls(stack: () => Stack): void {
  it.each(["", "&hash=mine", "&site=demo"])("is answered with its encoded form (%s)", async (more) => {
    const url = await presign(stack(), "hello.txt");
    const { code, message } = await problemOf(await ask(`${stack().api}/proxy?url=${url}${more}`));
    expect(code).toBe("UNENCODED_URL");
    const [address = ""] = url.split("?");
    expect(message).toContain(`/proxy?url=${encodeURIComponent(`${address}?`)}`);
    const { searchParams } = new URL(url);
    for (const name of ["X-Amz-Signature", "X-Amz-Credential", "X-Amz-Date"]) {
      expect(message).toContain(name);
      expect(decodeURIComponent(message)).not.toContain(searchParams.get(name) ?? "");
    }
  });

  it("is told from a parameter that we do not know", async () => {
    const url = encodeURIComponent(await presign(stack(), "hello.txt"));
    const problem = await problemOf(await ask(`${stack().api}/proxy?url=${url}&nosuch=1`));
    expect(problem).toEqual({ code: "INVALID_FIELD", message: expect.stringContaining("nosuch") });
  });
}
