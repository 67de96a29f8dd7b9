/** One process of nginx that serves the files of `directory`, each in two manners: see start-origin.ts. */
export function nginxConfig(directory: string, port: number): string {
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
    location /ranges/ {
      alias "${directory}/files/";
      etag on;
    }
    location /whole/ {
      alias "${directory}/files/";
      etag off;
      max_ranges 0;
    }
  }
}
`;
}
