import { env } from "cloudflare:workers";
import { r2ObjectStore } from "../../src/platform/cloudflare/r2-object-store.ts";
import { objectStoreContract } from "./object-store.contract.ts";

objectStoreContract("R2", () => r2ObjectStore(env.OBJECTS));
