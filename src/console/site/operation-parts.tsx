import { type OpenApi, type Operation, resolveShape, type Shape, typeText } from "./open-api.ts";

/** What a call takes and answers, as tables. */
export function OperationParts({ api, operation }: { api: OpenApi; operation: Operation }) {
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

/** A phone shows each row as a block; roles keep it a table for who listens. */
function Rows({ caption, rows }: { caption: string; rows: readonly Row[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be within reach of the keyboard
    <section class="table-scroll" aria-label={caption} tabIndex={0}>
      <table class="stacks spec" {...{ role: "table" }}>
        <caption>{caption}</caption>
        <tbody {...{ role: "rowgroup" }}>
          {rows.map(({ name, type, isRequired, description }) => (
            <tr key={name} {...{ role: "row" }}>
              <th scope="row" {...{ role: "rowheader" }}>
                <code>{name}</code>
                {isRequired && <span class="note">required</span>}
              </th>
              <td {...{ role: "cell" }}>
                <code class="muted">{type}</code>
              </td>
              <td {...{ role: "cell" }}>{description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
