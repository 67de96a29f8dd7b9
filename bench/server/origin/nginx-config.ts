/** One process of nginx that serves the files of `directory`, each in two manners: see start-origin.ts. */
export function nginxConfig(directory: string, port: number): string {
  return oneProcess(
    directory,
    port,
    `    location /ranges/ {
      alias "${directory}/files/";
      etag on;
    }
    location /whole/ {
      alias "${directory}/files/";
      etag off;
      max_ranges 0;
    }`,
  );
}

/** One process of nginx that serves the files of a folder as it does by itself, and keeps those that are asked for open. */
export function filesConfig(directory: string, folder: string, port: number): string {
  return oneProcess(
    directory,
    port,
    `    root "${folder}";
    open_file_cache max=20000 inactive=1h;
    open_file_cache_valid 1h;`,
  );
}

/** One process of nginx that serves what `serving` says of its one server. */
export function oneProcess(directory: string, port: number, serving: string): string {
  const kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `daemon off;
master_process off;
pid "${directory}/nginx.pid";
error_log stderr error;
events {
  worker_connections 512;
}
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
${kept.map((name) => `  ${name}_temp_path "${directory}/${name}";`).join("\n")}
  server {
    listen 127.0.0.1:${port};
${serving}
  }
}
`;
}
