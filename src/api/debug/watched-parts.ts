import type { LinkSigner } from "../../ports/link-signer.ts";
import type { DownloadParts } from "../compose.ts";
import type { Findings } from "./findings.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** The parts of a download, each of which tells how long it took and what it found. They do what they did before. */
export function watchedParts(parts: DownloadParts, { timed }: Stopwatch, findings: Findings): DownloadParts {
  const { directory, secrets, serviceAccounts, index, ledger, links, withdrawals, edge, store } = parts;
  return {
    ...parts,
    report(what, error) {
      findings.failed.push(what);
      parts.report(what, error);
    },
    directory: { ...directory, find: timed("tenant", (name) => directory.find(name)) },
    secrets: {
      linkKey: timed("check", (tenant, kid) => secrets.linkKey(tenant, kid)),
      material: timed("check", (tenant) => secrets.material(tenant)),
    },
    serviceAccounts: { ...serviceAccounts, find: timed("check", (email) => serviceAccounts.find(email)) },
    index: {
      ...index,
      get: timed("index", async (key) => {
        findings.key = key;
        findings.index = await index.get(key);
        return findings.index;
      }),
    },
    ledger: {
      ...ledger,
      find: timed("ledger", async (key) => {
        findings.ledger = await ledger.find(key);
        return findings.ledger;
      }),
    },
    prove: timed("probe", async (tenant, url) => {
      findings.verdict = await parts.prove(tenant, url);
      return findings.verdict;
    }),
    links: {
      edge: watchedLinks(links.edge, timed, findings),
      presigned: links.presigned && watchedLinks(links.presigned, timed, findings),
    },
    withdrawals: { ...withdrawals, find: timed("withdrawals", (tenant) => withdrawals.find(tenant)) },
    edge: edge && { ...edge, get: timed("cache", (name, range) => edge.get(name, range)) },
    store: {
      ...store,
      head: timed("store", (key) => store.head(key)),
      get: timed("store", (key, range) => store.get(key, range)),
    },
  };
}

function watchedLinks(signer: LinkSigner, timed: Stopwatch["timed"], findings: Findings): LinkSigner {
  const { prepare } = signer;
  return {
    sign: timed("link", async (link, fileName, method) => {
      findings.generation = link.generation;
      return await signer.sign(link, fileName, method);
    }),
    ...(prepare && {
      prepare(link, fileName, method) {
        findings.generation = link.generation;
        return prepare(link, fileName, method);
      },
    }),
  };
}
