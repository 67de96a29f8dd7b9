import type { Figures } from "../measure/figures.ts";
import type { Variant } from "../measure/variant.ts";
import type { SocketName } from "../server/workerd-config.ts";
import type { World } from "../world/world.ts";

/** What `npm run bench -- NAME` does with requests to the api Worker. */
export type Benchmark = {
  /** One sentence: what is measured. */
  readonly title: string;
  prepare(): Promise<Prepared>;
};

export type Prepared = {
  readonly world: World;
  variants(port: (socket: SocketName) => number): readonly Variant[];
  /** What the figures mean, in a last line. */
  verdict(figures: readonly Figures[]): string;
};

/** What `npm run bench -- NAME` tells. */
export type Report = {
  readonly title: string;
  readonly table: string;
  readonly verdict: string;
  /** For programs. */
  readonly json: string;
};
