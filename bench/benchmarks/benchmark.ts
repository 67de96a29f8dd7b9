import type { Figures } from "../measure/figures.ts";
import type { Effort } from "../measure/measure.ts";
import type { Variant } from "../measure/variant.ts";
import type { BuildOther } from "../server/build-workers.ts";
import type { Server } from "../server/start-server.ts";
import type { World } from "../world/world.ts";

/** What `npm run bench -- NAME` does with requests to the api Worker. */
export type Benchmark = {
  /** One sentence: what is measured. */
  readonly title: string;
  /** What is measured in the api's place, and beside it. */
  readonly api?: BuildOther;
  readonly other?: BuildOther;
  /** What leaves garbage behind, or much to do later, has a process of its own, so that it spoils nothing else. */
  prepare(): Promise<readonly Group[]>;
  /** What the figures mean, in the last lines. */
  verdict(figures: readonly Figures[]): string;
};

/** Ways to ask that are measured side by side, in one process that knows one world. */
export type Group = {
  readonly world: World;
  readonly effort?: Effort;
  variants(server: Server): readonly Variant[];
  /** What else is to be seen of this server once all is measured, in lines. Throws where something was no hit. */
  afterwards?(server: Server, figures: readonly Figures[]): Promise<string>;
};

/** What `npm run bench -- NAME` tells. */
export type Report = {
  readonly title: string;
  readonly table: string;
  readonly verdict: string;
  /** For programs. */
  readonly json: string;
};
