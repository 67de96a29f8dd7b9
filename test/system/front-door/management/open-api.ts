import { z } from "zod";

const schema = z.record(z.string(), z.unknown());
const content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), z.strictObject({ schema }));
const parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(["query", "path", "header", "cookie"]),
  description: z.string().optional(),
  required: z.boolean().optional(),
  schema,
});
const response = z.strictObject({
  description: z.string(),
  headers: z.record(z.string(), z.strictObject({ description: z.string().optional(), schema })).optional(),
  content: content.optional(),
});
const operation = z.strictObject({
  summary: z.string().optional(),
  description: z.string().optional(),
  parameters: z.array(parameter).optional(),
  requestBody: z.strictObject({ required: z.boolean().optional(), content }).optional(),
  responses: z.record(z.string().regex(/^(?:[1-5]\d\d|default)$/), response),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});

/** The part of OpenAPI 3.1 that a description of ours uses; anything else in it is a mistake. */
const openApi = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string().optional() }),
  servers: z.array(z.strictObject({ url: z.url() })),
  paths: z.record(
    z.string().startsWith("/"),
    z.partialRecord(z.enum(["get", "head", "options", "post", "put", "patch", "delete"]), operation),
  ),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), schema),
    securitySchemes: z.record(z.string(), z.strictObject({ type: z.literal("http"), scheme: z.string() })),
  }),
});

export type OpenApi = z.infer<typeof openApi>;

/** What is wrong with a description, in words; empty when nothing is. */
export function openApiProblems(description: unknown): string[] {
  const parsed = openApi.safeParse(description);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  const { paths, components } = parsed.data;
  return [
    ...referencesIn(description)
      .filter((reference) => resolve(description, reference) === undefined)
      .map((reference) => `${reference} leads nowhere`),
    ...Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, each]) =>
        operationProblems(path, each, Object.keys(components.securitySchemes)).map(
          (text) => `${method} ${path}: ${text}`,
        ),
      ),
    ),
  ];
}

function operationProblems(
  path: string,
  { parameters = [], security = [], responses }: z.infer<typeof operation>,
  schemes: string[],
) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const declared = parameters.filter((each) => each.in === "path");
  const names = parameters.map((each) => `${each.in} ${each.name}`);
  const promises: [boolean, string][] = [
    [`${declared.map(({ name }) => name)}` === `${inPath}`, "its path parameters are not those of its path"],
    [declared.every(({ required }) => required), "a path parameter is not required"],
    [new Set(names).size === names.length, "a parameter is declared twice"],
    [Object.keys(responses).length > 0, "it has no response"],
    [security.flatMap(Object.keys).every((name) => schemes.includes(name)), "its security scheme does not exist"],
  ];
  return promises.filter(([kept]) => !kept).map(([, problem]) => problem);
}

/** Every `$ref`, wherever it stands. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === "$ref" ? [String(inner)] : referencesIn(inner)));
}

/** What a local reference (`#/a/b`) points at; `undefined`: nothing. */
function resolve(root: unknown, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  const steps = reference
    .slice(2)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  return steps.reduce<unknown>((inner, step) => (inner as Record<string, unknown> | undefined)?.[step], root);
}
