import { describe } from "vitest";
import { withOwnOrigin } from "../stack/own-origin.ts";
import { withStack } from "../stack/with-stack.ts";
import { batches } from "./management/batches.ts";
import { descriptions } from "./management/descriptions.ts";
import { entryFields } from "./management/entry-fields.ts";
import { expiryWishes } from "./management/expiry-wishes.ts";
import { failedFills } from "./management/failed-fills.ts";
import { keysAndTenants } from "./management/keys-and-tenants.ts";
import { listing } from "./management/listing.ts";
import { manifests } from "./management/manifests.ts";
import { moody } from "./management/moody-origin.ts";
import { preloads } from "./management/preloads.ts";
import { purges } from "./management/purges.ts";

const origin = withOwnOrigin(moody);
const stack = withStack(async () => ({ originRules: [origin().rule("probe")] }));

describe("who may manage", () => keysAndTenants(stack));
describe("/health and /openapi.json", () => descriptions(stack));
describe("an entry", () => entryFields(stack));
describe("the list of entries", () => listing(stack));
describe("a preload", () => preloads(stack, origin));
describe("a fill that fails", () => failedFills(stack, origin));
describe("expires_at", () => expiryWishes(stack));
describe("a purge", () => purges(stack, origin));
describe("a manifest", () => manifests(stack, origin));
// Last, since what it queues keeps the consumer busy for a while.
describe("a batch", () => batches(stack, origin));
