import { page } from "../frame/answer.ts";
import type { Call } from "../frame/call.ts";
import { NoSuchPage } from "../frame/no-such-page.ts";
import { SiteLayout } from "../frame/site-layout.tsx";
import { groupsOf, readOpenApi } from "./open-api.ts";
import { OperationParts } from "./operation-parts.tsx";

/** `GET /reference`: the calls, each with the page that tells of it. */
export async function listOperations(call: Call): Promise<Response> {
  const groups = groupsOf(await readOpenApi(call.parts.askApi));
  return page(
    call,
    <SiteLayout call={call} title="API reference" description="Every call of the API.">
      <h1>API reference</h1>
      <p class="lead">
        Made from the schemas that check each call; for programs it is at <code>/openapi.json</code> of the API.
      </p>
      <div class="table-scroll">
        <table>
          <caption class="visually-hidden">Calls</caption>
          <thead>
            <tr>
              <th scope="col">Call</th>
              <th scope="col">What it does</th>
            </tr>
          </thead>
          <tbody>
            {groups.flatMap(({ name, operations }) =>
              operations.map(({ verb, path, operation }) => (
                <tr key={verb + path}>
                  <th scope="row">
                    <a href={`/reference/${name}#${idOf(verb, path)}`}>
                      <span class="verb">{verb}</span>
                      <code>{path}</code>
                    </a>
                  </th>
                  <td>{operation.summary}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </SiteLayout>,
  );
}

/** `GET /reference/:group`. */
export async function showOperations(call: Call): Promise<Response> {
  const api = await readOpenApi(call.parts.askApi);
  const group = groupsOf(api).find(({ name }) => name === call.params.group);
  if (!group) throw new NoSuchPage();
  return page(
    call,
    <SiteLayout call={call} title={`API: ${group.name}`}>
      <p>
        <a href="/reference">All calls</a>
      </p>
      <h1>
        <code>/{group.name}</code>
      </h1>
      {group.operations.map(({ verb, path, operation }) => (
        <section key={verb + path} class="operation" id={idOf(verb, path)}>
          <h2>
            <span class="verb">{verb}</span>
            <code>{path}</code>
          </h2>
          <p>{operation.summary}</p>
          {operation.description && <p class="muted">{operation.description}</p>}
          <OperationParts api={api} operation={operation} />
        </section>
      ))}
    </SiteLayout>,
  );
}

function idOf(verb: string, path: string): string {
  return `${verb}${path}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "");
}
