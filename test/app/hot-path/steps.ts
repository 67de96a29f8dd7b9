import fc from "fast-check";
import { MINUTE, SECOND } from "../../core/samples.ts";

/** What a client sends: which of the links, to which host, how. */
export type Asked = {
  readonly link: number;
  readonly host: string;
  readonly method: string;
  readonly headers: Record<string, string>;
};

/** What happens next. `far`: in another isolate, so that ours learns of it a second later. */
export type Step =
  | { readonly does: "ask"; readonly asked: Asked; readonly times: number }
  | { readonly does: "wait"; readonly ms: number }
  | { readonly does: "purge"; readonly link: number; readonly far: boolean }
  | { readonly does: "revoke"; readonly far: boolean }
  | { readonly does: "settle"; readonly access: "probe" | "public"; readonly delivery: "edge" | "presigned" };

/** Of a tenant that probes; of one that lets pages read, straight from the store; of one that lets in a network only. */
export const HOSTS = ["cdn.acme.example", "pages.acme.example", "near.acme.example"] as const;

const fields = fc.record(
  {
    authorization: fc.constantFrom("Bearer nobody-that-we-know", "Basic dXNlcjpwYXNz"),
    origin: fc.constantFrom("https://app.example.com", "https://other.example.com"),
    range: fc.constantFrom("bytes=0-0", "bytes=5-"),
    "if-none-match": fc.constant('"hello-1"'),
    "cf-connecting-ip": fc.constantFrom("192.0.2.1", "198.51.100.7"),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, string>>;

/** So many steps: mostly requests, each some times in a row, and now and then what changes their answer. */
export function steps(length: number, links: number): fc.Arbitrary<Step[]> {
  const [link, far] = [fc.nat(links - 1), fc.boolean()];
  const asked = fc.record({
    link,
    host: fc.constantFrom(...HOSTS),
    method: fc.constantFrom("GET", "GET", "GET", "HEAD"),
    headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fields }),
  });
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 100,
      arbitrary: fc.record({ does: fc.constant("ask" as const), asked, times: fc.integer({ min: 1, max: 7 }) }),
    },
    { weight: 20, arbitrary: fc.constantFrom(1, 200, SECOND, 4 * SECOND).map((ms): Step => ({ does: "wait", ms })) },
    { weight: 1, arbitrary: fc.constantFrom(MINUTE, 16 * MINUTE).map((ms): Step => ({ does: "wait", ms })) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant("purge" as const), link, far }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant("revoke" as const), far }) },
    {
      weight: 1,
      arbitrary: fc.record({
        does: fc.constant("settle" as const),
        access: fc.constantFrom("probe" as const, "public" as const),
        delivery: fc.constantFrom("edge" as const, "presigned" as const),
      }),
    },
  );
  return fc.array(step, { minLength: length, maxLength: length, size: "max" });
}
