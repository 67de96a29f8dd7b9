import type { Api } from "../api/client.ts";
import type { Built } from "../built.ts";
import type { Auth, Membership, Person } from "../identity.ts";
import type { Outbox } from "../mail/outbox.ts";
import type { Payment } from "../payment.ts";
import type { Estimator } from "../site/estimate.ts";
import type { PlanOffer } from "../site/plan-offers.ts";
import type { Flash } from "./flash.ts";
import type { Theme } from "./theme.ts";

/** Asks the API as somebody: a service binding, or a fake. */
export type AskApi = (request: Request) => Promise<Response>;

/** What the console is made of. */
export type ConsoleParts = {
  readonly auth: Auth;
  readonly askApi: AskApi;
  readonly built: Built;
  /** Where customers' downloads go, such as `https://edge.example.com`: what links are shown with. */
  readonly edge: string;
  /** Puts wishes into money; `null`: not in this deployment. */
  readonly estimator: Estimator | null;
  /** What is on offer; `null`: not in this deployment. */
  readonly plans: readonly PlanOffer[] | null;
  /** Takes payments; `null`: payment is off. */
  readonly payment: Payment | null;
  /** Where mails stay in development, to be read at `/outbox`; `null`: they really go out. */
  readonly outbox: Pick<Outbox, "all"> | null;
  readonly now: () => number;
  readonly report: (what: string, error: unknown) => void;
};

/** A request, and all that is known of it before anything is decided. */
export type Call = {
  readonly request: Request;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly parts: ConsoleParts;
  /** ms since the epoch. */
  readonly now: number;
  readonly theme: Theme | null;
  readonly flash: Flash | null;
  readonly person: Person | null;
};

/** A call of somebody who is signed in. */
export type PersonCall = Call & { readonly person: Person };

/** A call inside of a tenant, by somebody who belongs there. */
export type TenantCall = PersonCall & { readonly member: Membership; readonly api: Api };

/** A call of whoever runs the deployment. */
export type OperatorCall = PersonCall & { readonly api: Api };

export type Handler<Kind extends Call = Call> = (call: Kind) => Promise<Response>;
