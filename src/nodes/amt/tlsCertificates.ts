import { amt } from '../../technologies/amt/amt';
import { type HeldCertificate, readCertificates, readKeyPairs } from '../../technologies/amt/certificates';
import { readTlsFacts } from '../../technologies/amt/tlsSettings';
import { defineNode, type Row } from '../node';

export const tlsCertificates = defineNode(
  {
    id: 'tls-certificates',
    title: 'TLS and Certificates',
    description:
      'Whether Intel AMT takes connections in clear, which certificate it shows, whom it trusts, and its keys.',
    path: ['AMT'],
    kind: 'audit',
    columns: ['Kind', 'Name', 'In use', 'Subject', 'Issuer', 'Valid from', 'Valid to', 'SHA-256', 'Settings'],
    key: ['Kind', 'Name'],
    volatile: [],
  },
  (from) => [
    from(amt, async (client, { signal }) => {
      const settings = await readTlsFacts(client, signal);
      const certificates = await readCertificates(client, signal);
      const keys = await readKeyPairs(client, signal);
      return [
        ...settings.map((one): Row => [
          `TLS, ${one.isNetwork ? 'network' : 'local'}`,
          one.id,
          ...Array<null>(6).fill(null),
          one.settings,
        ]),
        ...certificates.map(rowOf),
        ...keys.map(({ id, kind }): Row => ['key pair', id, ...Array<null>(6).fill(null), kind || null]),
      ];
    }),
  ],
);

function rowOf(certificate: HeldCertificate): Row {
  const { id, isTrustedRoot, isInUse, subject, issuer, validFrom, validTo, fingerprint } = certificate;
  const kind = isTrustedRoot ? 'trusted root' : 'certificate';
  return [kind, id, isInUse, subject, issuer, validFrom || null, validTo || null, fingerprint || null, null];
}
