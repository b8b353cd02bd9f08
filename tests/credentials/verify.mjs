// Verifies a credential with the libraries of an independent maker. Reads {credential, documents}
// from standard input, where documents maps the public addresses to what they answer; writes
// {verified, revoked, errors}. Whatever is not in the map and in no library is refused: no network.
import { readFileSync } from "node:fs";
import * as vc from "@digitalbazaar/vc";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";

const { credential, documents } = JSON.parse(readFileSync(0, "utf8"));

// A key is asked for by its own address, and served as the part of the issuer's profile it is.
const served = (url) => {
  const [page, part] = url.split("#");
  const found = documents[url] ?? documents[page];
  if (!part || !found) return found;
  const key = found.verificationMethod?.find((method) => method.id === url);
  return key && { "@context": "https://w3id.org/security/multikey/v1", ...key };
};

const documentLoader = async (url) => {
  const document = served(url);
  if (document) return { contextUrl: null, documentUrl: url, document };
  return vc.defaultDocumentLoader(url);
};

const suite = () => new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
const result = await vc.verifyCredential({
  credential,
  suite: suite(),
  documentLoader,
  now: new Date("2026-11-23T00:00:00Z"),
  checkStatus: (options) => checkStatus({ ...options, suite: suite(), verifyBitstringStatusListCredential: true }),
});
const causes = (error) => error ? [error.message, ...(error.errors ?? []).flatMap(causes)] : [];
const bits = result.statusResult?.results ?? [];
process.stdout.write(JSON.stringify({
  verified: result.verified,
  revoked: bits.length ? bits.some((bit) => bit.status) : null,
  errors: [...causes(result.error), ...causes(result.statusResult?.error)],
}));
