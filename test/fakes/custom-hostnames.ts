import type { CustomHostname, CustomHostnames } from "../../src/ports/custom-hostnames.ts";

type Changes = Partial<Omit<CustomHostname, "id">>;

/** `calls` tells what was asked. What the network says of a host may be changed at any time. */
export type FakeCustomHostnames = CustomHostnames & {
  readonly calls: string[];
  /** Names that the network never takes. */
  readonly refused: Set<string>;
  /** Throws when there is no such host. */
  change(host: string, changes: Changes): void;
};

/** A network that knows a host as soon as it is told, and has it pending until a test says otherwise. */
export function fakeCustomHostnames(): FakeCustomHostnames {
  const known = new Map<string, CustomHostname>();
  const calls: string[] = [];
  const refused = new Set<string>();
  let ids = 0;

  return {
    calls,
    refused,
    change(host, changes) {
      const old = known.get(host);
      if (!old) throw new Error(`the network has no ${host}`);
      known.set(host, { ...old, ...changes });
    },

    async create(host) {
      calls.push(`create ${host}`);
      if (refused.has(host)) return "refused";
      const proofs = [{ type: "TXT", name: `_proof.${host}`, value: `proof-${ids + 1}` }] as const;
      const made = { id: `hostname-${ids + 1}`, ownership: "pending", certificate: "pending", proofs } as const;
      if (!known.has(host)) known.set(host, { ...made, id: `hostname-${++ids}`, problems: [] });
      return known.get(host) as CustomHostname;
    },
    async find(id) {
      calls.push(`find ${id}`);
      return [...known.values()].find((each) => each.id === id) ?? null;
    },
    async delete(id) {
      calls.push(`delete ${id}`);
      for (const [host, each] of known) if (each.id === id) known.delete(host);
    },
  };
}
