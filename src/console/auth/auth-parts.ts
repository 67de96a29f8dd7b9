import type { PeopleDatabase } from "./database.ts";
import type { SendMail } from "./mails.ts";

/** What the set-up needs of the console's environment. */
export type AuthParts = {
  /** Such as `https://console.example.com`: cookies, links in mails and the check of origins go by it. */
  readonly baseUrl: string;
  /** At least 32 characters of chance: signs cookies, seals second factors. */
  readonly secret: string;
  readonly database: PeopleDatabase;
  readonly sendMail: SendMail;
  /** Lets work outlive the answer: whether a mail is sent must not show in how long the answer takes. */
  readonly inBackground: (work: Promise<unknown>) => void;
  /** Tells the operators. */
  readonly report: (what: string, error: unknown) => void;
  /** Whether somebody may try this e-mail address once more now: the platform's rate limit, by address of mail. */
  readonly admitAddress: (email: string) => Promise<boolean>;
  /** Tries of one network a minute at whatever takes a password or sends a mail. */
  readonly triesPerMinute: number;
  /** Makes the tenant of an organization, in the person's name, and says its id. Throws what the person may read. */
  readonly makeTenant: (wish: {
    readonly user: { readonly id: string; readonly name: string };
    readonly name: string;
    readonly site: string;
  }) => Promise<{ readonly id: string }>;
  /** How many members and invitations a tenant's plan has room for; `null`: as many as it likes. */
  readonly memberRoom: (tenant: string) => Promise<number | null>;
};
