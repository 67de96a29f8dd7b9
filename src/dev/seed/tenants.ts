import type { TenantId } from "../../core/tenant.ts";

/** The tenant that the deployment's default names: probed, delivered at the edge. */
export const DEMO = "demo" as TenantId;
/** The same, delivered by presigned URLs of the store. */
export const DEMO_PRESIGNED = "demo-presigned" as TenantId;
