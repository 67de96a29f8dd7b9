import { BUCKET } from "../world/bucket-links.ts";
import { makeWorld, type World } from "../world/world.ts";

/** A tenant that has everything, and one that has nothing. */
export function coldWorld(): Promise<World> {
  const tenants = { public: { access: "public" }, empty: { access: "public", empty: true } } as const;
  return makeWorld({ tenants, origins: [BUCKET] });
}
