import { storeOfObject } from "../../core/stores/generation.ts";
import { type ListCursor, listCursorText, parseListCursor } from "../../core/stores/list-cursor.ts";
import type { ObjectStore } from "../../ports/object-store.ts";

export type Stores = {
  /** The deployment's own. */
  readonly own: ObjectStore;
  /** The others, by name. */
  readonly named: ReadonlyMap<string, ObjectStore>;
  /** Hears of a store that cannot be listed, and of what stays in one that is not there. */
  readonly report: (what: string, error: unknown) => void;
};

/**
 * Several stores as one: an object's key tells in which it lies. What lies in a store that is not there any more cannot be
 * read, and is not gone either: every call for it rejects, but for the one to delete it, since who lets go of a copy would
 * try that for ever. A listing goes through one store after the other, shows only
 * what would be looked for there, and passes over a store that cannot be listed, so that it keeps nobody from the others.
 */
export function routedStore({ own, named, report }: Stores): ObjectStore {
  function storeCalled(name: string | null): ObjectStore {
    const store = name === null ? own : named.get(name);
    if (!store) throw new Error(`there is no store called ${name}`);
    return store;
  }
  const storeAt = (key: string) => storeCalled(storeOfObject(key));

  /** The names by which stores are gone through; the own one is `null` and the first. */
  const order = [...named.keys()].toSorted();
  function next(after: string | null): string | null {
    const store = order.find((name) => after === null || name > after);
    return store === undefined ? null : listCursorText({ store, after: null });
  }

  async function listOne({ store: name, after: cursor }: ListCursor, limit: number) {
    try {
      const page = await storeCalled(name).list({ cursor, limit });
      const objects = page.objects.filter(({ key }) => storeOfObject(key) === name);
      return {
        objects,
        cursor: page.cursor === null ? next(name) : listCursorText({ store: name, after: page.cursor }),
      };
    } catch (error) {
      // The own one's failure, and a place that it has forgotten, are the caller's to know.
      if (name === null) throw error;
      report(`store ${name}`, error);
      return { objects: [], cursor: next(name) };
    }
  }

  return {
    put: async (key, ...rest) => await storeAt(key).put(key, ...rest),
    writer: (key, ...rest) => storeAt(key).writer(key, ...rest),
    createMultipart: async (key, headers) => await storeAt(key).createMultipart(key, headers),
    resumeMultipart: (key, id) => storeAt(key).resumeMultipart(key, id),
    head: async (key) => await storeAt(key).head(key),
    get: async (key, range) => await storeAt(key).get(key, range),
    async delete(key) {
      const name = storeOfObject(key);
      if (name === null || named.has(name)) await storeCalled(name).delete(key);
      // Nobody can read it through us. When the store is back, the sweep finds it.
      else report("store", new Error(`${key} was not deleted: there is no store called ${name}`));
    },
    async list({ cursor, limit }) {
      return await listOne(cursor === null ? { store: null, after: null } : parseListCursor(cursor), limit);
    },
  };
}
