import type { PartsDigest } from "../core/entry.ts";
import type { Checksums } from "../core/integrity/checksums.ts";
import type { SourceFacts } from "./fill-job.ts";

/** An object that is whole in the store, and that nobody was told of yet. */
export type Stored = SourceFacts & {
  readonly generation: string;
  /** Bytes. */
  readonly size: number;
  /** Of what was stored. */
  readonly computed: Checksums;
  /** `null`: the whole was hashed. */
  readonly partsDigest: PartsDigest | null;
};
