import { fakeCdnPurge } from "../fakes/cdn-purge.ts";
import { cdnPurgeContract } from "./cdn-purge.contract.ts";

cdnPurgeContract("fake", () => {
  const { calls, ...cdn } = fakeCdnPurge();
  return { cdn, purged: () => calls.flat() };
});
