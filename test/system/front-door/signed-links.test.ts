import { beforeAll, describe } from "vitest";
import { sendObject, withOwnOrigin } from "../stack/own-origin.ts";
import { withStack } from "../stack/with-stack.ts";
import { keysAndPrefixes } from "./signed-links/keys-and-prefixes.ts";
import { refusedLinks } from "./signed-links/refused-links.ts";
import { signedDownloads } from "./signed-links/signed-downloads.ts";
import { type LinkKey, newLinkKey } from "./signed-links/signer.ts";
import { twoKeys } from "./signed-links/two-keys.ts";

const origin = withOwnOrigin((request, response) => sendObject(request, response, `signed ${request.url}`));
const stack = withStack(async () => ({ originRules: [origin().rule("signed")] }));

let made: LinkKey;
const key = () => made;
beforeAll(async () => {
  made = await newLinkKey(stack());
});

describe("a download under signed access", () => signedDownloads(stack, origin, key));
describe("a link that does not hold", () => refusedLinks(stack, origin, key));
describe("a signed link", () => keysAndPrefixes(stack, origin, key));
// Last, since it ends the key of the others.
describe("a tenant's link keys", () => twoKeys(stack, origin, key));
