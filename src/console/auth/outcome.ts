import * as z from "zod";
import type { Outcome, Refusal } from "../identity.ts";
import { cookiesOf } from "./call-auth.ts";

type Words = Omit<Refusal, "ok">;

const PASSWORD_WRONG: Words = { field: "password", message: "This is not your password." };
const CODE_WRONG: Words = { field: "code", message: "This code does not count, or does not count any more." };
const TIMED_OUT: Words = { message: "This took too long. Sign in once more." };
const LINK_OVER: Words = { message: "This link has been used, or is over. Ask for another." };
const NAME_TAKEN: Words = { field: "site", message: "Somebody has this short name already. Choose another." };
const LAST_OWNER: Words = { message: "An organisation needs an owner. Make somebody else one first." };
const NOT_YOURS: Words = { message: "Your role does not allow this." };
const INVITATION_GONE: Words = { message: "This invitation is over, or is for another address." };
const FULL: Words = { message: "The plan has no room for one more member." };

/** What better-auth's refusals mean to a person, by their codes. None says whether somebody else has an account. */
const WORDS: Readonly<Record<string, Words>> = {
  INVALID_EMAIL_OR_PASSWORD: { message: "E-mail and password do not belong together." },
  INVALID_EMAIL: { field: "email", message: "This is no e-mail address." },
  INVALID_PASSWORD: PASSWORD_WRONG,
  PASSWORD_TOO_SHORT: { field: "password", message: "Use at least 10 characters." },
  PASSWORD_TOO_LONG: { field: "password", message: "Use 128 characters at most." },
  BANNED_USER: { message: "This account is closed. Write to whoever runs this service." },
  ...{ INVALID_CODE: CODE_WRONG, INVALID_BACKUP_CODE: CODE_WRONG, TOTP_NOT_ENABLED: CODE_WRONG },
  ...{ INVALID_TWO_FACTOR_COOKIE: TIMED_OUT, TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: TIMED_OUT },
  ACCOUNT_TEMPORARILY_LOCKED: { message: "Too many wrong codes. Wait a quarter of an hour, then try again." },
  ...{ INVALID_TOKEN: LINK_OVER, TOKEN_EXPIRED: LINK_OVER, USER_NOT_FOUND: LINK_OVER },
  ...{
    ORGANIZATION_ALREADY_EXISTS: NAME_TAKEN,
    ORGANIZATION_SLUG_ALREADY_TAKEN: NAME_TAKEN,
    ALREADY_EXISTS: NAME_TAKEN,
  },
  YOU_HAVE_REACHED_THE_MAXIMUM_NUMBER_OF_ORGANIZATIONS: { message: "You have as many organisations as one may have." },
  YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER: LAST_OWNER,
  YOU_CANNOT_LEAVE_THE_ORGANIZATION_WITHOUT_AN_OWNER: LAST_OWNER,
  ...{ YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_MEMBER: NOT_YOURS, YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_MEMBER: NOT_YOURS },
  YOU_ARE_NOT_ALLOWED_TO_INVITE_USERS_TO_THIS_ORGANIZATION: NOT_YOURS,
  YOU_ARE_NOT_ALLOWED_TO_INVITE_USER_WITH_THIS_ROLE: NOT_YOURS,
  ...{ YOU_ARE_NOT_ALLOWED_TO_CANCEL_THIS_INVITATION: NOT_YOURS, USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION: NOT_YOURS },
  ...{ MEMBER_NOT_FOUND: { message: "This member is not there any more." }, INVITATION_NOT_FOUND: INVITATION_GONE },
  YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION: INVITATION_GONE,
  ...{ ORGANIZATION_MEMBERSHIP_LIMIT_REACHED: FULL, INVITATION_LIMIT_REACHED: FULL },
  USER_IS_ALREADY_A_MEMBER_OF_THIS_ORGANIZATION: { field: "email", message: "This is a member already." },
  USER_IS_ALREADY_INVITED_TO_THIS_ORGANIZATION: { field: "email", message: "An invitation is on its way already." },
};

const TOO_OFTEN: Words = { message: "Too many tries. Wait a minute, then try again." };
const UNKNOWN: Words = { message: "This did not work. Try again." };

const problem = z.object({ code: z.string().optional(), message: z.string().optional() });

/** What an answer of better-auth's means for a form. Throws where it is no fault of the person's. */
export async function outcomeOf(answer: Response): Promise<Outcome> {
  return answer.ok ? { ok: true, cookies: cookiesOf(answer) } : await refusalOf(answer);
}

export async function refusalOf(answer: Response): Promise<Refusal> {
  if (answer.status === 429) return { ok: false, ...TOO_OFTEN };
  if (answer.status >= 500) throw new Error(`sign-in answered ${answer.status}`);
  const said = problem.safeParse(await answer.json().catch(() => null));
  const { code = "", message = "" } = said.success ? said.data : {};
  const known = WORDS[code];
  if (known) return { ok: false, ...known };
  const [, field] = /^\[body\.(email|password|code|name|role)\]/.exec(message) ?? [];
  if (field) return { ok: false, field, message: "This is not what can be taken here." };
  // What hooks of ours say has no code, and is written for people.
  return { ok: false, message: code === "" && message !== "" ? message : UNKNOWN.message };
}
