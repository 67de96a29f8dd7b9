import { beforeAll, describe } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { assets } from "./uploads/assets.ts";
import { brokenChunks } from "./uploads/broken-chunks.ts";
import { crowd } from "./uploads/crowd.ts";
import { directUploads } from "./uploads/direct-uploads.ts";
import { endings } from "./uploads/endings.ts";
import { shellScript } from "./uploads/shell-script.ts";
import { tokens } from "./uploads/tokens.ts";
import { tusClient } from "./uploads/tus-client.ts";
import { tusProtocol } from "./uploads/tus-protocol.ts";
import { limitUploads } from "./uploads/uploading.ts";

const stack = withStack();
beforeAll(async () => await limitUploads(stack()));

describe("the script of the documentation", () => shellScript(stack));
describe("chunks that come as chunks do", () => brokenChunks(stack));
describe("a hundred clients at once", () => crowd(stack));
describe("an upload straight to the store", () => directUploads(stack));
describe("an upload that ends", () => endings(stack));
describe("an upload that becomes an asset", () => assets(stack));
describe("tus-js-client", () => tusClient(stack));
describe("the tus protocol", () => tusProtocol(stack));
describe("a page with an upload token", () => tokens(stack));
