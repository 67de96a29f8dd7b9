import * as z from "zod";
import type { HostState } from "../../core/tenant-host.ts";
import type { CustomHostname, DnsProof } from "../../ports/custom-hostnames.ts";

/** Problems that are told of, and characters of each: they are for people. */
const MAX_PROBLEMS = 10;
const MAX_PROBLEM_LENGTH = 300;

const text = z.string().nullish();
const record = z.object({ txt_name: text, txt_value: text });

/** What we read of a custom hostname: https://developers.cloudflare.com/api/resources/custom_hostnames/methods/get/ */
const hostname = z.object({
  id: z.string().min(1),
  hostname: z.string(),
  status: text,
  ownership_verification: z.object({ type: text, name: text, value: text }).nullish(),
  verification_errors: z.array(z.unknown()).nullish(),
  ssl: z
    .object({
      status: text,
      validation_records: z.array(record).nullish(),
      validation_errors: z.array(z.object({ message: text })).nullish(),
    })
    .nullish(),
});
type Hostname = z.infer<typeof hostname>;

const one = z.object({ success: z.literal(true), result: hostname });
const several = z.object({ success: z.literal(true), result: z.array(hostname) });
const refused = z.object({ errors: z.array(z.object({ code: z.number() })) });

/** The custom hostname of an answer; `null`: it holds none. */
export function hostnameAnswer(body: unknown): Hostname | null {
  return one.safeParse(body).data?.result ?? null;
}

/** The same for a list. */
export function hostnamesAnswer(body: unknown): readonly Hostname[] | null {
  return several.safeParse(body).data?.result ?? null;
}

/** The codes of an answer that says no; none: it tells none. */
export function refusalCodes(body: unknown): readonly number[] {
  return refused.safeParse(body).data?.errors.map(({ code }) => code) ?? [];
}

/** In our words; `target` is the name to which the owner points theirs. */
export function toCustomHostname(answer: Hostname, target: string): CustomHostname {
  const ownership = stateOf(answer.status, OWNED, LOST);
  const certificate = stateOf(answer.ssl?.status, CERTIFIED, NOT_CERTIFIED);
  const { ownership_verification: owner, ssl } = answer;
  const proofs = [
    ...(ownership !== "active" || certificate !== "active"
      ? [{ type: "CNAME", name: answer.hostname, value: target } as const]
      : []),
    ...(ownership !== "active" && owner?.type === "txt" ? txt(owner.name, owner.value) : []),
    ...(certificate !== "active" ? (ssl?.validation_records ?? []) : []).flatMap(({ txt_name, txt_value }) =>
      txt(txt_name, txt_value),
    ),
  ];
  const problems = [
    ...(answer.verification_errors ?? []),
    ...(ssl?.validation_errors ?? []).map(({ message }) => message),
  ]
    .filter((problem) => typeof problem === "string" && problem !== "")
    .map((problem) => String(problem).slice(0, MAX_PROBLEM_LENGTH));
  return { id: answer.id, ownership, certificate, proofs, problems: problems.slice(0, MAX_PROBLEMS) };
}

/**
 * What the API says of a hostname and of its certificate. `moved`: it was not shown to be its owner's in time, or points
 * elsewhere by now. All that is in none of these lists is on its way.
 * https://developers.cloudflare.com/cloudflare-for-platforms/cloudflare-for-saas/domain-support/hostname-validation/validation-status/
 */
const OWNED = ["active", "active_redeploying"];
const LOST = ["moved", "blocked", "deleted", "pending_deletion", "test_failed", "test_blocked"];
const CERTIFIED = ["active"];
const NOT_CERTIFIED = [
  ...["expired", "deleted", "pending_deletion", "deactivating", "inactive", "initializing_timed_out"],
  ...["validation_timed_out", "issuance_timed_out", "deployment_timed_out", "deletion_timed_out"],
];

function stateOf(status: string | null | undefined, good: readonly string[], bad: readonly string[]): HostState {
  if (good.includes(status ?? "")) return "active";
  return bad.includes(status ?? "") ? "failed" : "pending";
}

function txt(name: string | null | undefined, value: string | null | undefined): DnsProof[] {
  return name && value ? [{ type: "TXT", name, value }] : [];
}
