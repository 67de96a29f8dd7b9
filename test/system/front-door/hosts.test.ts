import { describe } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { hostDoors } from "./hosts/host-doors.ts";
import { ownHosts } from "./hosts/own-hosts.ts";
import { servingSettings } from "./hosts/serving-settings.ts";

const EDGE = "edge.test";
const stack = withStack(async () => ({ vars: { API_HOSTS: "127.0.0.1", DELIVERY_HOSTS: EDGE } }));

describe("which host serves what", () => hostDoors(stack, EDGE));
describe("host names of tenants' own", () => ownHosts(stack, EDGE));
describe("how copies are handed to browsers", () => servingSettings(stack));
