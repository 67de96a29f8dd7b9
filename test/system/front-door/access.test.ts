import { describe } from "vitest";
import { sendObject, withOwnOrigin } from "../stack/own-origin.ts";
import { withStack } from "../stack/with-stack.ts";
import { badLinks } from "./access/bad-links.ts";
import { copyLinks } from "./access/copy-links.ts";
import { expiredUrls } from "./access/expired-urls.ts";
import { foreignOrigins } from "./access/foreign-origins.ts";
import { tamperedUrls } from "./access/tampered-urls.ts";
import { twoTenants } from "./access/two-tenants.ts";
import { asLongAsItLasts, unendingUrls } from "./access/unending-urls.ts";

/** An origin that nobody has allowed. */
const foreign = withOwnOrigin((request, response) => sendObject(request, response, "foreign"));
const revocable = withOwnOrigin(asLongAsItLasts);
const stack = withStack(async () => ({ originRules: [revocable().rule("probe")] }));

describe("a URL that was tampered with", () => tamperedUrls(stack));
describe("a URL that has expired", () => expiredUrls(stack));
describe("a URL that does not tell when it ends", () => unendingUrls(stack, revocable));
describe("an origin that is not allowed", () => foreignOrigins(stack, foreign));
describe("two tenants", () => twoTenants(stack));
describe("a link of ours that is not ours", () => badLinks(stack));
describe("a link to a copy that is gone", () => copyLinks(stack));
