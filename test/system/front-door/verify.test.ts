import { beforeAll, describe } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { done } from "./settings/settings-calls.ts";
import { dayKeys } from "./verify/day-keys.ts";
import { unverifiable } from "./verify/unverifiable.ts";
import { verifiedDownloads } from "./verify/verified-downloads.ts";

const stack = withStack();

beforeAll(async () => {
  await done(stack(), "PATCH", "/access", { access: "verify" });
});

describe("under verify access without a key", () => unverifiable(stack));
describe("under verify access with the secret of its access key, a URL", () => verifiedDownloads(stack));
describe("under verify access with a day's key", () => dayKeys(stack));
