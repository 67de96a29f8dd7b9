export type Json = Readonly<Record<string, unknown>>;

/** A schema by its name. */
export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** Content in JSON. */
export const json = (schema: Json): { readonly content: Json } => ({ content: { "application/json": { schema } } });

/** A body that must be there. */
export const body = (schema: Json): Json => ({ required: true, ...json(schema) });

/** An answer of this shape. */
export const answer = (description: string, name: string): Json => ({ description, ...json(ref(name)) });

/** An answer that says what went wrong. */
export const error = (description: string): Json => answer(description, "Error");

export const query = (name: string, description: string, schema: Json = { type: "string" }): Json => {
  return { name, in: "query", description, schema };
};

export const path = (name: string, description: string): Json => {
  return { name, in: "path", required: true, description, schema: { type: "string" } };
};

export const security = [{ apiKey: [] }];

/** What every management call may answer. */
export const managed = {
  400: error("A field is missing or not valid."),
  401: error("No or wrong API key."),
  402: error("The tenant is over what its plan has."),
  403: error("The caller may not do this, or comes from outside of the tenant's networks, or the tenant is suspended."),
  404: error("There is no such thing, or it is another tenant's."),
  429: error("There were too many calls."),
  503: error("A part of the service is not reachable."),
};

/** The tenant that a call is about, where a key or a host does not say it. */
export const site = query(
  "site",
  "The tenant, by name; otherwise the host name decides, and then the deployment's default.",
);
