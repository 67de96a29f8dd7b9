import { existsSync } from "node:fs";
import { join } from "node:path";
import { oneProcess } from "../server/origin/nginx-config.ts";
import { runPeer } from "./nginx.ts";
import type { Peer } from "./start-peer.ts";

const JOB = join(import.meta.dirname, "lua");
/** Where Debian's packages libnginx-mod-http-lua, lua-resty-core, lua-resty-lrucache and lua-nginx-redis put things. */
const [MODULES, LIBRARIES] = ["usr/lib/nginx/modules", "usr/share/lua/5.1"];

/** Where they lie: on this machine, or unpacked into `folder`/root. `null`: nowhere. */
export function findLua(folder: string): string | null {
  const isThere = (root: string) =>
    existsSync(join(root, MODULES, "ngx_http_lua_module.so")) && existsSync(join(root, LIBRARIES, "nginx/redis.lua"));
  return ["/", join(folder, "root")].find(isThere) ?? null;
}

/** nginx that does the whole job with the Lua that lies in `root`, and Redis at `redisPort`; `null`: there is no nginx. */
export async function startNginxLua(root: string, redisPort: number): Promise<Peer | null> {
  return await runPeer((directory, port) => config(directory, port, { root, redisPort }));
}

type Lua = { readonly root: string; readonly redisPort: number };

function config(directory: string, port: number, { root, redisPort }: Lua): string {
  const modules = ["ndk_http_module", "ngx_http_lua_module"].map(
    (name) => `load_module "${join(root, MODULES, name)}.so";\n`,
  );
  const serving = `    root "${directory}";
    location = /proxy {
      content_by_lua_block { require("job")(${redisPort}) }
    }`;
  const lua = `http {\n  lua_package_path "${JOB}/?.lua;${join(root, LIBRARIES)}/?.lua;;";`;
  return modules.join("") + oneProcess(directory, port, serving).replace("http {", lua);
}
