/** The head of an origin's answer. Fields by their names in lower case; absent is `null`. */
export type OriginHead = { readonly status: number; header(name: string): string | null };
