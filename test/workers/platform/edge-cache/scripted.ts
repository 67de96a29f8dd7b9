import { vi } from "vitest";
import { cacheApi } from "../../../../src/platform/cloudflare/cache-api.ts";

type Put = { readonly url: string; readonly response: Response };

/** A cache that notes what it was given, and answers as it is told. */
export function scripted({ match = () => undefined as Response | undefined, put = async (_: Response) => {} } = {}) {
  const puts: Put[] = [];
  const deleted: string[] = [];
  const cache = {
    match: vi.fn(async (_: Request) => match()),
    put: vi.fn(async (url: string, response: Response) => {
      await put(response);
      puts.push({ url, response });
      if (!response.bodyUsed) await response.arrayBuffer();
    }),
    delete: vi.fn(async (url: string) => deleted.push(url) > 0),
  };
  return { cache, puts, deleted, edge: cacheApi(async () => cache as unknown as Cache) };
}
