import { describe } from "vitest";
import { withOwnOrigin } from "../stack/own-origin.ts";
import { withStack } from "../stack/with-stack.ts";
import { changedObjects } from "./main-job/changed-objects.ts";
import { customKeys } from "./main-job/custom-keys.ts";
import { delivery } from "./main-job/delivery.ts";
import { firstDownloads } from "./main-job/first-downloads.ts";
import { keysAlone } from "./main-job/keys-alone.ts";
import { kindsOfFiles } from "./main-job/kinds-of-files.ts";
import { laterDownloads } from "./main-job/later-downloads.ts";
import { presignedDelivery } from "./main-job/presigned-delivery.ts";
import { publicOrigins, sendAsAsked } from "./main-job/public-origins.ts";
import { sizes } from "./main-job/sizes.ts";

const open = withOwnOrigin(sendAsAsked);
const stack = withStack(async () => ({ originRules: [open().rule("public")] }));

describe("the first download", () => firstDownloads(stack));
describe("later downloads", () => laterDownloads(stack));
describe("a link to our copy", () => delivery(stack));
describe("what is kept beside the bytes", () => kindsOfFiles(stack, open));
describe("objects of any size", () => sizes(stack, open));
describe("presigned delivery", () => presignedDelivery(stack));
describe("a public origin", () => publicOrigins(stack, open));
describe("a key without a URL", () => keysAlone(stack, open));
describe("a key of the caller's own", () => customKeys(stack));
describe("an object that changes", () => changedObjects(stack));
