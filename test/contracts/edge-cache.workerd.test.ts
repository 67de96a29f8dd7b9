import { cacheApi } from "../../src/platform/cloudflare/cache-api.ts";
import { edgeCacheContract } from "./edge-cache.contract.ts";

edgeCacheContract("the Cache API", cacheApi);
