import { describe, expect, it } from "vitest";
import { inOrder } from "../../src/app/in-order.ts";

/** What was done and reported; `failing` are the names of what fails, at once or later. */
async function doing(failing: readonly string[]) {
  const log: string[] = [];
  const chore = (name: string) => async () => {
    await Promise.resolve();
    if (failing.includes(name)) throw new Error(`${name} failed`);
    log.push(name);
  };
  const chores = { first: chore("first"), second: chore("second"), third: chore("third") };
  const outcome = await inOrder(chores, (what, error) => log.push(`${what}: ${(error as Error).message}`)).then(
    () => null,
    (error: Error) => error.message,
  );
  return { log, outcome };
}

describe("chores in their order", () => {
  it("are done one after the other", async () => {
    expect(await doing([])).toEqual({ log: ["first", "second", "third"], outcome: null });
  });

  it.each(["first", "second", "third"])("are all done though the %s fails, which is told at the end", async (name) => {
    const { log, outcome } = await doing([name]);
    expect(log).toEqual(["first", "second", "third"].map((each) => (each === name ? `${name}: ${name} failed` : each)));
    expect(outcome).toBe(`${name} failed`);
  });

  it("are each reported where several fail", async () => {
    expect(await doing(["first", "third"])).toEqual({
      ...{ log: ["first: first failed", "second", "third: third failed"], outcome: "first failed" },
    });
  });

  it("begin only when the one before has ended", async () => {
    const seen: number[] = [];
    let under = 0;
    const chore = async () => {
      under += 1;
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(under);
      under -= 1;
    };
    await inOrder({ a: chore, b: chore, c: chore }, () => {});
    expect(seen).toEqual([1, 1, 1]);
  });
});
