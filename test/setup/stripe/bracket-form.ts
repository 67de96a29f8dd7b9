type Fields = { [name: string]: unknown };

/** `a[b][0]=c` as Stripe writes it: lists are objects of numbers here, made into lists at the end. */
export function readForm(text: string): Fields {
  const root: Fields = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [...name.matchAll(/([^[\]]+)/g)].map(([, part = ""]) => part);
    const last = path.pop() ?? "";
    let at = root;
    for (const part of path) {
      at[part] ??= {};
      at = at[part] as Fields;
    }
    at[last] = value;
  }
  return listed(root) as Fields;
}

function listed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, listed(inner)] as const);
  const isList = entries.length > 0 && entries.every(([name], place) => name === String(place));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
