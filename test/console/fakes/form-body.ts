/** What a browser sends of a form: one with a field `file` as multipart, that file in it. */
export function formBody({ file, ...fields }: Readonly<Record<string, string>>): URLSearchParams | FormData {
  if (file === undefined) return new URLSearchParams(fields);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new File([file], "upload.txt", { type: "text/plain" }));
  return form;
}
