import { describe } from "vitest";
import { sendObject, withOwnOrigin } from "../stack/own-origin.ts";
import { withStack } from "../stack/with-stack.ts";
import { badBodies } from "./bad-input/bad-bodies.ts";
import { badKeys } from "./bad-input/bad-keys.ts";
import { badUrls } from "./bad-input/bad-urls.ts";
import { nothingHappened } from "./bad-input/nothing-happened.ts";
import { unencodedUrls } from "./bad-input/unencoded-urls.ts";
import { wrongDoors } from "./bad-input/wrong-doors.ts";

/** An origin that nobody has allowed. */
const foreign = withOwnOrigin((request, response) => sendObject(request, response, "foreign"));
const stack = withStack();

describe("url", () => badUrls(stack));
describe("a URL that was pasted in unencoded", () => unencodedUrls(stack));
describe("a key", () => badKeys(stack));
describe("a body", () => badBodies(stack));
describe("a path or a method", () => wrongDoors(stack));
// Last, since it looks at what all the others have left behind.
describe("after all of it", () => nothingHappened(stack, foreign));
