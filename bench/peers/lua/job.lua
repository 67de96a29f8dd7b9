-- What node/job.js does, as cheaply as nginx can do it: find the entry of the object that a URL names, and sign an address
-- of its copy for an hour. Redis knows it, or else the URL is the answer.
local ffi = require("ffi")
local redis = require("nginx.redis")

-- OpenSSL is in nginx already.
ffi.cdef([[
unsigned char *SHA256(const unsigned char *d, size_t n, unsigned char *md);
const void *EVP_sha256(void);
unsigned char *HMAC(const void *md, const void *key, int key_len, const unsigned char *d, size_t n, unsigned char *out, unsigned int *len);
]])
local digest = ffi.new("unsigned char[32]")
local sha256_of = ffi.C.EVP_sha256()

local function sha256(text)
  ffi.C.SHA256(text, #text, digest)
  return ffi.string(digest, 32)
end

local function hmac(key, text)
  ffi.C.HMAC(sha256_of, key, #key, text, #text, digest, nil)
  return ffi.string(digest, 32)
end

local function hex(bytes)
  return (bytes:gsub(".", function(byte)
    return string.format("%02x", byte:byte())
  end))
end

local HOST = "store.invalid"
local SCOPE_END = "/auto/s3/aws4_request"
local ACCESS_KEY_ID, SECRET = "0123456789abcdef0123456789abcdef", ("f"):rep(64)
local day_of_key, day_key

local function presign(path, seconds)
  local moment = os.date("!%Y%m%dT%H%M%SZ", ngx.time())
  local day = moment:sub(1, 8)
  if day ~= day_of_key then
    day_of_key, day_key = day, "AWS4" .. SECRET
    for _, step in ipairs({ day, "auto", "s3", "aws4_request" }) do
      day_key = hmac(day_key, step)
    end
  end
  local scope = day .. SCOPE_END
  local query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
    .. ngx.escape_uri(ACCESS_KEY_ID .. "/" .. scope)
    .. "&X-Amz-Date=" .. moment .. "&X-Amz-Expires=" .. seconds .. "&X-Amz-SignedHeaders=host"
  local canonical = "GET\n" .. path .. "\n" .. query .. "\nhost:" .. HOST .. "\n\nhost\nUNSIGNED-PAYLOAD"
  local to_sign = "AWS4-HMAC-SHA256\n" .. moment .. "\n" .. scope .. "\n" .. hex(sha256(canonical))
  return "https://" .. HOST .. path .. "?" .. query .. "&X-Amz-Signature=" .. hex(hmac(day_key, to_sign))
end

local function locate(url, port)
  local identity = url:match("^[^?]*")
  local id = ngx.encode_base64(sha256("identity\0" .. identity), true):gsub("+", "-"):gsub("/", "_")
  local connection = redis:new()
  assert(connection:connect("127.0.0.1", port))
  local text = connection:get("entry:tenant-public/" .. id)
  connection:set_keepalive(60000, 64)
  local generation = type(text) == "string" and text:match('"generation":"([^"]*)"')
  return generation and presign("/copies/tenant-public/" .. id .. "/" .. generation, 3600) or url
end

return function(port)
  ngx.status = 302
  ngx.header["Location"] = locate(ngx.unescape_uri(ngx.var.arg_url), port)
  ngx.header["Cache-Control"] = "no-store"
  ngx.header["Referrer-Policy"] = "no-referrer"
  ngx.header["Cache-Status"] = "peer; hit"
  ngx.header["Content-Length"] = 0
  ngx.exit(ngx.OK)
end
