import { fakeLinkSigner } from "../fakes/link-signer.ts";
import { linkSignerContract } from "./link-signer.contract.ts";

linkSignerContract("fake", async () => ({
  signer: fakeLinkSigner(),
  async follow(address) {
    const [, tenant, id, generation = ""] = new URL(address).pathname.split("/");
    return { entry: `${tenant}/${id}`, generation };
  },
}));
