/**
 * Writes a .gz and a .br beside each built file of the pages, once here rather than on each request:
 * the bundle is megabytes.
 */
import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const folder = fileURLToPath(new URL("../dist/pages/", import.meta.url));
const compressible = /\.(?:html|js|css|svg|md|ttf)$/;

/** Quality 7 is within a few percent of the best at a fraction of the time. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } };

const encodings = {
  gz: (/** @type {Buffer} */ content) => promisify(gzip)(content, { level: 9 }),
  br: (/** @type {Buffer} */ content) => promisify(brotliCompress)(content, brotliOptions),
};

/** @param {string} path */
async function compress(path) {
  const content = await readFile(path);
  const written = Object.entries(encodings).map(async ([suffix, encode]) => {
    await writeFile(`${path}.${suffix}`, await encode(content));
  });
  await Promise.all(written);
}

const entries = await readdir(folder, { recursive: true });
await Promise.all(
  entries.filter((entry) => compressible.test(entry)).map((entry) => compress(`${folder}${entry}`)),
);

/** @param {RegExp} pattern */
async function kilobytes(pattern) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => pattern.test(name));
  const sizes = await Promise.all(names.map(async (name) => (await stat(`${folder}${name}`)).size));
  return `${Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1000)} kB`;
}

console.log(
  `pages: ${await kilobytes(compressible)}, gzip ${await kilobytes(/\.gz$/)}, brotli ${await kilobytes(/\.br$/)}`,
);
