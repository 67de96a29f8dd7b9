import { atOnce } from "../../../soak/at-once.ts";
import { fieldsOf, methodOf, nameOf } from "./asking.ts";
import { openClient } from "./client.ts";
import { hostOf } from "./host.ts";
import { type Case, faultOf, type Hosts, heldBy } from "./judge.ts";
import { mutate } from "./mutations.ts";
import { type Random, seeded } from "./random.ts";
import type { Token } from "./tokens.ts";

/** Requests under way at a time. */
const WIDTH = 16;
/** Faults that are told of; the others are counted. */
const MOST_TOLD = 20;

/** What is asked of which server. */
export type FuzzPlan = {
  readonly port: number;
  readonly tokens: readonly Token[];
  /** Hosts to ask, and whose they are. */
  readonly names: readonly string[];
  readonly hosts: Hosts;
  /** Whether wrangler stands before the Worker: it fails by itself at hosts that are none, and compresses what it likes. */
  readonly behindWrangler?: boolean;
  readonly cases: number;
  readonly seed: number;
};

export type FuzzFound = {
  readonly faults: readonly string[];
  readonly cases: number;
  readonly seconds: number;
  /** Answers by status; 0: the server closed the connection. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests whose token counted, and of these the ones that were served. */
  readonly valid: number;
  readonly served: number;
  /** Tokens of which a mutation left nothing that opens. */
  readonly spoilt: number;
};

/** Asks so many different things, always the same for one seed, and judges every answer. */
export async function fuzz(plan: FuzzPlan): Promise<FuzzFound> {
  const { port, tokens, hosts, cases, seed } = plan;
  const byText = new Map(tokens.map((token) => [token.text, token]));
  const client = openClient();
  const found = { faults: [] as string[], statuses: {} as Record<string, number>, valid: 0, served: 0, spoilt: 0 };
  const faults = 0;
  const began = performance.now();
  const random = seeded(seed);
  await atOnce(casesOf(random, plan), WIDTH, async (asked) => {
    const answer = await client.send(port, asked.method, asked.path, asked.fields);
    const fault = faultOf(asked, answer, byText, hosts);
    if (fault !== null)
      found.faults.push(found.faults.length < MOST_TOLD ? described(asked, answer.status, fault) : "");
    found.statuses[answer.status] = (found.statuses[answer.status] ?? 0) + 1;
    const held = heldBy(asked.path, byText);
    if (!held) found.spoilt += 1;
    if (held?.grants === "bytes") found.valid += 1;
    if (answer.status === 200 || answer.status === 206) found.served += 1;
  });
  client.close();
  if (faults > MOST_TOLD) found.faults.push(`and ${faults - MOST_TOLD} more`);
  return { ...found, cases, seconds: (performance.now() - began) / 1000 };
}

function* numbered(cases: number): Generator<number> {
  for (let number = 0; number < cases; number += 1) yield number;
}

function casesOf(random: Random, { tokens, names, behindWrangler = false, cases }: FuzzPlan): Case[] {
  // Half of them begin with what is valid: of the others most never come far.
  const valid = tokens.filter(({ grants }) => grants === "bytes");
  return Array.from(numbered(cases), (number) => {
    const token = random.pick(random.chance(0.5) ? valid : tokens);
    const { text, how } = mutate(token.text, random, random.pick(tokens).text);
    const fields = {
      ...fieldsOf(random, token.size),
      ...(behindWrangler && { "accept-encoding": "identity" }),
      host: behindWrangler ? random.pick(names) : hostOf(random, names),
    };
    return { number, method: methodOf(random), path: `/f/${text}/${nameOf(random)}`, fields, token, how };
  });
}

function described({ number, method, path, fields, token, how }: Case, status: number, fault: string): string {
  const cut = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);
  const shown = Object.entries(fields).map(([name, value]) => `${name}: ${cut(value)}`);
  const made = `${token.kind}${how === null ? "" : `, ${how}`}`;
  return `case ${number} (${made}): ${method} ${cut(path)} [${shown.join("; ")}] answered ${status}: ${cut(fault)}`;
}
