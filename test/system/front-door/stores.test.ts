import { beforeAll, describe } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { keptElsewhere } from "./stores/kept-elsewhere.ts";
import { lostStore } from "./stores/lost-store.ts";
import { withMoreStores } from "./stores/more-stores.ts";
import { nothingShown, withAnswersKept } from "./stores/nothing-shown.ts";
import { storeSettings, useStores } from "./stores/settings.ts";
import { straightFromStores } from "./stores/straight-from-stores.ts";

const stores = withMoreStores();
const stack = withStack(async () => ({ vars: { STORES: stores().setting, RETRY_LONGEST_SECONDS: "1" } }));
const answers = withAnswersKept();
beforeAll(async () => await useStores(stack()));

describe("a tenant's stores", () => storeSettings(stack));
describe("copies in another store", () => keptElsewhere(stack, stores));
describe("copies straight from their stores", () => straightFromStores(stack, stores));
describe("a store that does not answer any more", () => lostStore(stack, stores));
describe("of the hidden store", () => nothingShown(stack, stores, answers));
