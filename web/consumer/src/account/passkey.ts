/*
 * consumer/account/passkey.ts - passkeys, made and used by the browser.  They need https
 * (or localhost) and a browser that gives the key in a form the server reads.
 */
import { api } from '@liaison/kit/client';
import type { Me } from '@liaison/kit/types';
import { bytes64, text64 } from './bytes';

export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'getPublicKey' in AuthenticatorAttestationResponse.prototype;
}

export async function addPasskey(me: Me): Promise<void> {
  const asked = await api('POST /v1/passkey/challenge');
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: bytes64(asked.challenge),
      rp: { id: asked.rp_id, name: document.title || 'Liaison' },
      user: { id: bytes64(asked.user ?? ''), name: me.name, displayName: me.name },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }],
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
      attestation: 'none',
    },
  })) as PublicKeyCredential;
  const said = made.response as AuthenticatorAttestationResponse;
  await api('POST /v1/passkey/add', {
    proof: asked.proof,
    client_data: text64(said.clientDataJSON),
    authenticator_data: text64(said.getAuthenticatorData()),
    public_key: text64(said.getPublicKey() as ArrayBuffer),
    algorithm: said.getPublicKeyAlgorithm(),
    name: device(),
  });
}

/* Who it turned out to be. */
export async function usePasskey(): Promise<Me> {
  const asked = await api('POST /v1/passkey/challenge');
  const got = (await navigator.credentials.get({
    publicKey: { challenge: bytes64(asked.challenge), rpId: asked.rp_id, userVerification: 'preferred' },
  })) as PublicKeyCredential;
  const said = got.response as AuthenticatorAssertionResponse;
  const found = await api('POST /v1/passkey/sign_in', {
    proof: asked.proof,
    credential: text64(got.rawId),
    client_data: text64(said.clientDataJSON),
    authenticator_data: text64(said.authenticatorData),
    signature: text64(said.signature),
  });
  return found.me;
}

function device(): string {
  const found = /iPhone|iPad|Android|Windows|Mac|Linux/.exec(navigator.userAgent);
  return found ? found[0] : 'Web';
}

/* The person said no, or the time was over: nothing to tell. */
export function wasRefused(e: unknown): boolean {
  return e instanceof DOMException && (e.name === 'NotAllowedError' || e.name === 'AbortError');
}
