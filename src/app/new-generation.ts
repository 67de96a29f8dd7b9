import { generationIn, storeFor } from "../core/stores/generation.ts";
import type { FillJob, FillJobParts } from "./fill-job.ts";

/**
 * A generation for a new copy, in the store that the tenant wants for one of `size` bytes (`null`: not known yet). Where
 * this deployment has no such store (any more), that is reported, and the copy goes into its own.
 */
export function newGenerationFor(
  { tenant }: Pick<FillJob, "tenant">,
  size: number | null,
  { newGeneration, stores, report }: Pick<FillJobParts, "newGeneration" | "stores" | "report">,
): string {
  const store = storeFor(tenant.fill, size);
  if (store === null || stores.has(store)) return generationIn(store, newGeneration());
  report("store", new Error(`the tenant ${tenant.id} wants copies in the store ${store}, which is not there`));
  return newGeneration();
}
