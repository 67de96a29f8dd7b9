import { describe, expect, test } from "vitest";
import type { SweepPlace } from "../../src/ports/sweep-place.ts";

/** `make` gives a place that nobody has written. */
export function sweepPlaceContract(name: string, make: () => SweepPlace): void {
  describe(`SweepPlace: ${name}`, () => {
    test("is nowhere at first", async () => {
      expect(await make().read()).toBeNull();
    });

    test.each(["cursor", "0123+/=", "tenant/entry/ключ 😀", "x".repeat(4096)])(
      "is what was written: %s",
      async (cursor) => {
        const place = make();
        await place.write(cursor);
        expect(await place.read()).toBe(cursor);
      },
    );

    test("the last write counts", async () => {
      const place = make();
      await place.write("one");
      await place.write("two");
      expect(await place.read()).toBe("two");
    });

    test("is nowhere again at the end, however often that is said", async () => {
      const place = make();
      await place.write(null);
      expect(await place.read()).toBeNull();
      await place.write("one");
      await place.write(null);
      await place.write(null);
      expect(await place.read()).toBeNull();
    });

    test("two places never meet", async () => {
      const [one, two] = [make(), make()];
      await one.write("one");
      expect(await two.read()).toBeNull();
      await two.write("two");
      expect(await one.read()).toBe("one");
    });
  });
}
