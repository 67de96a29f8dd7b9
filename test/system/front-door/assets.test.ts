import { describe } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { downloading } from "./assets/downloading.ts";
import { leavingNothing } from "./assets/leaving-nothing.ts";
import { managing } from "./assets/managing.ts";
import { privateLinks } from "./assets/private-links.ts";
import { sweeping } from "./assets/sweeping.ts";
import { uploading } from "./assets/uploading.ts";

const stack = withStack();

describe("files that are sent to us", () => uploading(stack));
describe("a download of an asset", () => downloading(stack));
describe("nothing in the store", () => leavingNothing(stack));
describe("private links", () => privateLinks(stack));
describe("a tenant", () => managing(stack));
describe("the sweep", () => sweeping(stack));
