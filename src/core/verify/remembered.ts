/** Names remembered per owner: a link's maker chooses dates and regions, and must not fill our memory with them. */
const MAX_PER_OWNER = 32;

const byOwner = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * What `make` gave for this owner and name before, or gives now: imported and derived keys live as long as the material
 * that they come from. A failure is not remembered. One name stands for one type.
 */
export function remembered<Value>(owner: object, name: string, make: () => Promise<Value>): Promise<Value> {
  const made = byOwner.get(owner) ?? new Map<string, Promise<unknown>>();
  byOwner.set(owner, made);
  const known = made.get(name);
  if (known) return known as Promise<Value>;
  const fresh = make();
  const [oldest] = made.keys();
  if (made.size >= MAX_PER_OWNER && oldest !== undefined) made.delete(oldest);
  made.set(name, fresh);
  fresh.catch(() => made.delete(name));
  return fresh;
}
