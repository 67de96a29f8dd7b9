import type { Json } from "./openapi/operation-parts.ts";
import { describePaths } from "./openapi/paths.ts";
import { describeSchemas } from "./openapi/schemas.ts";

/** The OpenAPI 3.1 description of the API that is served at `origin`. */
export function describeApi(origin: string): Json {
  return {
    openapi: "3.1.0",
    info: { title: "Snapbyte", version: "0.1.0", description: "An egress-cost cache in front of signed URLs." },
    servers: [{ url: origin }],
    paths: describePaths(),
    components: { schemas: describeSchemas(), securitySchemes: { apiKey: { type: "http", scheme: "bearer" } } },
  };
}
