import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../../src/base/secret';
import { DigestLogin } from '../../../../src/protocols/auth/digest';

const fresh = 'Digest realm="r", nonce="n1", qop="auth"';
const next = (nonce: string, more = ''): string => `Digest realm="r", nonce="${nonce}", qop="auth"${more}`;

function login(user = 'admin', password = 'P@ssw0rd'): DigestLogin {
  return new DigestLogin(user, new Secret(password), () => 'c0ffee');
}

/** The parameters of an Authorization header, as they are written. */
function parameters(header: string | undefined): Record<string, string> {
  expect(header).toMatch(/^Digest /);
  const pairs = (header ?? '').slice('Digest '.length).match(/[a-z*]+=("(?:[^"\\]|\\.)*"|[^,]*)/g) ?? [];
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

describe('the examples of the standards', () => {
  test('RFC 2617 section 3.5', () => {
    const digest = new DigestLogin('Mufasa', new Secret('Circle Of Life'), () => '0a4f113b');
    const header =
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", ' +
      'opaque="5ccc069c403ebaf9f0171e9517f40e41"';
    expect(digest.challenge([header])).toBe('retry');
    expect(digest.realm).toBe('testrealm@host.com');
    expect(parameters(digest.authorize('GET', '/dir/index.html'))).toEqual({
      username: '"Mufasa"',
      realm: '"testrealm@host.com"',
      nonce: '"dcd98b7102dd2f0e8b11d0f600bfb0c093"',
      uri: '"/dir/index.html"',
      qop: 'auth',
      nc: '00000001',
      cnonce: '"0a4f113b"',
      response: '"6629fae49393a05397450978507c4ef1"',
      opaque: '"5ccc069c403ebaf9f0171e9517f40e41"',
    });
  });

  const rfc7616 = (algorithm: string): string =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
  const mufasa = (): DigestLogin =>
    new DigestLogin('Mufasa', new Secret('Circle of Life'), () => 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ');

  test.each([
    ['SHA-256', '"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"'],
    ['MD5', '"8ca523f5e9506fed4657c9700eebdbec"'],
  ])('RFC 7616 section 3.9.1 with %s', (algorithm, response) => {
    const digest = mufasa();
    expect(digest.challenge([rfc7616(algorithm)])).toBe('retry');
    expect(parameters(digest.authorize('GET', '/dir/index.html'))).toMatchObject({ algorithm, response, qop: 'auth' });
  });

  test.each([
    ['in two headers', [rfc7616('SHA-256'), rfc7616('MD5')]],
    ['in one header', [`${rfc7616('SHA-256')}, ${rfc7616('MD5')}`]],
    ['behind one that is not known', [rfc7616('SHA-1024'), rfc7616('SHA-256'), rfc7616('MD5')]],
  ])('the first known of several is answered: %s', (_, headers) => {
    const digest = mufasa();
    expect(digest.challenge(headers)).toBe('retry');
    expect(parameters(digest.authorize('GET', '/dir/index.html')).algorithm).toBe('SHA-256');
  });
});

describe('other forms', () => {
  // Worked out with md5sum and openssl.
  test('RFC 2069, without qop', () => {
    const digest = login();
    digest.challenge(['Digest realm="r", nonce="n"']);
    const sent = parameters(digest.authorize('POST', '/wsman'));
    expect(sent.response).toBe('"cfc3b8ebcc7d77067190ac21476961a2"');
    expect(Object.keys(sent)).toEqual(['username', 'realm', 'nonce', 'uri', 'response']);
  });

  test('auth-int covers the body', () => {
    const digest = login();
    digest.challenge(['Digest realm="r", nonce="n", qop="auth-int"']);
    const sent = parameters(digest.authorize('POST', '/wsman', '<a/>'));
    expect(sent).toMatchObject({ qop: 'auth-int', nc: '00000001', response: '"53d9e1df57cc271b4484cccdd80dec12"' });
    const bytes = parameters(digest.authorize('POST', '/wsman', new TextEncoder().encode('<a/>')));
    expect(bytes).toMatchObject({ nc: '00000002', response: '"006a37981e3258d77d4d0dc511e2c986"' });
  });

  test('MD5-sess binds the key to the nonces', () => {
    const digest = login();
    digest.challenge(['Digest realm="r", nonce="n", qop="auth", algorithm=MD5-sess']);
    const sent = parameters(digest.authorize('POST', '/wsman'));
    expect(sent).toMatchObject({
      algorithm: 'MD5-sess',
      cnonce: '"c0ffee"',
      response: '"6171ed5a6cfa6ef2923e9ac3ad9bfa6a"',
    });
  });

  test('SHA-512-256', () => {
    const digest = login();
    digest.challenge(['Digest realm="r", nonce="n", qop="auth", algorithm=SHA-512-256']);
    const response = '"29a08390cddef3195d6c649595a97c83910cf01d2be0b9d8b55fe7c8440c6e35"';
    expect(parameters(digest.authorize('POST', '/wsman'))).toMatchObject({ algorithm: 'SHA-512-256', response });
  });

  test('the user is hashed where the server asks for it', () => {
    const digest = login();
    digest.challenge(['Digest realm="r", nonce="n", qop="auth", userhash=true']);
    expect(parameters(digest.authorize('POST', '/wsman'))).toMatchObject({
      username: '"1362a0015978dad2c1d3a1a26adfef90"',
      userhash: 'true',
    });
  });

  test('quotes and backslashes are escaped where they are sent, and not where they are hashed', () => {
    const digest = login('CORP\\ad"min');
    digest.challenge(['Digest realm="a \\"b\\" \\\\c", nonce="n", qop="auth"']);
    expect(digest.realm).toBe('a "b" \\c');
    expect(parameters(digest.authorize('POST', '/wsman'))).toMatchObject({
      username: '"CORP\\\\ad\\"min"',
      realm: '"a \\"b\\" \\\\c"',
      response: '"e0dbf4bb9d6f7370290b1f78b784b4de"',
    });
  });

  test('a user beyond ASCII is sent as RFC 7616 says', () => {
    const digest = login("Jä(s)ö'n");
    digest.challenge([fresh]);
    expect(parameters(digest.authorize('POST', '/wsman'))['username*']).toBe("UTF-8''J%C3%A4%28s%29%C3%B6%27n");
  });

  test('client nonces are 32 hexadecimal digits and never the same', () => {
    const nonces = Array.from({ length: 20 }, () => {
      const digest = new DigestLogin('admin', new Secret('x'));
      digest.challenge([fresh]);
      return parameters(digest.authorize('POST', '/wsman')).cnonce;
    });
    expect(new Set(nonces).size).toBe(20);
    for (const nonce of nonces) expect(nonce).toMatch(/^"[0-9a-f]{32}"$/);
  });
});

test('a recorded challenge of AMT 11.8', () => {
  const path = new URL('../../../fixtures/amt/http/401-amt11.8.50.http', import.meta.url);
  const header = /^WWW-Authenticate: (.*)\r$/m.exec(readFileSync(path, 'latin1'))?.[1] ?? '';
  const digest = login();
  expect(digest.challenge([header])).toBe('retry');
  expect(digest.realm).toBe('Digest:A4070000000000000000000000000000');
  expect(parameters(digest.authorize('POST', '/wsman'))).toEqual({
    username: '"admin"',
    realm: '"Digest:A4070000000000000000000000000000"',
    nonce: '"wlbEK1EtAAAAAAAAWW5aUHFp+mQQ1j63"',
    uri: '"/wsman"',
    qop: 'auth',
    nc: '00000001',
    cnonce: '"c0ffee"',
    response: '"6b4f3240fecfe0ff72613574d5294472"',
  });
});

describe('a nonce', () => {
  test('serves many requests, counted in eight digits', () => {
    const digest = login();
    digest.challenge([fresh]);
    const counts = Array.from({ length: 18 }, () => parameters(digest.authorize('POST', '/wsman')).nc);
    expect(counts[0]).toBe('00000001');
    expect(counts[9]).toBe('0000000a');
    expect(counts[17]).toBe('00000012');
  });

  test('is counted from one again after a new challenge, with a new client nonce', () => {
    let made = 0;
    const digest = new DigestLogin('admin', new Secret('x'), () => `c${++made}`);
    digest.challenge([fresh]);
    digest.authorize('POST', '/wsman');
    digest.authorize('POST', '/wsman');
    expect(digest.challenge([next('n2', ', stale=true')])).toBe('retry');
    expect(parameters(digest.authorize('POST', '/wsman'))).toMatchObject({
      nonce: '"n2"',
      nc: '00000001',
      cnonce: '"c2"',
    });
  });
});

describe('who is let in', () => {
  test('before a challenge nothing is sent', () => {
    expect(login().authorize('POST', '/wsman')).toBeUndefined();
    expect(login().realm).toBeUndefined();
  });

  test('a second 401 that is not stale is a rejection, for good', () => {
    const digest = login();
    digest.challenge([fresh]);
    digest.authorize('POST', '/wsman');
    expect(digest.challenge([next('n2', ', stale="false"')])).toBe('rejected');
    expect(digest.authorize('POST', '/wsman')).toBeUndefined();
    expect(digest.challenge([next('n3', ', stale=true')])).toBe('rejected');
    expect(digest.authorize('POST', '/wsman')).toBeUndefined();
  });

  test('a second 401 without a challenge is a rejection too', () => {
    const digest = login();
    digest.challenge([fresh]);
    digest.authorize('POST', '/wsman');
    expect(digest.challenge([])).toBe('rejected');
  });

  test.each(['stale=true', 'stale="true"', 'stale=TRUE'])(
    '%s: the password is sent again with the new nonce',
    (stale) => {
      const digest = login();
      digest.challenge([fresh]);
      digest.authorize('POST', '/wsman');
      expect(digest.challenge([next('n2', `, ${stale}`)])).toBe('retry');
      expect(parameters(digest.authorize('POST', '/wsman'))).toMatchObject({ nonce: '"n2"', nc: '00000001' });
    },
  );

  test('a device that calls every nonce stale is given up', () => {
    const digest = login();
    digest.challenge([fresh]);
    const verdicts: string[] = [];
    for (let i = 2; i < 10; i++) {
      if (digest.authorize('POST', '/wsman') === undefined) break;
      verdicts.push(digest.challenge([next(`n${i}`, ', stale=true')]));
    }
    expect(verdicts).toEqual(['retry', 'rejected']);
  });

  test('nonces that grow old after use are renewed as often as it takes', () => {
    const digest = login();
    digest.challenge([next('n0')]);
    for (let i = 1; i < 20; i++) {
      digest.authorize('POST', '/wsman');
      digest.authorize('POST', '/wsman');
      expect(digest.challenge([next(`n${i}`, ', stale=true')])).toBe('retry');
    }
  });

  test('old firmware does not say stale: after requests that went well, one more try', () => {
    const digest = login();
    digest.challenge([fresh]);
    digest.authorize('POST', '/wsman');
    digest.authorize('POST', '/wsman');
    expect(digest.challenge([next('n2', ', stale="false"')])).toBe('retry');
    digest.authorize('POST', '/wsman');
    expect(digest.challenge([next('n3', ', stale="false"')])).toBe('rejected');
  });

  test('the same nonce again is no reason for another try', () => {
    const digest = login();
    digest.challenge([fresh]);
    digest.authorize('POST', '/wsman');
    digest.authorize('POST', '/wsman');
    expect(digest.challenge([fresh])).toBe('rejected');
  });

  test('a challenge that was not answered yet may be replaced', () => {
    const digest = login();
    expect(digest.challenge([fresh])).toBe('retry');
    expect(digest.challenge([next('n2')])).toBe('retry');
    expect(parameters(digest.authorize('POST', '/wsman')).nonce).toBe('"n2"');
  });

  test.each([
    ['none', []],
    ['another scheme', ['Basic realm="r"', 'Negotiate']],
    ['an unknown algorithm', ['Digest realm="r", nonce="n", algorithm=MD6']],
    ['an unknown protection', ['Digest realm="r", nonce="n", qop="confidential"']],
    ['no nonce', ['Digest realm="r", qop="auth"']],
    ['no realm', ['Digest nonce="n", qop="auth"']],
    ['a control character, which would be sent back', ['Digest realm="r", nonce="n\r\nX-Evil: 1"']],
    ['nothing that can be read', ['???', '', ',,,', 'Digest', 'Digest =', '"Digest"']],
  ])('no digest that is spoken here: %s', (_, headers) => {
    const digest = login();
    expect(digest.challenge(headers)).toBe('unsupported');
    expect(digest.authorize('POST', '/wsman')).toBeUndefined();
  });
});
