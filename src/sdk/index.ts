/**
 * Snapbyte's SDK: no dependency, for any JavaScript runtime with Web Crypto (Node 20, Deno, Bun, Workers). It is for
 * servers. Never ship it to a browser: whoever has the link key can sign links to everything that the tenant keeps.
 */
export { type ProxyLink, signProxyLink } from "./sign-proxy-link.ts";
