import { describe } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { clientNetworks } from "./networks/client-networks.ts";
import { managementNetworks } from "./networks/management-networks.ts";

const stack = withStack();

describe("the networks that downloads may come from", () => clientNetworks(stack));
// Last: it shuts most callers out.
describe("the networks that management calls may come from", () => managementNetworks(stack));
