/** A list in capnp's text. */
export function list(items: readonly string[]): string {
  return `[\n    ${items.join(",\n    ")}\n  ]`;
}

/** Capnp's text escapes as C does, and so does JSON, of what is ASCII. */
export function text(value: string): string {
  return JSON.stringify(value);
}

/** A whole config of workerd. */
export function config(services: readonly string[], sockets: readonly string[]): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = ${list(services)},
  sockets = ${list(sockets)}
);
`;
}
