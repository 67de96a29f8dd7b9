/** Seconds. The least that `cacheTtl` of a read may be: https://developers.cloudflare.com/kv/api/read-key-value-pairs/ */
export const KV_SHORTEST_CACHE_S = 30;

/** Seconds. The least that `expirationTtl` may be: https://developers.cloudflare.com/kv/api/write-key-value-pairs/ */
export const KV_SHORTEST_LIFE_S = 60;
