import type { Material } from "../../../../src/core/verify/material.ts";
import type { Link, Signer } from "../links/link.ts";
import type { Door } from "./door.ts";

/** An origin that checks signatures itself, with the objects of these tests in it. */
export type VerifyingOrigin = {
  /** Opens one more address of it; whoever opens it stops it. */
  openDoor(): Promise<Door>;
  /** Signs links of its objects for one of its addresses. */
  signer(door: Door): Signer;
  /** What a tenant registers so that we can check its links. */
  readonly material: readonly Material[];
  /** Links that it serves, and that we do not take its word for without asking it, or at all. */
  readonly differences: readonly Difference[];
  stop(): Promise<void>;
};

/** Where we are stricter than an origin. The other way round there is no difference: that would be a leak. */
export type Difference = {
  readonly why: string;
  of(link: Link): boolean;
  /** What our own check says: `unknown`, so the origin is asked; `invalid`, so the link goes there and gets no copy. */
  readonly verdict: "unknown" | "invalid";
  /** Whether a link like that gets no copy under `probe` either. */
  readonly probeToo: boolean;
};
