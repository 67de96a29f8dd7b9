import { describe } from "vitest";
import { withOwnOrigin } from "../stack/own-origin.ts";
import { withStack } from "../stack/with-stack.ts";
import { accessSettings } from "./settings/access-settings.ts";
import { badSettings } from "./settings/bad-settings.ts";
import { cnameSettings } from "./settings/cname-settings.ts";
import { fillSettings } from "./settings/fill-settings.ts";
import { linkSettings, PUBLIC_PATH, SIGNED_PATH } from "./settings/link-settings.ts";
import { originRules } from "./settings/origin-rules.ts";
import { ACCOUNTS_PATH, playingGoogle } from "./settings/playing-google.ts";
import { verificationSettings } from "./settings/verification-settings.ts";
import { whoMay } from "./settings/who-may.ts";

const origin = withOwnOrigin(playingGoogle);
const stack = withStack(async () => ({
  vars: { ACCOUNT_KEYS_ENDPOINT: `${origin().url}${ACCOUNTS_PATH}` },
  // From the beginning: a consumer that has filled something goes by the allow-list of then for half a minute.
  originRules: [origin().rule("signed", SIGNED_PATH), origin().rule("public", PUBLIC_PATH)],
}));

describe("who may change settings", () => whoMay(stack));
describe("the allow-list", () => originRules(stack, origin));
describe("access settings", () => accessSettings(stack));
describe("fill settings", () => fillSettings(stack));
describe("CNAMEs", () => cnameSettings(stack));
describe("link keys", () => linkSettings(stack, origin));
describe("verification material", () => verificationSettings(stack));
// Last, since part of what it sends would be taken if it were not for one field.
describe("bad settings", () => badSettings(stack));
