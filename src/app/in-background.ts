/** Lets work outlive the answer. Rejections are reported and go no further. */
export type InBackground = (work: Promise<unknown>) => void;

/** Tells the operators of a failure that no client sees. Takes no URL: a signed one is a secret. */
export type Report = (what: string, error: unknown) => void;
