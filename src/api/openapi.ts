import { z } from "zod";
import { describePaths, type Json } from "./openapi-paths.ts";
import { errorBody, healthBody } from "./schemas/common.ts";
import { entryBody, entryPage, purgeAnswer } from "./schemas/entry.ts";
import { preloadAnswer, preloadBatch, preloadItem, preloadResult } from "./schemas/preload.ts";

/** The OpenAPI 3.1 description of the API that is served at `origin`. */
export function describeApi(origin: string): Json {
  return {
    openapi: "3.1.0",
    info: { title: "Snapbyte", version: "0.1.0", description: "An egress-cost cache in front of signed URLs." },
    servers: [{ url: origin }],
    paths: describePaths(),
    components: { schemas: schemas(), securitySchemes: { apiKey: { type: "http", scheme: "bearer" } } },
  };
}

/** Every schema that has a name, as JSON Schema; they refer to each other by it. */
function schemas(): Json {
  const registry = z.registry<{ id: string }>();
  const named = [
    errorBody,
    healthBody,
    entryBody,
    entryPage,
    preloadItem,
    preloadBatch,
    preloadResult,
    preloadAnswer,
    purgeAnswer,
  ];
  for (const schema of named) {
    const id = schema.meta()?.id;
    if (id) registry.add(schema, { id });
  }
  return z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: "input" }).schemas as Json;
}
