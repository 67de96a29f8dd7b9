/** A link taken apart on its raw text; `parameters` as `name=value`, in their order. */
export type Parts = { readonly origin: string; readonly path: string; readonly parameters: readonly string[] };

export function takeApart(link: string): Parts {
  const [, origin = "", path = "", query = ""] = /^(https?:\/\/[^/]+)([^?]*)\?(.*)$/.exec(link) ?? [];
  return { origin, path, parameters: query.split("&") };
}

export function putTogether({ origin, path, parameters }: Parts): string {
  return `${origin}${path}?${parameters.join("&")}`;
}

/** The `n`th of the items, counted round and round. */
export function at<Item>(items: readonly Item[], n: number): Item {
  const item = items[n % items.length];
  if (item === undefined) throw new Error("there is nothing to choose from");
  return item;
}

/** Changes the value of the `n`th parameter. */
export function changeAt(link: Parts, n: number, change: (value: string) => string): Parts {
  const { parameters } = link;
  return { ...link, parameters: parameters.with(n % parameters.length, changeAfter("=", at(parameters, n), change)) };
}

/** Where the parameter of one of these names is. */
export function positionOf({ parameters }: Parts, names: readonly string[]): number {
  const n = parameters.findIndex((parameter) => names.some((name) => parameter.startsWith(`${name}=`)));
  if (n < 0) throw new Error(`there is no ${names.join(" or ")}`);
  return n;
}

/** Changes what follows the first `mark`: a parameter's name, or the slash that a path begins with, stays. */
export function changeAfter(mark: string, text: string, change: (rest: string) => string): string {
  const start = text.indexOf(mark) + 1;
  return text.slice(0, start) + change(text.slice(start));
}
