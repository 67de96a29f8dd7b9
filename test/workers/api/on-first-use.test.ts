import { describe, expect, test } from "vitest";
import { deferred, onFirstUse } from "../../../src/api/on-first-use.ts";

describe("what is made on first use", () => {
  test("is made when it is asked for, and once", async () => {
    let made = 0;
    const value = onFirstUse(async () => ({ number: ++made }));
    expect(made).toBe(0);
    const first = await value();
    expect(await value()).toBe(first);
    expect(made).toBe(1);
  });

  test("is the same for all who ask at once, and none waits for another's request", async () => {
    const makings: PromiseWithResolvers<string>[] = [];
    const value = onFirstUse(() => {
      const making = Promise.withResolvers<string>();
      makings.push(making);
      return making.promise;
    });
    const [one, other] = [value(), value()];
    // The first request was cancelled: its making never ends.
    makings[1]?.resolve("second");
    expect(await other).toBe("second");
    makings[0]?.resolve("first");
    expect(await one).toBe("second");
    expect(makings.length).toBe(2);
  });

  test("is tried again after a failure", async () => {
    let tries = 0;
    const value = onFirstUse(async () => {
      if (++tries === 1) throw new Error("not yet");
      return tries;
    });
    await expect(value()).rejects.toThrow("not yet");
    expect(await value()).toBe(2);
  });
});

describe("a deferred port", () => {
  type Greeter = { greet(name: string, times: number): Promise<string>; leave(): Promise<void> };

  test("is loaded by its first call, which it hands on as it is", async () => {
    let loads = 0;
    const greeter: Greeter = {
      greet: async (name, times) => `${"hello ".repeat(times)}${name}`,
      leave: async () => {},
    };
    const later = deferred<Greeter>(
      { greet: true, leave: true },
      onFirstUse(async () => {
        loads += 1;
        return greeter;
      }),
    );
    expect(loads).toBe(0);
    expect(await later.greet("you", 2)).toBe("hello hello you");
    await later.leave();
    expect(loads).toBe(1);
  });

  test("can be taken apart and put together as any other", async () => {
    const load = async (): Promise<Greeter> => ({ greet: async (name) => name, leave: async () => {} });
    const later = deferred<Greeter>({ greet: true, leave: true }, load);
    const { greet } = { ...later };
    expect(await greet("you", 1)).toBe("you");
  });

  test("rejects as its loading does, and as the call does", async () => {
    const broken = deferred<Greeter>({ greet: true, leave: true }, async () => {
      throw new Error("it does not load");
    });
    await expect(broken.greet("you", 1)).rejects.toThrow("it does not load");
    const failing = deferred<Greeter>({ greet: true, leave: true }, async () => ({
      greet: async () => Promise.reject(new Error("it does not greet")),
      leave: async () => {},
    }));
    await expect(failing.greet("you", 1)).rejects.toThrow("it does not greet");
  });
});
