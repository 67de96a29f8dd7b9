/**
 * Makes something when it is first asked for. What was made stays; what failed is tried again. Whoever asks meanwhile waits
 * for a making of their own, and all get the first that was done: the runtime drops the work of a request that was
 * cancelled, and who waits for that would wait for ever.
 */
export function onFirstUse<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: { readonly value: Value } | undefined;
  return async () => {
    if (made) return made.value;
    const value = await make();
    made ??= { value };
    return made.value;
  };
}

type Methods<Port> = { readonly [Name in keyof Port]: (...args: never[]) => Promise<unknown> };

/** A port that `load` makes when one of its methods, all of which are named, is first called. */
export function deferred<Port extends Methods<Port>>(
  names: Readonly<Record<keyof Port, true>>,
  load: () => Promise<Port>,
): Port {
  const later =
    (name: keyof Port) =>
    async (...args: never[]) =>
      await (await load())[name](...args);
  return Object.fromEntries(Object.keys(names).map((name) => [name, later(name as keyof Port)])) as Port;
}
