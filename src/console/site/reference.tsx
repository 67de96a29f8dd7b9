import { page } from "../frame/answer.ts";
import type { Call } from "../frame/call.ts";
import { NoSuchPage } from "../frame/no-such-page.ts";
import { SiteLayout } from "../frame/site-layout.tsx";
import { groupsOf, type OpenApi, type Operation, readOpenApi, resolveShape, type Shape, typeText } from "./open-api.ts";

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

function OperationParts({ api, operation }: { api: OpenApi; operation: Operation }) {
  const parameters = operation.parameters.map((parameter) => ({
    name: parameter.name,
    type: `${parameter.in}, ${parameter.schema ? typeText(api, parameter.schema) : "text"}`,
    isRequired: parameter.required === true,
    description: parameter.description || parameter.schema?.description || "",
  }));
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  return (
    <>
      {parameters.length > 0 && <Rows caption="Parameters" rows={parameters} />}
      {bodies.map(([type, { schema }]) => (
        <Body key={type} api={api} caption={`Body, ${type}`} shape={schema ?? {}} />
      ))}
      {Object.entries(operation.responses).map(([status, { description, content }]) => {
        const schema = Object.values(content ?? {})[0]?.schema;
        const isSuccess = status.startsWith("2");
        if (isSuccess && schema)
          return <Body key={status} api={api} caption={`${status}: ${description}`} shape={schema} isAnswer />;
        return (
          <p key={status}>
            <strong>{status}</strong> {description}
          </p>
        );
      })}
    </>
  );
}

type BodyProps = { api: OpenApi; caption: string; shape: Shape; isAnswer?: boolean };

function Body({ api, caption, shape: asked, isAnswer = false }: BodyProps) {
  const { shape } = resolveShape(api, asked);
  const variants = shape.anyOf ?? shape.oneOf;
  if (variants) {
    return (
      <>
        {variants.map((variant, at) => (
          <Body
            key={at}
            api={api}
            caption={`${caption} (${at + 1} of ${variants.length})`}
            shape={variant}
            isAnswer={isAnswer}
          />
        ))}
      </>
    );
  }
  if (!shape.properties) {
    return (
      <p>
        {caption}: <code>{typeText(api, asked)}</code>
      </p>
    );
  }
  const required = new Set(shape.required);
  const rows = Object.entries(shape.properties).map(([name, each]) => ({
    ...{ name, type: typeText(api, each), isRequired: !isAnswer && required.has(name) },
    description: each.description ?? resolveShape(api, each).shape.description ?? "",
  }));
  return <Rows caption={caption} rows={rows} />;
}

type Row = { name: string; type: string; isRequired: boolean; description: string };

function Rows({ caption, rows }: { caption: string; rows: readonly Row[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be within reach of the keyboard
    <section class="table-scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <tbody>
          {rows.map(({ name, type, isRequired, description }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
                {isRequired && <span class="note">required</span>}
              </th>
              <td>
                <code class="muted">{type}</code>
              </td>
              <td>{description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function idOf(verb: string, path: string): string {
  return `${verb}${path}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "");
}
