import * as z from "zod";
import { API_ORIGIN } from "../api/client.ts";
import type { AskApi } from "../frame/call.ts";

/** What is looked at of a JSON Schema. */
export type Shape = {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, Shape>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Shape | undefined;
  readonly anyOf?: readonly Shape[] | undefined;
  readonly oneOf?: readonly Shape[] | undefined;
};

const shape = z.custom<Shape>((value) => typeof value === "object" && value !== null);
const content = z.record(z.string(), z.object({ schema: shape.optional() })).optional();
const operation = z.object({
  summary: z.string(),
  description: z.string().optional(),
  security: z.array(z.unknown()).optional(),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        description: z.string().optional(),
        schema: shape.optional(),
      }),
    )
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content })),
});
export type Operation = z.infer<typeof operation>;

const description = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), shape) }),
});
export type OpenApi = z.infer<typeof description>;

/** Operations that belong together: by the first segment of their path. */
export type OperationGroup = {
  readonly name: string;
  readonly operations: readonly { readonly verb: string; readonly path: string; readonly operation: Operation }[];
};

/** The API's own description. Throws what the page of a failure shows. */
export async function readOpenApi(ask: AskApi): Promise<OpenApi> {
  const response = await ask(new Request(`${API_ORIGIN}/openapi.json`));
  if (!response.ok) throw new Error(`/openapi.json answered ${response.status}`);
  return description.parse(await response.json());
}

/** In the order of the description; HEAD and OPTIONS are as GET, and left out. */
export function groupsOf({ paths }: OpenApi): OperationGroup[] {
  const groups = new Map<string, OperationGroup["operations"]>();
  for (const [path, verbs] of Object.entries(paths)) {
    const name = /^\/([\w-]+)/.exec(path)?.[1] ?? "other";
    const operations = Object.entries(verbs)
      .filter(([verb]) => verb !== "head" && verb !== "options")
      .map(([verb, operation]) => ({ verb: verb.toUpperCase(), path, operation }));
    groups.set(name, [...(groups.get(name) ?? []), ...operations]);
  }
  return [...groups].map(([name, operations]) => ({ name, operations }));
}

/** The schema that a reference names, and that name. */
export function resolveShape(api: OpenApi, shape: Shape): { readonly name: string | null; readonly shape: Shape } {
  const name = /^#\/components\/schemas\/([\w.-]+)$/.exec(shape.$ref ?? "")?.[1] ?? null;
  return { name, shape: (name && api.components.schemas[name]) || shape };
}

/** A type in a few words: `string or null`, `list of Entry`, `"a" | "b"`. */
export function typeText(api: OpenApi, asked: Shape): string {
  const { name, shape } = resolveShape(api, asked);
  if (name) return name;
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  const any = shape.anyOf ?? shape.oneOf;
  if (any) return [...new Set(any.map((each) => typeText(api, each)))].join(" or ");
  if (shape.type === "array") return `list of ${shape.items ? typeText(api, shape.items) : "anything"}`;
  return typeof shape.type === "string" ? shape.type : (shape.type?.join(" or ") ?? "anything");
}
